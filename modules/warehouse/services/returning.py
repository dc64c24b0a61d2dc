"""Take goods back from customers: into stock again, or scrapped."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.clock import today
from core.db import db
from core.deals.facts import GoodsLine
from core.deals.locking import lock
from core.deals.picture import Line, Picture
from core.errors import InvalidInput
from core.ids import new_id
from core.money import format_quantity
from core.numbers import next_number
from core.products.models import Product
from core.products.queries import products_by_sku
from core.text import tidy, tidy_lines
from modules.warehouse.errors import NotWithCustomer
from modules.warehouse.events import GoodsReturned
from modules.warehouse.models import IN_STOCK, SCRAPPED, GoodsReturn, ReturnLine
from modules.warehouse.services.serials import enter_pieces, hold_pieces, numbers_wrong, piece
from modules.warehouse.services.signing import signed
from modules.warehouse.services.stock import MAIN, Movement, post
from modules.warehouse.services.unpacking import ComingBack, Unpacked, unpack


def take_back(
    deal_id: UUID,
    lines: Sequence[ComingBack],
    *,
    restock: bool,
    reason: str = "",
    location: str = MAIN,
    shipment_id: UUID | None = None,
) -> GoodsReturn:
    """Take goods of a deal back, never more than the customer has.

    Raises:
        NotWithCustomer: when the customer has less.
        InvalidInput: naming every field that must be corrected.
    """
    picture = lock([deal_id])[deal_id]
    lines = [_tidied(line) for line in lines]
    _check(lines, picture)
    unpacked = unpack(lines, {line.line_id: line.sku for line in picture.lines}, deal_id)
    place = tidy(location) or MAIN
    _move_pieces(unpacked, IN_STOCK if restock else SCRAPPED, place)
    number = next_number("RT")
    _move(unpacked, place, number, picture.number, restock=restock)
    back = GoodsReturn(
        id=new_id(),
        number=number,
        deal_id=deal_id,
        order_number=picture.number,
        shipment_id=shipment_id,
        restock=restock,
        reason=tidy_lines(reason),
        lines=_lines(unpacked, place),
        **signed(),
    )
    db.session.add(back)
    publish(_returned(back, picture))
    return back


def _tidied(line: ComingBack) -> ComingBack:
    serials = tuple(text for each in line.serials if (text := tidy(each)))
    return replace(line, lot=tidy(line.lot or "") or None, serials=serials)


def _check(lines: Sequence[ComingBack], picture: Picture) -> None:
    if not lines:
        raise InvalidInput({"lines": _("Choose at least one line that comes back.")})
    sold = {line.line_id: line for line in picture.lines}
    products = products_by_sku(line.sku for line in picture.lines)
    errors: dict[str, str] = {}
    sums: dict[UUID, Decimal] = {}
    for place, one in enumerate(lines):
        wrong = _wrong(one, sold.get(one.line_id), products)
        errors |= {f"lines.{place}.{name}": text for name, text in wrong.items()}
        sums[one.line_id] = sums.get(one.line_id, Decimal(0)) + one.quantity
    if errors:
        raise InvalidInput(errors)
    for line_id, quantity in sums.items():
        there = sold[line_id].with_customer
        if quantity > there:
            raise NotWithCustomer(
                line_id=str(line_id), name=sold[line_id].name, with_customer=format_quantity(there)
            )


def _wrong(one: ComingBack, line: Line | None, products: dict[str, Product]) -> dict[str, str]:
    if line is None:
        return {"line_id": _("This line does not belong to the order.")}
    if one.quantity <= 0:
        return {"quantity": _("Enter a number above zero.")}
    problem = numbers_wrong(products.get(line.sku), one.quantity, one.serials)
    return {"serials": problem} if problem else {}


def _move_pieces(unpacked: Sequence[Unpacked], state: str, place: str) -> None:
    numbers = {(one.sku, serial): one for one in unpacked for serial in one.serials}
    held = hold_pieces(numbers)
    for row in held.values():
        row.state, row.location, row.shipment_id = state, place, None
    strange = [
        piece(sku, serial, state=state, location=place, lot=one.lot)
        for (sku, serial), one in numbers.items()
        if (sku, serial) not in held
    ]
    enter_pieces(strange)


def _move(
    unpacked: Sequence[Unpacked], place: str, document: str, order_number: str, *, restock: bool
) -> None:
    """Enter the goods; scrapped ones come and go, so that the journal tells of them too."""
    movements: list[Movement] = []
    for one in unpacked:
        whole = Movement(
            sku=one.sku,
            quantity=one.quantity,
            location=place,
            lot=one.lot,
            expires_on=one.expires_on,
        )
        pieces = [replace(whole, quantity=Decimal(1), serial=each) for each in one.serials]
        movements += pieces or [whole]
    post(movements, reason="returned", document=document, order_number=order_number)
    if not restock:
        gone = [replace(one, quantity=-one.quantity) for one in movements]
        post(gone, reason="scrapped", document=document, order_number=order_number)


def _lines(unpacked: Sequence[Unpacked], place: str) -> list[ReturnLine]:
    return [
        ReturnLine(
            position=at,
            line_id=one.line_id,
            sku=one.sku,
            location=place,
            lot=one.lot,
            quantity=one.quantity,
            serials=list(one.serials),
        )
        for at, one in enumerate(unpacked, start=1)
    ]


def _returned(back: GoodsReturn, picture: Picture) -> GoodsReturned:
    return GoodsReturned(
        deal_id=picture.deal_id,
        number=picture.number,
        customer_id=picture.customer_id,
        customer_name=picture.customer,
        currency=picture.currency,
        happened_on=today(),
        document=back.number,
        lines=tuple(
            GoodsLine(
                line_id=line.line_id,
                quantity=line.quantity,
                lot=line.lot or None,
                serials=tuple(line.serials),
            )
            for line in back.lines
        ),
        return_id=back.id,
        restock=back.restock,
        reason=back.reason,
        shipment_id=back.shipment_id,
    )
