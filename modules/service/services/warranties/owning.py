"""Whose a warranty is: registered for somebody, or moved to whoever has the goods."""

from typing import Literal
from uuid import UUID

from bus import publish
from core.clock import today
from core.customers.queries import customer as customer_card
from core.customers.resolution import resolve
from core.db import db
from core.search import index
from modules.service.events import WarrantyRegistered
from modules.service.models import Warranty
from modules.service.models.warranties import REGISTERED
from modules.service.services.warranties.acts import append
from modules.service.services.warranties.beginning import findable


def move(row: Warranty, customer_id: UUID) -> None:
    """Let it belong to somebody else."""
    if resolve(row.customer_id) == customer_id:
        return
    words = {"from": str(row.customer_id), "to": str(customer_id)}
    row.customer_id = customer_id
    append(row, "moved", words=words)
    if row.serial:
        index.put_many([findable(row)])


def register(
    row: Warranty, by: Literal["customer", "staff"], *, may_call: bool, text: str = ""
) -> None:
    """Note that she has told us of it, and tell everybody."""
    card = customer_card(row.customer_id)
    row.state, row.registered_on, row.may_call = REGISTERED, today(), may_call
    append(row, "registered", text, {"by": by})
    db.session.flush()
    publish(
        WarrantyRegistered(
            warranty_id=row.id,
            customer_id=card.id,
            customer_name=card.name,
            deal_id=row.deal_id,
            number=row.number,
            sku=row.sku,
            product=row.product,
            serial=row.serial,
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            registered_by=by,
            may_call=may_call,
        )
    )
