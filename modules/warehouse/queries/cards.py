"""A shipment with all one has to know: to whom, where, what, may it leave, what to collect."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from core.clock import today
from core.customers.models import Customer
from core.customers.queries import named
from core.deals.queries import Picture, by_ids
from core.deals.risk import Risk, concerns_of
from core.money import ZERO
from modules.warehouse.models import DELIVERED, OPEN, SHIPPED, Dispatch, Shipment, Stock
from modules.warehouse.queries.gate import Reason, reasons, to_collect
from modules.warehouse.queries.picking import Pick, Shelf, shelves
from modules.warehouse.queries.shipments import dispatches
from modules.warehouse.queries.stock import stock_of


@dataclass(frozen=True)
class CardPick:
    """What lies ready, or what was taken, for a line: place, lot, expiry and pieces."""

    location: str
    lot: str
    expires_on: date | None
    quantity: Decimal
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class CardLine:
    """One line of a shipment."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    quantity: Decimal
    returned: Decimal
    #: What of it can leave; for what has left, all of it.
    in_stock: Decimal
    #: Proposed for an open shipment, taken for one that left.
    picks: tuple[CardPick, ...]


@dataclass(frozen=True)
class Card:
    """One shipment with everything one has to know to bring it."""

    id: UUID
    order: str
    deal_id: UUID
    position: int
    state: str
    customer_id: UUID
    customer: str
    address: str
    contact: str
    phone: str
    salesperson: str
    currency: str
    promised_on: date | None
    why_not: tuple[Reason, ...]
    to_collect: Decimal
    document: str
    shipped_at: datetime | None
    delivered_at: datetime | None
    lines: tuple[CardLine, ...]
    row: Shipment
    dispatch: Dispatch | None
    picture: Picture
    #: Open concerns of the customer, each with its order: why not to send her more.
    concerns: tuple[tuple[str, Risk], ...] = ()

    @property
    def may_leave(self) -> bool:
        """Whether all of it can be shipped now."""
        return self.state == OPEN and not self.why_not

    @property
    def carrier(self) -> str:
        """Who brings it."""
        return self.dispatch.carrier if self.dispatch else ""

    @property
    def tracking(self) -> str:
        """The carrier's number for it."""
        return self.dispatch.tracking if self.dispatch else ""

    @property
    def held(self) -> tuple[Reason, ...]:
        """What holds it that the head of the warehouse may set aside."""
        return tuple(reason for reason in self.why_not if reason.code != "stock_short")

    @property
    def some_in_stock(self) -> bool:
        """Whether at least a part could be shipped."""
        return any(line.in_stock > 0 for line in self.lines)


def cards(rows: Sequence[Shipment], sent: Mapping[UUID, Dispatch] | None = None) -> list[Card]:
    """Return shipments ready to be shown, in the same order, with a few queries for all.

    How they left is looked up, unless the caller knows it.
    """
    pictures = by_ids(row.deal_id for row in rows)
    people = named(row.customer_id for row in rows)
    if sent is None:
        sent = dispatches(row.id for row in rows)
    waiting = [row for row in rows if row.state == OPEN]
    worries = concerns_of(row.customer_id for row in waiting) if waiting else {}
    stock: dict[str, list[Stock]] = {}
    for heap in stock_of({line.sku for row in waiting for line in row.lines}) if waiting else ():
        stock.setdefault(heap.sku, []).append(heap)
    found = [
        _card(
            row,
            pictures[row.deal_id],
            people.get(row.customer_id),
            sent.get(row.id),
            _shelves_for(row, stock),
        )
        for row in rows
    ]
    return [replace(one, concerns=tuple(worries.get(one.customer_id, ()))) for one in found]


def card(row: Shipment) -> Card:
    """Return one shipment ready to be shown."""
    return cards([row])[0]


def just_left(row: Shipment, dispatch: Dispatch) -> Card:
    """Return a shipment that was sent off in this moment: its row follows within a second."""
    sent: dict[UUID, Decimal] = {}
    for one in dispatch.lines:
        sent[one.line_id] = sent.get(one.line_id, ZERO) + one.quantity
    row.state, row.document, row.shipped_at = SHIPPED, dispatch.document, dispatch.at
    row.lines = [line for line in row.lines if line.line_id in sent]
    for line in row.lines:
        line.quantity = sent[line.line_id]
    return cards([row], {row.id: dispatch})[0]


def _shelves_for(row: Shipment, stock: dict[str, list[Stock]]) -> dict[str, Shelf]:
    skus = {line.sku for line in row.lines}
    return shelves((heap for sku in skus for heap in stock.get(sku, ())), today())


def _card(
    row: Shipment,
    picture: Picture,
    customer: Customer | None,
    dispatch: Dispatch | None,
    stock: dict[str, Shelf],
) -> Card:
    why_not = reasons(picture, row.lines, stock) if row.state == OPEN else []
    to = customer.addresses[0] if customer and customer.addresses else None
    return Card(
        id=row.id,
        order=row.number,
        deal_id=row.deal_id,
        position=row.position,
        state=row.state,
        customer_id=row.customer_id,
        customer=customer.name if customer else row.customer_name,
        address=to.text if to else "",
        contact=to.contact if to else "",
        phone=customer.phone if customer else "",
        salesperson=picture.salesperson,
        currency=picture.currency,
        promised_on=row.promised_on,
        why_not=tuple(why_not),
        to_collect=ZERO if row.state == DELIVERED else to_collect(picture),
        document=row.document,
        shipped_at=row.shipped_at,
        delivered_at=row.delivered_at,
        lines=_open_lines(row, stock) if row.state == OPEN else _sent_lines(row, dispatch),
        row=row,
        dispatch=dispatch,
        picture=picture,
    )


def _open_lines(row: Shipment, stock: dict[str, Shelf]) -> tuple[CardLine, ...]:
    found = []
    for line in row.lines:
        picks = stock.get(line.sku, Shelf()).take(line.quantity)
        found.append(
            CardLine(
                line_id=line.line_id,
                sku=line.sku,
                name=line.name,
                unit=line.unit,
                quantity=line.quantity,
                returned=line.returned,
                in_stock=sum((pick.quantity for pick in picks), Decimal(0)),
                picks=tuple(_proposed(pick) for pick in picks),
            )
        )
    return tuple(found)


def _proposed(pick: Pick) -> CardPick:
    return CardPick(pick.location, pick.lot, pick.expires_on, pick.quantity)


def _sent_lines(row: Shipment, dispatch: Dispatch | None) -> tuple[CardLine, ...]:
    taken: dict[UUID, list[CardPick]] = {}
    for one in dispatch.lines if dispatch else ():
        pick = CardPick(one.location, one.lot, one.expires_on, one.quantity, tuple(one.serials))
        taken.setdefault(one.line_id, []).append(pick)
    return tuple(
        CardLine(
            line_id=line.line_id,
            sku=line.sku,
            name=line.name,
            unit=line.unit,
            quantity=line.quantity,
            returned=line.returned,
            in_stock=line.quantity,
            picks=tuple(taken.get(line.line_id, ())),
        )
        for line in row.lines
    )
