"""What the screens of the warehouse need beyond the figures: words, steps, proposals, charts."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from core.clock import local, now, today
from core.deals.picture import Picture
from core.products.queries import products_by_sku
from core.web.times import short_time
from modules.warehouse.models import DELIVERED, OPEN, RETURNED, SHIPPED, WITH_CUSTOMER, Serial
from modules.warehouse.queries import shipments, stock
from modules.warehouse.queries.cards import Card
from modules.warehouse.services.stock import MAIN

_DAYS = 10
Series = list[tuple[str, list[Decimal]]]


@dataclass(frozen=True)
class Bars:
    """A small chart: the question it answers, its labels and one series."""

    title: str
    labels: list[str]
    series: Series
    highlight: int | None = None


def place(location: str) -> str:
    """Name a place in stock; the one that needs no name has a word in every language."""
    return _("Main store") if location == MAIN else location


def everything(card: Card) -> dict[str, Any]:
    """Return what the form of a shipment proposes: all that is in stock, first to expire first."""
    return {
        "lines": [
            {"line_id": line.line_id, "quantity": _plain(line.in_stock)} for line in card.lines
        ]
    }


def with_customer(picture: Picture, shipment_id: str) -> dict[str, Any]:
    """Return what the form of a return starts from: every line of which the customer has some."""
    lines = [line for line in picture.lines if line.with_customer > 0]
    return {
        "order": picture.number,
        "shipment_id": shipment_id,
        "restock": "true",
        "lines": [{"line_id": line.line_id, "quantity": ""} for line in lines],
    }


def _plain(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}" if quantity else ""


def kept_by(skus: Iterable[str]) -> dict[str, Any]:
    """Return which of these products are kept by lot, and which by the number of each piece."""
    products = products_by_sku(skus)
    by_number = [sku for sku, row in products.items() if row.serials]
    there = stock.pieces_in_stock(by_number)
    return {
        "by_lot": {sku for sku, row in products.items() if row.lots and not row.serials},
        "by_number": {sku: there.get(sku, []) for sku in by_number},
    }


def steps(card: Card) -> list[tuple[str, str, str]]:
    """Return where a shipment stands, for the status bar."""
    place_of = {OPEN: 0, SHIPPED: 1, DELIVERED: 2, RETURNED: 2}[card.state]
    last = _("Came back") if card.state == RETURNED else _("Delivered")
    labels = (
        (_("To ship"), ""),
        (_("Shipped"), short_time(card.shipped_at)),
        (last, short_time(card.delivered_at)),
    )
    return [
        (label, _state(at, place_of, finished=place_of == 2), note)
        for at, (label, note) in enumerate(labels)
    ]


def _state(at: int, place_of: int, *, finished: bool) -> str:
    if at < place_of or finished:
        return "done"
    return "now" if at == place_of else "next"


def warranty(piece: Serial) -> date | None:
    """Return until when a piece that a customer has is under warranty."""
    if piece.state != WITH_CUSTOMER or piece.shipment_id is None:
        return None
    dispatch = shipments.dispatches([piece.shipment_id]).get(piece.shipment_id)
    row = products_by_sku([piece.sku]).get(piece.sku)
    if dispatch is None or row is None or not row.warranty_months:
        return None
    return _months_later(local(dispatch.at).date(), row.warranty_months)


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(day.year + year, month + 1, last)
        except ValueError:
            continue
    return date(day.year + year, month + 1, min(day.day, 27))


def charts() -> list[Bars]:
    """Return what is coming and what has left, day by day."""
    return [_promised(), _left()]


def _promised() -> Bars:
    days = dict(shipments.open_days())
    first = today()
    late = sum(count for day, count in days.items() if isinstance(day, date) and day < first)
    ahead = [first + timedelta(days=each) for each in range(6)]
    later = sum(count for day, count in days.items() if isinstance(day, date) and day > ahead[-1])
    values = [late, *(days.get(day, 0) for day in ahead), later, days.get(None, 0)]
    labels = [_("late"), _("today"), *map(_short, ahead[1:]), _("later"), _("any day")]
    return Bars(
        _("For when are open shipments promised?"),
        labels,
        [(_("Shipments"), [Decimal(each) for each in values])],
        highlight=1,
    )


def _left() -> Bars:
    days = [today() - timedelta(days=each) for each in reversed(range(_DAYS))]
    counts = Counter(
        local(at).date() for at in shipments.left_since(now() - timedelta(days=_DAYS + 1))
    )
    return Bars(
        _("How many shipments left each day?"),
        [_short(day) for day in days],
        [(_("Shipments"), [Decimal(counts[day]) for day in days])],
        highlight=_DAYS - 1,
    )


def _short(day: date) -> str:
    return str(format_date(day, "M/d"))


def warnings(document: str) -> list[str]:
    """Say of which goods of a receipt the last day is past already."""
    return [
        _(
            "Lot %(lot)s expired on %(day)s: it is in stock, but is not offered for shipping.",
            lot=lot,
            day=day.isoformat(),
        )
        for lot, day in stock.expired_of(document)
    ]
