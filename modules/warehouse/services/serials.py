"""Keep track of single pieces: in stock once, then with the customer whose shipment took them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select, tuple_
from sqlalchemy.exc import IntegrityError

from core.db import db
from core.errors import InvalidInput
from core.ids import derived_id
from core.products.models import Product
from core.search import index
from modules.warehouse.models import Serial

Piece = tuple[str, str]


def hold_pieces(pieces: Iterable[Piece]) -> dict[Piece, Serial]:
    """Lock those of these pieces that were ever here, and return them fresh."""
    wanted = sorted(set(pieces))
    if not wanted:
        return {}
    query = (
        select(Serial)
        .where(tuple_(Serial.sku, Serial.serial).in_(wanted))
        .order_by(Serial.sku, Serial.serial)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {(row.sku, row.serial): row for row in db.session.scalars(query)}


def enter_pieces(pieces: Sequence[Serial]) -> None:
    """Note pieces that have never been here.

    Raises:
        InvalidInput: when somebody else entered one of them in the same moment.
    """
    try:
        with db.session.begin_nested():
            db.session.add_all(pieces)
    except IntegrityError:
        raise InvalidInput(
            {"lines": _("Somebody has just entered one of these serial numbers. Check them.")}
        ) from None


def piece(sku: str, serial: str, **where: object) -> Serial:
    """Return the record of a piece."""
    return Serial(id=derived_id("warehouse.serial", sku, serial), sku=sku, serial=serial, **where)


def findable(pieces: Sequence[Serial], products: dict[str, Product]) -> None:
    """Let everybody find pieces by their number: whose it is, and from which lot."""
    index.put_many(
        index.Entry(
            kind="serial",
            ref=str(piece.id),
            title=piece.serial,
            subtitle=f"{products[piece.sku].name} · {piece.sku}",
            words=[piece.serial],
            module="warehouse",
        )
        for piece in pieces
        if piece.sku in products
    )


def numbers_wrong(product: Product | None, quantity: Decimal, serials: Sequence[str]) -> str:
    """Say what is wrong with the serial numbers given for a quantity; nothing when all is well."""
    if product is None or not product.serials:
        return _("This product has no serial numbers. Leave this empty.") if serials else ""
    if quantity != quantity.to_integral_value():
        return _("A product with serial numbers moves in whole pieces.")
    if len(set(serials)) != len(serials):
        return _("The same serial number stands here twice.")
    if len(serials) != quantity:
        return ngettext(
            "Enter the serial number of the piece.",
            "Enter %(num)s serial numbers, one for each piece.",
            int(quantity),
        )
    return ""
