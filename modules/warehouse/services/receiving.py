"""Take goods into stock."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import select

from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.numbers import next_number
from core.products.models import Product
from core.products.queries import products_by_sku
from core.text import tidy, tidy_lines
from modules.warehouse.models import IN_STOCK, WITH_CUSTOMER, Receipt, Serial, Stock
from modules.warehouse.services.serials import (
    Piece,
    enter_pieces,
    findable,
    hold_pieces,
    numbers_wrong,
    piece,
)
from modules.warehouse.services.signing import signed
from modules.warehouse.services.stock import MAIN, Movement, post


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Goods of one product and lot that arrived."""

    sku: str
    quantity: Decimal
    location: str = MAIN
    lot: str = ""
    expires_on: date | None = None
    serials: tuple[str, ...] = ()


def receive_goods(lines: Sequence[Arrival], *, note: str = "") -> Receipt:
    """Put goods that arrived into stock.

    Raises:
        InvalidInput: naming every field that must be corrected.
    """
    arrivals = [_tidied(line) for line in lines]
    products = products_by_sku(line.sku for line in arrivals)
    known = _expiries(arrivals)
    arrivals = [
        replace(line, expires_on=line.expires_on or known.get((line.sku, line.lot)))
        for line in arrivals
    ]
    _check(arrivals, products, known)
    number = next_number("GR")
    post(
        [each for line in arrivals for each in _movements(line)], reason="received", document=number
    )
    _note_pieces(arrivals, products)
    receipt = Receipt(id=new_id(), number=number, note=tidy_lines(note), **signed())
    db.session.add(receipt)
    db.session.flush()
    return receipt


def _tidied(line: Arrival) -> Arrival:
    return replace(
        line,
        sku=tidy(line.sku),
        location=tidy(line.location) or MAIN,
        lot=tidy(line.lot),
        serials=tuple(text for each in line.serials if (text := tidy(each))),
    )


def _expiries(arrivals: Sequence[Arrival]) -> dict[tuple[str, str], date | None]:
    """Return when the lots that are known already expire."""
    lots = {line.lot for line in arrivals if line.lot}
    query = select(Stock.sku, Stock.lot, Stock.expires_on).where(Stock.lot.in_(lots))
    return {(sku, lot): day for sku, lot, day in db.session.execute(query)}


def _check(
    arrivals: Sequence[Arrival],
    products: dict[str, Product],
    known: dict[tuple[str, str], date | None],
) -> None:
    errors: dict[str, str] = {}
    if not arrivals:
        errors["lines"] = _("Enter at least one line.")
    dates = dict(known)
    for place, line in enumerate(arrivals):
        product = products.get(line.sku)
        wrong = _wrong(line, product) if product else {"sku": _unknown(line.sku)}
        day = dates.setdefault((line.sku, line.lot), line.expires_on)
        if line.lot and day != line.expires_on and "expires_on" not in wrong:
            wrong["expires_on"] = _expires_otherwise(line.lot, day)
        errors |= {f"lines.{place}.{name}": text for name, text in wrong.items()}
    errors |= _pieces_wrong(arrivals, errors)
    if errors:
        raise InvalidInput(errors)


def _wrong(line: Arrival, product: Product) -> dict[str, str]:
    wrong = {}
    if line.quantity <= 0:
        wrong["quantity"] = _("Enter a number above zero.")
    if product.lots and not line.lot:
        wrong["lot"] = _("This product is kept by lot. Enter the lot on the label.")
    elif line.expires_on and not line.lot:
        wrong["lot"] = _("Enter the lot that expires on this day.")
    for name, text, longest in (("lot", line.lot, 60), ("location", line.location, 60)):
        if len(text) > longest:
            wrong[name] = _("Enter at most %(number)s characters.", number=longest)
    if any(len(serial) > 80 for serial in line.serials):
        wrong["serials"] = _("A serial number has at most %(number)s characters.", number=80)
    elif problem := numbers_wrong(product, line.quantity, line.serials):
        wrong["serials"] = problem
    return wrong


def _unknown(sku: str) -> str:
    return _("There is no product %(sku)s. Choose one from the list.", sku=sku)


def _expires_otherwise(lot: str, day: date | None) -> str:
    if day is None:
        return _("Lot %(lot)s was received without a day of expiry. Leave it empty.", lot=lot)
    return _("Lot %(lot)s expires on %(day)s. Check the label.", lot=lot, day=day.isoformat())


def _pieces_wrong(arrivals: Sequence[Arrival], errors: dict[str, str]) -> dict[str, str]:
    """Name pieces that cannot arrive, because they are here or belong to a customer."""
    pieces = [(line.sku, serial) for line in arrivals for serial in line.serials]
    held = hold_pieces(pieces)
    found: dict[str, str] = {}
    seen: set[Piece] = set()
    for place, line in enumerate(arrivals):
        field = f"lines.{place}.serials"
        for one in ((line.sku, serial) for serial in line.serials):
            if field not in errors and (problem := _piece_wrong(one, held, seen)):
                found.setdefault(field, problem)
            seen.add(one)
    return found


def _piece_wrong(one: Piece, held: dict[Piece, Serial], seen: set[Piece]) -> str:
    row = held.get(one)
    if one in seen:
        return _("Serial number %(serial)s stands in two lines.", serial=one[1])
    if row is None:
        return ""
    if row.state == IN_STOCK:
        return _("Serial number %(serial)s is in stock already.", serial=row.serial)
    if row.state == WITH_CUSTOMER:
        return _(
            "Serial number %(serial)s was shipped with order %(number)s. Enter a return instead.",
            serial=row.serial,
            number=row.order_number,
        )
    return _("Serial number %(serial)s was scrapped. Check the number.", serial=row.serial)


def _movements(line: Arrival) -> list[Movement]:
    whole = Movement(
        sku=line.sku,
        quantity=line.quantity,
        location=line.location,
        lot=line.lot,
        expires_on=line.expires_on,
    )
    if not line.serials:
        return [whole]
    return [replace(whole, quantity=Decimal(1), serial=serial) for serial in line.serials]


def _note_pieces(arrivals: Sequence[Arrival], products: dict[str, Product]) -> None:
    pieces = [
        piece(line.sku, serial, state=IN_STOCK, location=line.location, lot=line.lot)
        for line in arrivals
        for serial in line.serials
    ]
    enter_pieces(pieces)
    findable(pieces, products)
