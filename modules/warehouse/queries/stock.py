"""Look up stock, its journal and single pieces; and check that the three agree."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import and_, func, or_, select, tuple_

from core.clock import today
from core.db import db
from core.paging import Page, decode, encode
from core.products.models import Product
from core.search.index import refs_matching
from modules.warehouse.errors import SerialNotFound
from modules.warehouse.models import IN_STOCK, OPEN, Move, Serial, Shipment, ShipmentLine, Stock


@dataclass(frozen=True)
class StockItem:
    """What lies at one place of one lot."""

    sku: str
    name: str
    unit: str
    location: str
    lot: str
    expires_on: date | None
    quantity: Decimal
    serials: tuple[str, ...]


@dataclass(frozen=True)
class OnHand:
    """A product in the list of stock: what is there, what is sold of it and what is left."""

    sku: str
    name: str
    unit: str
    on_hand: Decimal
    #: How much of it is past its last day and leaves only when somebody says so.
    expired: Decimal
    #: Sold and not shipped yet.
    promised: Decimal
    #: The first day on which something of it expires.
    expires_on: date | None

    @property
    def free(self) -> Decimal:
        """What could still be sold; below zero when more is promised than can leave."""
        return self.on_hand - self.expired - self.promised


def stock_of(skus: Collection[str]) -> Sequence[Stock]:
    """Return every balance of these products that is not empty."""
    query = select(Stock).where(Stock.sku.in_(set(skus)), Stock.quantity > 0)
    return db.session.scalars(query).all()


def stock_items(*, sku: str = "", limit: int = 50, after: str | None = None) -> Page[StockItem]:
    """Return what lies where, product by product, a page at a time."""
    key = (Stock.sku, Stock.location, Stock.lot)
    query = select(Stock).where(Stock.quantity > 0).order_by(*key).limit(limit + 1)
    if sku:
        query = query.where(Stock.sku == sku)
    if after:
        query = query.where(tuple_(*key) > tuple_(*decode(after, "str", "str", "str")))
    rows = db.session.scalars(query).all()
    last = rows[limit - 1] if len(rows) > limit else None
    next_ = encode(last.sku, last.location, last.lot) if last else None
    return Page(_items(rows[:limit]), next_)


def _items(rows: Sequence[Stock]) -> list[StockItem]:
    products = _products({row.sku for row in rows})
    pieces: dict[tuple[str, str, str], list[str]] = {}
    query = select(Serial).where(
        Serial.sku.in_({row.sku for row in rows}), Serial.state == IN_STOCK
    )
    for piece in db.session.scalars(query.order_by(Serial.serial)):
        pieces.setdefault((piece.sku, piece.location, piece.lot), []).append(piece.serial)
    return [
        StockItem(
            sku=row.sku,
            name=products[row.sku].name if row.sku in products else row.sku,
            unit=products[row.sku].unit if row.sku in products else "",
            location=row.location,
            lot=row.lot,
            expires_on=row.expires_on,
            quantity=row.quantity,
            serials=tuple(pieces.get((row.sku, row.location, row.lot), ())),
        )
        for row in rows
    ]


def _products(skus: Collection[str]) -> dict[str, Product]:
    rows = db.session.scalars(select(Product).where(Product.sku.in_(skus)))
    return {row.sku: row for row in rows}


def on_hand(*, q: str = "", limit: int = 50, after: str | None = None) -> Page[OnHand]:
    """Return every product with its stock, by number, a page at a time."""
    query = select(Product).order_by(Product.sku).limit(limit + 1)
    matching = refs_matching("product", q)
    if matching is not None:
        query = query.where(Product.sku.in_(matching))
    elif q.strip():
        return Page([], None)
    if after:
        query = query.where(Product.sku > decode(after, "str")[0])
    rows = db.session.scalars(query).all()
    next_ = encode(rows[limit - 1].sku) if len(rows) > limit else None
    return Page(_on_hand(rows[:limit]), next_)


def _on_hand(products: Sequence[Product]) -> list[OnHand]:
    skus = {product.sku for product in products}
    total, day = func.sum(Stock.quantity, type_=Stock.quantity.type), func.min(Stock.expires_on)
    there = select(Stock.sku, total, day).where(Stock.sku.in_(skus), Stock.quantity > 0)
    sums = {sku: (count, day) for sku, count, day in db.session.execute(there.group_by(Stock.sku))}
    past = select(Stock.sku, total).where(Stock.sku.in_(skus), Stock.expires_on < today())
    expired = dict(db.session.execute(past.group_by(Stock.sku)).all())
    promised = promised_of(skus)
    nothing = (Decimal(0), None)
    return [
        OnHand(
            sku=product.sku,
            name=product.name,
            unit=product.unit,
            on_hand=sums.get(product.sku, nothing)[0],
            expired=expired.get(product.sku, Decimal(0)),
            promised=promised.get(product.sku, Decimal(0)),
            expires_on=sums.get(product.sku, nothing)[1],
        )
        for product in products
    ]


def on_hand_of(product: Product) -> OnHand:
    """Return the stock of one product."""
    return _on_hand([product])[0]


def promised_of(skus: Collection[str]) -> dict[str, Decimal]:
    """Return how much of each product is sold and not shipped."""
    query = (
        select(ShipmentLine.sku, func.sum(ShipmentLine.quantity, type_=ShipmentLine.quantity.type))
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(Shipment.state == OPEN, ShipmentLine.sku.in_(set(skus)))
        .group_by(ShipmentLine.sku)
    )
    return dict(db.session.execute(query).all())


def moves(
    *, sku: str = "", q: str = "", reason: str = "", limit: int = 50, after: str | None = None
) -> Page[Move]:
    """Return the journal, newest first, a page at a time."""
    query = select(Move).order_by(Move.id.desc()).limit(limit + 1)
    if sku:
        query = query.where(Move.sku == sku)
    if reason:
        query = query.where(Move.reason == reason)
    for word in q.split():
        like = f"%{word}%"
        query = query.where(
            Move.sku.ilike(like)
            | Move.document.ilike(like)
            | Move.order_number.ilike(like)
            | Move.serial.ilike(like)
            | Move.lot.ilike(like)
        )
    if after:
        query = query.where(Move.id < decode(after, "uuid")[0])
    rows = db.session.scalars(query).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def expired_of(document: str) -> list[tuple[str, date]]:
    """Return the lots of a document whose last day is past, with that day."""
    query = select(Move.lot, Move.expires_on).distinct().order_by(Move.lot)
    rows = db.session.execute(query.where(Move.document == document, Move.expires_on < today()))
    return [(lot, day) for lot, day in rows if day is not None]


def serial(id_: UUID) -> Serial:
    """Return the record of one piece.

    Raises:
        SerialNotFound: when there is none.
    """
    row = db.session.scalar(select(Serial).where(Serial.id == id_))
    if row is None:
        raise SerialNotFound
    return row


def moves_of_piece(row: Serial) -> Sequence[Move]:
    """Return where a piece has been, newest first."""
    query = select(Move).where(Move.sku == row.sku, Move.serial == row.serial)
    return db.session.scalars(query.order_by(Move.id.desc())).all()


def pieces_in_stock(skus: Collection[str]) -> dict[str, list[str]]:
    """Return the numbers of the pieces that can leave, by product: none that has expired."""
    where = (Stock.sku == Serial.sku, Stock.location == Serial.location, Stock.lot == Serial.lot)
    query = (
        select(Serial.sku, Serial.serial)
        .outerjoin(Stock, and_(*where))
        .where(Serial.sku.in_(set(skus)), Serial.state == IN_STOCK)
        .where(or_(Stock.expires_on.is_(None), Stock.expires_on >= today()))
    )
    found: dict[str, list[str]] = {}
    for sku, number in db.session.execute(query.order_by(Serial.location, Serial.serial)):
        found.setdefault(sku, []).append(number)
    return found


def differences() -> list[tuple[str, str, str, Decimal, Decimal]]:
    """Return every balance that is not the sum of its journal; there should be none."""
    balances = {
        (row.sku, row.location, row.lot): row.quantity for row in db.session.scalars(select(Stock))
    }
    key = (Move.sku, Move.location, Move.lot)
    query = select(*key, func.sum(Move.quantity, type_=Move.quantity.type)).group_by(*key)
    sums = {(sku, place, lot): total for sku, place, lot, total in db.session.execute(query)}
    zero = Decimal(0)
    return [
        (*each, balances.get(each, zero), sums.get(each, zero))
        for each in sorted(balances.keys() | sums.keys())
        if balances.get(each, zero) != sums.get(each, zero)
    ]


def imbalance() -> str | None:
    """Say which balance is not the sum of its journal; doctor asks."""
    for sku, location, lot, balance, entered in differences():
        where = f"{sku} at {location}, lot {lot or '-'}"
        return f"stock of {where} is {balance}, its journal says {entered}"
    return None
