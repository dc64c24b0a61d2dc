"""The delivery note, as it goes with the goods and comes back signed."""

from decimal import Decimal

from flask_babel import gettext as _

from core.clock import local
from core.money import to_money
from core.papers.papers import DeliveryNote, Line, Party, letterhead
from core.papers.render import render
from core.web.languages import current_language
from modules.warehouse.errors import NotShippedYet
from modules.warehouse.models import OPEN
from modules.warehouse.queries.cards import Card, CardLine, CardPick


def delivery_note(card: Card, *, prices: bool = True) -> bytes:
    """Return the delivery note of a shipment that has left.

    Raises:
        NotShippedYet: before that there is nothing to hand over.
    """
    if card.state == OPEN or card.row.shipped_at is None:
        raise NotShippedYet
    paper = DeliveryNote(
        company=letterhead(),
        number=card.document,
        on=local(card.row.shipped_at).date(),
        customer=Party(
            name=card.customer, address=card.address, contact=card.contact, phone=card.phone
        ),
        lines=tuple(_line(line, card) for line in card.lines),
        currency=card.currency,
        copies=(_("Customer's copy"), _("Signed copy")),
        order_number=card.order,
        seller_name=card.salesperson,
        delivered_by=card.dispatch.carrier if card.dispatch else "",
        show_prices=prices,
        to_collect=card.to_collect,
    )
    return render(paper, current_language().code)


def _line(line: CardLine, card: Card) -> Line:
    sold = next(each for each in card.picture.lines if each.line_id == line.line_id)
    amount = sold.value(line.quantity)
    per_piece = to_money(sold.amount / sold.ordered) if sold.ordered else Decimal(0)
    return Line(
        name=line.name,
        quantity=line.quantity,
        sku=line.sku,
        unit=line.unit,
        details=tuple(text for pick in line.picks if (text := _details(pick))),
        unit_price=per_piece,
        amount=amount,
    )


def _details(pick: CardPick) -> str:
    parts = []
    if pick.lot and pick.expires_on:
        day = pick.expires_on.isoformat()
        parts.append(_("Lot %(lot)s, expires %(day)s", lot=pick.lot, day=day))
    elif pick.lot:
        parts.append(_("Lot %(lot)s", lot=pick.lot))
    if pick.serials:
        parts.append(_("Serial numbers %(numbers)s", numbers=", ".join(pick.serials)))
    return " · ".join(parts)
