"""The warranty card, as the customer is handed it."""

import segno
from flask import url_for

from core.customers.queries import customer as customer_card
from core.papers.papers import WarrantyCard, letterhead
from core.papers.render import render
from core.web.languages import current_language
from modules.service.models import Warranty


def registration_address(row: Warranty) -> str:
    """Return the address of the public page on which these goods are registered."""
    return url_for("service_public.register", s=row.serial or None, _external=True)


def warranty_card(row: Warranty) -> bytes:
    """Return the warranty card of goods, with the code that leads to their registration."""
    card = customer_card(row.customer_id)
    address = registration_address(row)
    paper = WarrantyCard(
        company=letterhead(),
        number=row.serial or row.number,
        customer=card.name,
        phone=card.phone,
        product=row.product,
        sku=row.sku,
        serial=row.serial,
        lot=row.lot,
        order_number=row.number,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        main_part=row.main_part,
        main_ends_on=row.main_ends_on,
        free=row.free,
        charged=row.charged,
        address=address,
        code=segno.make(address, error="m").svg_inline(border=2),
    )
    return render(paper, current_language().code)
