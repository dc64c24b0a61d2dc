"""By what customers can be found: the card, what they bought, and what departments contribute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, literal, select

from core.company import company
from core.customers.models import Customer, CustomerTag
from core.deals.models import Deal, DealLine
from core.registry import switchboard
from core.registry.discovery import resolve

#: What can be asked of a field of each type, as (code, words, whether a value is asked for).
OPS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "text": (
        ("is", _l("is"), True),
        ("is_not", _l("is not"), True),
        ("contains", _l("contains"), True),
        ("empty", _l("is not filled in"), False),
    ),
    "choice": (("is", _l("is"), True), ("is_not", _l("is not"), True)),
    "number": (("at_least", _l("is at least"), True), ("at_most", _l("is at most"), True)),
    "money": (("at_least", _l("is at least"), True), ("at_most", _l("is at most"), True)),
    "date": (
        ("within", _l("in the last … days"), True),
        ("before", _l("longer ago than … days"), True),
        ("never", _l("never"), False),
    ),
    "flag": (("yes", _l("yes"), False), ("no", _l("no"), False)),
    #: Several values for each customer, such as what she bought.
    "set": (("has", _l("has"), True), ("has_not", _l("has not"), True)),
}


@dataclass(frozen=True)
class Field:
    """Something by which customers can be found."""

    name: str
    title: str
    type: str
    #: A column of the card itself …
    column: Any = None
    #: … or rows of (customer_id, value), also of cards that were merged into others.
    rows: Callable[[], Select[Any]] | None = None
    options: tuple[tuple[str, str], ...] = ()
    #: Who contributes it; empty for the core.
    module: str = ""
    available: bool = True


def fields() -> dict[str, Field]:
    """Return every field that is known; of modules that are off, too, as not available."""
    found = {each.name: each for each in (*_card(), *_purchases())}
    for module in switchboard.installed().values():
        for own in module.manifest.segment_fields:
            on = switchboard.is_on(module.name)
            rows = cast("Callable[[], Select[Any]]", resolve(own.select)) if on else None
            found[own.name] = Field(
                own.name, str(own.title), own.type, rows=rows,
                module=str(module.manifest.title), available=on,
            )  # fmt: skip
    return found


def _card() -> tuple[Field, ...]:
    grades = tuple((each, each) for each in ("A", "B", "C"))
    stages = (
        ("prospect", _l("Prospect")),
        ("possible", _l("Possible customer")),
        ("existing", _l("Existing customer")),
        ("lapsed", _l("Lapsed customer")),
    )
    kinds = (("person", _l("Person")), ("company", _l("Company (customer)")))
    brands = (("none", _l("None yet")), ("ours", _l("Our brand")), ("other", _l("Another brand")))
    months = tuple((str(each), str(each)) for each in range(1, 13))
    return (
        Field("card.grade", _l("Grade"), "choice", Customer.grade, options=(*grades, ("", "–"))),
        Field("card.stage", _l("Stage"), "choice", Customer.stage, options=stages),
        Field("card.area", _l("Area"), "text", Customer.area),
        Field("card.kind", _l("Person or company"), "choice", Customer.kind, options=kinds),
        Field("card.brand", _l("Brand at home"), "choice", Customer.brand, options=brands),
        Field("card.birth_month", _l("Month of birth"), "choice", Customer.birth_month,
              options=months),
        Field("card.household", _l("People at home"), "number", Customer.household_size),
        Field("card.pay_day", _l("Pay-day"), "number", Customer.pay_day),
        Field("card.trade", _l("Trade"), "text", Customer.trade),
        Field("card.staff", _l("Staff"), "number", Customer.staff),
        Field("card.opted_out", _l("Wants no advertising"), "flag", Customer.opted_out),
        Field("card.tag", _l("Tag"), "set",
              rows=_tags),
    )  # fmt: skip


def _purchases() -> tuple[Field, ...]:
    return (
        Field("bought.amount", _l("Bought in all"), "money", rows=_amounts),
        Field("bought.orders", _l("Orders"), "number", rows=_orders),
        Field("bought.last", _l("Last purchase"), "date", rows=_days),
        Field("bought.sku", _l("Bought the product (number)"), "set", rows=_skus),
    )


def _tags() -> Select[Any]:
    return _plain(CustomerTag.customer_id, CustomerTag.tag)


def _amounts() -> Select[Any]:
    kept = Deal.ordered - Deal.cancelled - Deal.credited
    return _sales(Deal.customer_id, kept.label("value")).where(Deal.currency == company().currency)


def _orders() -> Select[Any]:
    return _sales(Deal.customer_id, literal(1).label("value"))


def _days() -> Select[Any]:
    return _sales(Deal.customer_id, Deal.sold_on.label("value"))


def _skus() -> Select[Any]:
    query = _sales(Deal.customer_id, DealLine.sku.label("value"))
    return query.join(DealLine, DealLine.deal_id == Deal.id).where(
        DealLine.ordered > DealLine.cancelled
    )


def _plain(*columns: Any) -> Select[Any]:
    return select(*columns)


def _sales(*columns: Any) -> Select[Any]:
    return select(*columns).where(Deal.ordered > Deal.cancelled)
