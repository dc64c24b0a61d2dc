"""Move goods: journal and balance in one step, under the lock of the balance's rows."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from bus.kept import Kept
from bus.rows import by_name
from core.clock import now
from core.db import connection, dialect_name, upsert
from core.ids import new_id
from core.live.hints import hint
from core.money import ZERO
from core.plain import PlainRows
from modules.warehouse.errors import StockShort
from modules.warehouse.models import Move, Stock
from modules.warehouse.services.signing import signed

_BALANCES = PlainRows(Stock)
_JOURNAL = PlainRows(Move)
#: Where goods lie when nobody says where.
MAIN = "main"

Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Movement:
    """Goods of one lot that come to a place (above zero) or leave it (below)."""

    sku: str
    quantity: Decimal
    location: str = MAIN
    lot: str = ""
    expires_on: date | None = None
    serial: str = ""

    @property
    def key(self) -> Key:
        """The balance that it changes."""
        return (self.sku, self.location, self.lot)


def post(
    movements: Sequence[Movement], *, reason: str, document: str, order_number: str = ""
) -> None:
    """Enter movements into the journal and keep the balances in step.

    Raises:
        StockShort: when a balance would fall below zero; nothing has moved then.
    """
    rows = _held(movements)
    before = _BALANCES.stored(rows.values())
    for key, change in _changes(movements).items():
        row = rows.get(key)
        if row is None or row.quantity + change < 0:
            raise StockShort(key[0], -change, row.quantity if row else ZERO)
        row.quantity += change
    _BALANCES.write(before, _BALANCES.stored(rows.values()))
    common = {**signed(), "reason": reason, "document": document, "order_number": order_number}
    moves = [{"id": new_id(), **_entry(one), **common} for one in movements]
    _JOURNAL.insert(_JOURNAL.like(**each) for each in moves)
    for sku in sorted({one.sku for one in movements}):
        hint("warehouse.stock", sku)


def hold(skus: Collection[str]) -> list[Stock]:
    """Lock every balance of these products until the transaction ends, and return them fresh."""
    return list(_BALANCES.read("sku", set(skus), *_BALANCES.keys, lock=True))


def _held(movements: Sequence[Movement]) -> dict[Key, Stock]:
    """Return the balances that change, locked; a balance nobody kept yet begins at zero."""
    wanted = {one.key: one for one in movements}
    # What leaves has a balance, or there is nothing of it.
    if begun := {one.key for one in movements if one.quantity > 0}:
        # In one order for everybody: two people who move the same goods never wait for each other.
        beginning = [_beginning(wanted[key]) for key in sorted(begun)]
        _beginning_of(dialect_name()).run(connection(), beginning)
    found = {(row.sku, row.location, row.lot): row for row in hold({one.sku for one in movements})}
    return {key: found[key] for key in wanted if key in found}


@cache
def _beginning_of(dialect: str) -> Kept:
    begin = upsert(Stock, dialect).values(by_name(*Stock.__table__.columns.keys()))
    return Kept(begin.on_conflict_do_nothing())


def _beginning(one: Movement) -> dict[str, object]:
    return {
        "sku": one.sku,
        "location": one.location,
        "lot": one.lot,
        "expires_on": one.expires_on,
        "since": now(),
        "quantity": Decimal(0),
    }


def _changes(movements: Iterable[Movement]) -> dict[Key, Decimal]:
    sums: dict[Key, Decimal] = defaultdict(Decimal)
    for one in movements:
        sums[one.key] += one.quantity
    return sums


def _entry(one: Movement) -> dict[str, object]:
    return {
        "sku": one.sku,
        "location": one.location,
        "lot": one.lot,
        "expires_on": one.expires_on,
        "serial": one.serial,
        "quantity": one.quantity,
    }
