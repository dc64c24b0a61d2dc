"""A warranty begins with the delivery and ends when the goods come back; handlers call this."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from core.clock import today
from core.customers.resolution import resolve
from core.db import db
from core.deals.facts import Delivered, GoodsLine, Returned
from core.deals.picture import Line
from core.deals.queries import by_ids
from core.ids import new_id
from core.money import ZERO
from core.products.models import Product
from core.products.queries import products_by_sku
from core.search import index
from modules.service.models import CompensationLine, Warranty, WarrantyTerms
from modules.service.models.warranties import ENDED, INHERITS, OPEN, REGISTERED
from modules.service.queries.warranties import of_lines, serial_key, terms_of
from modules.service.services.warranties.acts import append, forget_reminder
from modules.service.services.warranties.terms import months_later

Key = tuple[UUID, UUID, str, str, date]


@dataclass
class _Books:
    """What is needed to begin many warranties at once."""

    lines: dict[UUID, Line]
    products: dict[str, Product]
    terms: dict[str, WarrantyTerms]
    rows: dict[Key, Warranty]


def begin(deliveries: Sequence[Delivered]) -> None:
    """Begin the warranty of every piece that was handed over; nobody has registered it yet."""
    books = _books({delivered.deal_id for delivered in deliveries})
    new: list[Warranty] = []
    for delivered in deliveries:
        for line in delivered.lines:
            sold = books.lines.get(line.line_id)
            product = books.products.get(sold.sku) if sold else None
            if sold is None or product is None or not product.warranty_months:
                continue
            new += _of_line(books, delivered, line, sold, product)
    db.session.flush()
    for row in new:
        _take_over(row, books.terms[row.sku])
        append(row, "began")
    db.session.flush()
    index.put_many(findable(row) for row in new if row.serial)


def end_returned(returns: Sequence[Returned]) -> None:
    """End what is for goods that came back: for those pieces, else for whatever she has of it."""
    rows = of_lines({returned.deal_id for returned in returns})
    for returned in returns:
        for line in returned.lines:
            of_line = [
                row
                for row in rows
                if (row.deal_id, row.line_id) == (returned.deal_id, line.line_id)
            ]
            for lot, serial, quantity in _pieces(line):
                _end(of_line, lot, serial, quantity)
    db.session.flush()


def findable(row: Warranty) -> index.Entry:
    """Return how a serial number is found: it leads to warranty, order and customer."""
    return index.Entry(
        kind="warranty",
        ref=f"{row.number}/{row.id}",
        title=row.serial,
        subtitle=f"{row.product} · {row.number}",
        words=[row.serial_key],
        module="service",
        customer_id=row.customer_id,
    )


def _books(deal_ids: set[UUID]) -> _Books:
    lines = {line.line_id: line for deal in by_ids(deal_ids).values() for line in deal.lines}
    skus = {line.sku for line in lines.values()}
    rows = {
        (row.deal_id, row.line_id, row.lot, row.serial, row.starts_on): row
        for row in of_lines(deal_ids)
    }
    return _Books(lines, products_by_sku(skus), terms_of(skus), rows)


def _of_line(
    books: _Books, delivered: Delivered, goods: GoodsLine, sold: Line, product: Product
) -> Iterator[Warranty]:
    for lot, serial, quantity in _pieces(goods):
        key = (delivered.deal_id, goods.line_id, lot, serial, delivered.happened_on)
        if key in books.rows:
            if not serial:
                books.rows[key].quantity += quantity
            continue
        row = _new(key, delivered, sold, product, books.terms[sold.sku])
        row.quantity = quantity
        if delivered.historical and row.last_on < today():
            continue  # settled history whose warranty is over helps nobody
        books.rows[key] = row
        db.session.add(row)
        yield row


def _pieces(line: GoodsLine) -> Iterator[tuple[str, str, Decimal]]:
    for serial in line.serials:
        yield line.lot or "", serial, Decimal(1)
    if rest := line.quantity - len(line.serials):
        yield line.lot or "", "", rest


def _new(
    key: Key, delivered: Delivered, sold: Line, product: Product, terms: WarrantyTerms
) -> Warranty:
    deal_id, line_id, lot, serial, day = key
    return Warranty(
        id=new_id(),
        customer_id=resolve(delivered.customer_id),
        deal_id=deal_id,
        line_id=line_id,
        number=delivered.number,
        sku=sold.sku,
        product=sold.name,
        lot=lot,
        serial=serial,
        serial_key=serial_key(serial),
        quantity=ZERO,
        returned=ZERO,
        starts_on=day,
        ends_on=months_later(day, product.warranty_months),
        main_part=terms.main_part,
        main_ends_on=months_later(day, terms.main_months) if terms.main_months else None,
        free=terms.free,
        charged=terms.charged,
        state=OPEN,
        may_call=False,
        acts=[],
    )


def _take_over(row: Warranty, terms: WarrantyTerms) -> None:
    """Goods given in exchange are registered as the old ones were, and may inherit their end."""
    old = _replaced_by(row.line_id)
    if old is None:
        return
    row.replaces_id, row.customer_id = old.id, old.customer_id
    if old.registered_on is not None:
        row.state, row.registered_on = REGISTERED, old.registered_on
        row.registered_phone, row.may_call = old.registered_phone, old.may_call
    if terms.on_exchange == INHERITS:
        row.ends_on, row.main_ends_on = old.ends_on, old.main_ends_on
    db.session.flush()


def _replaced_by(line_id: UUID) -> Warranty | None:
    """Return the warranty of the goods for which those of this line were given."""
    of_line = select(CompensationLine.line_id).where(CompensationLine.replacement_id == line_id)
    taken = select(Warranty.replaces_id).where(Warranty.replaces_id.is_not(None))
    query = select(Warranty).where(Warranty.line_id.in_(of_line), Warranty.id.not_in(taken))
    order = (Warranty.state == ENDED).desc(), Warranty.starts_on, Warranty.id
    return db.session.scalar(query.order_by(*order).limit(1))


def _end(rows: Sequence[Warranty], lot: str, serial: str, quantity: Decimal) -> None:
    key = serial_key(serial)
    exact = [row for row in rows if key and row.serial_key == key]
    same_lot = [row for row in rows if row.lot == lot and row not in exact]
    for row in [*exact, *same_lot, *rows]:
        taken = min(quantity, row.quantity - row.returned)
        if taken <= ZERO or row.state == ENDED:
            continue
        quantity -= taken
        row.returned += taken
        if row.returned == row.quantity:
            row.state = ENDED
            forget_reminder(row)
        append(row, "returned", words={"quantity": str(taken.normalize())})
