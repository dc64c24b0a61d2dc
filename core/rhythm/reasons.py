"""Why a day is expected, in words that a salesperson can repeat to the customer."""

from datetime import date
from decimal import Decimal
from statistics import fmean

from flask_babel import LazyString
from flask_babel import format_date as babel_date
from flask_babel import lazy_gettext as _l

from core.money import format_quantity, to_quantity
from core.rhythm.product import Product
from core.rhythm.purchases import Course


def rhythm(course: Course, *, by_quantity: bool) -> LazyString:
    """It rests on her own purchases."""
    if by_quantity:
        each = (course.last - course.days[0]) / sum(course.quantities[:-1])
        return _l(
            "One lasts %(days)s days on average; last bought on %(day)s, %(quantity)s of them.",
            days=_days(each),
            **_last(course),
        )
    return _l(
        "Bought every %(days)s days on average, last on %(day)s, quantity %(quantity)s.",
        days=_days(fmean(course.gaps)),
        **_last(course),
    )


def household(course: Course, product: Product, size: int) -> LazyString:
    """It rests on how many people use it up."""
    return _l(
        "One lasts a household of %(people)s about %(days)s days; last bought on %(day)s, "
        "quantity %(quantity)s.",
        people=size,
        days=_days(product.usual_days / product.typical_quantity),
        **_last(course),
    )


def product(course: Course, known: Product) -> LazyString:
    """It rests on what other customers do."""
    return _l(
        "Customers buy this every %(days)s days on average; last bought on %(day)s, "
        "quantity %(quantity)s.",
        days=_days(known.usual_days),
        **_last(course),
    )


def unknown(course: Course) -> LazyString:
    """It rests on nothing yet."""
    return _l(
        "Last bought on %(day)s, quantity %(quantity)s; nobody has bought it twice yet.",
        **_last(course),
    )


def _last(course: Course) -> dict[str, LazyString]:
    quantity = to_quantity(str(course.quantities[-1]))
    return {
        "day": _day(course.last),
        "quantity": LazyString(format_quantity, quantity),
    }


def _day(day: int) -> LazyString:
    return LazyString(babel_date, date.fromordinal(day), "medium")


def _days(days: float) -> LazyString:
    """Whole days; one decimal where a day is much."""
    return LazyString(format_quantity, Decimal(str(round(days, 0 if days >= 5 else 1))))


def standing(kind: str, last: int, usual: int | None, level: float | None) -> LazyString:
    """Why somebody counts as new, steady, fading or gone."""
    said = {"day": _day(last), "usual": usual, "percent": round((level or 0.0) * 100)}
    if kind == "new":
        return _l("Bought once, on %(day)s.", **said)
    if kind == "gone":
        return _l("Silent since %(day)s; used to buy every %(usual)s days.", **said)
    if kind == "fading":
        return _l("Buys %(percent)s%% of what it was; last bought on %(day)s.", **said)
    return _l("Buys every %(usual)s days, last on %(day)s.", **said)
