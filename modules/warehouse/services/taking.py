"""Choose the goods that leave for each line of an order: lots by the rule, pieces by number."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from core.clock import today
from core.errors import InvalidInput
from core.products.models import Product
from core.products.queries import products_by_sku
from modules.warehouse.errors import StockShort
from modules.warehouse.models import IN_STOCK, Serial
from modules.warehouse.queries.picking import Pick, Shelf, shelves
from modules.warehouse.services.serials import Piece, hold_pieces, numbers_wrong
from modules.warehouse.services.stock import hold


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """A quantity of one line that is to leave; what is not named is chosen."""

    line_id: UUID
    quantity: Decimal
    lot: str | None = None
    location: str | None = None
    serials: tuple[str, ...] = ()


@dataclass(frozen=True)
class Taken:
    """Goods of one line that leave from one place and lot."""

    line_id: UUID
    pick: Pick
    serials: tuple[str, ...] = ()


def take(wanted: Sequence[Wanted], skus: dict[UUID, str]) -> list[Taken]:
    """Lock the stock of these products and choose what leaves.

    Raises:
        InvalidInput: when serial numbers are missing or wrong, a piece has expired and its lot
            is not named, or a lot is not there.
        StockShort: when there is less than is wanted.
    """
    products = products_by_sku(skus.values())
    found = shelves(hold(sorted(set(skus.values()))), today())
    pieces = hold_pieces((skus[one.line_id], serial) for one in wanted for serial in one.serials)
    _check(wanted, skus, products, pieces, found)
    taken: list[Taken] = []
    for one in wanted:
        sku = skus[one.line_id]
        if one.serials:
            taken += _by_number(one, [pieces[sku, serial] for serial in one.serials], found[sku])
        else:
            taken += _by_rule(one, sku, found.get(sku, Shelf()))
    return taken


def _by_rule(one: Wanted, sku: str, shelf: Shelf) -> list[Taken]:
    there = shelf.available(one.lot, one.location)
    if there < one.quantity:
        raise StockShort(sku, one.quantity, there)
    return [Taken(one.line_id, pick) for pick in shelf.take(one.quantity, one.lot, one.location)]


def _by_number(one: Wanted, pieces: Sequence[Serial], shelf: Shelf) -> list[Taken]:
    places: dict[tuple[str, str], list[str]] = {}
    for piece in pieces:
        places.setdefault((piece.location, piece.lot), []).append(piece.serial)
    return [
        Taken(one.line_id, pick, tuple(serials))
        for (location, lot), serials in places.items()
        for pick in shelf.take(Decimal(len(serials)), lot, location)
    ]


def _check(
    wanted: Sequence[Wanted],
    skus: dict[UUID, str],
    products: dict[str, Product],
    pieces: dict[Piece, Serial],
    found: dict[str, Shelf],
) -> None:
    errors: dict[str, str] = {}
    seen: set[Piece] = set()
    for place, one in enumerate(wanted):
        sku = skus[one.line_id]
        problem = numbers_wrong(products.get(sku), one.quantity, one.serials)
        problem = problem or _pieces_wrong(sku, one.serials, pieces, seen)
        problem = problem or _expired(one, sku, pieces, found.get(sku, Shelf()))
        if problem:
            errors[f"lines.{place}.serials"] = problem
        if one.lot is not None and not found.get(sku, Shelf()).knows(one.lot):
            errors[f"lines.{place}.lot"] = _(
                "There is nothing of lot %(lot)s in stock.", lot=one.lot
            )
    if errors:
        raise InvalidInput(errors)


def _pieces_wrong(
    sku: str, serials: Sequence[str], pieces: dict[Piece, Serial], seen: set[Piece]
) -> str:
    for serial in serials:
        row = pieces.get((sku, serial))
        if row is None or row.state != IN_STOCK:
            return _("Serial number %(serial)s is not in stock.", serial=serial)
        if (sku, serial) in seen:
            return _("Serial number %(serial)s stands in two lines.", serial=serial)
        seen.add((sku, serial))
    return ""


def _expired(one: Wanted, sku: str, pieces: dict[Piece, Serial], shelf: Shelf) -> str:
    """Name a piece that has expired; as with any goods, naming its lot lets it go all the same."""
    for serial in one.serials:
        row = pieces[sku, serial]
        day = shelf.expired_day(row.lot, row.location) if one.lot != row.lot else None
        if day is not None:
            return _(
                "Serial number %(serial)s expired on %(day)s. Enter the number of a piece that "
                "has not.",
                serial=serial,
                day=day.isoformat(),
            )
    return ""
