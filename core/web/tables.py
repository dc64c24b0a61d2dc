"""The cells of a data table; each knows its column's heading, which phones show beside it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote, urlencode

from flask import request
from markupsafe import Markup, escape

from core.money import format_money, format_quantity
from core.web.times import short_date, short_time


@dataclass(frozen=True)
class Column:
    """A column of a data table."""

    label: str
    #: Name in ?sort=; empty when the column cannot be sorted by.
    sort: str = ""
    #: Figures stand at the end of their cell.
    end: bool = False
    #: What narrow tables leave out first: shown from 1100 px.
    wide: bool = False
    #: A heading for screen readers only, such as that of a column of buttons.
    hidden: bool = False


def column(label: str, **options: Any) -> Column:
    """Return a column; a Jinja global."""
    return Column(label=str(label), **options)


class Cells:
    """Writes the cells of one row from left to right."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns: Iterator[Column] = iter(columns)
        self._first = True

    def __call__(self, content: object = "", *, caller: Callable[[], str] | None = None) -> Markup:
        """Write a cell: `{{ td(text) }}` or `{% call td() %}…{% endcall %}`."""
        inside = escape(caller() if caller else content)
        column = next(self._columns)
        tag, scope = ("th", Markup(' scope="row"')) if self._first else ("td", Markup(""))
        self._first = False
        classes = " ".join(
            name for name, on in (("num", column.end), ("wide-only", column.wide)) if on
        )
        css = Markup(' class="{}"').format(classes) if classes else Markup("")
        # The inner element keeps a cell's parts together when a phone shows it as a card.
        return Markup('<{0}{1}{2} data-label="{3}"><div>{4}</div></{0}>').format(
            tag, scope, css, "" if column.hidden else column.label, inside
        )

    def link(self, text: object, url: str) -> Markup:
        """Write the cell whose number opens the record; the only link of the row."""
        return self(Markup('<a class="number" href="{}">{}</a>').format(url, text))

    def money(self, amount: Decimal | None, currency: str) -> Markup:
        """Write an amount."""
        return self("" if amount is None else format_money(amount, currency))

    def quantity(self, quantity: Decimal | None, unit: str = "") -> Markup:
        """Write a quantity with its unit."""
        if quantity is None:
            return self()
        return self(f"{format_quantity(quantity)} {unit}".strip())

    def date(self, day: date | None) -> Markup:
        """Write a day."""
        return self(_moment(day.isoformat(), short_date(day)) if day else "")

    def time(self, moment: datetime | None) -> Markup:
        """Write a moment in the company's zone."""
        return self(_moment(moment.isoformat(), short_time(moment)) if moment else "")


def _moment(exact: str, shown: str) -> Markup:
    return Markup('<time datetime="{}">{}</time>').format(exact, shown)


def cells(columns: Sequence[Column]) -> Cells:
    """Return the writer of one row's cells; a Jinja global."""
    return Cells(columns)


def here(**changes: object) -> str:
    """Return this page's address with some parameters changed; None removes one.

    The filter of a list lives in its address, so every link of the list starts from it.
    """
    parameters = request.args.to_dict()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value not in (None, ""):
            parameters[name] = str(value)
    path = quote(request.path)
    return f"{path}?{urlencode(parameters)}" if parameters else path


def sort_link(column: Column, current: str) -> tuple[str, str]:
    """Return a heading's link and its aria-sort; a minus before the name sorts downwards."""
    down = f"-{column.sort}"
    state = {column.sort: "ascending", down: "descending"}.get(current, "none")
    return here(sort=down if state == "ascending" else column.sort, after=None), state
