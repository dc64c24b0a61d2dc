"""What service adds to the pages of the core."""

from typing import Any
from uuid import UUID

from core.clock import today
from core.deals.picture import Picture
from modules.service.models.warranties import ENDED
from modules.service.queries.complaints import Sought, complaints
from modules.service.queries.follow_ups import follow_ups
from modules.service.queries.warranties import warranties


def deal_panel(picture: Picture) -> dict[str, Any]:
    """Return what service adds to a deal's page."""
    return {
        "complaints": complaints(Sought(deal_id=picture.deal_id)).items,
        "tasks": follow_ups(number=picture.number).items,
    }


def customer_panel(customer_id: UUID) -> dict[str, Any]:
    """Return what service adds to a customer's card."""
    return {"complaints": complaints(Sought(customer_id=customer_id), limit=20).items}


def deal_warranties(picture: Picture) -> dict[str, Any] | None:
    """Return the warranties of a deal's goods."""
    found = warranties(deal_id=picture.deal_id, limit=20).items
    return {"warranties": found} if found else None


def customer_warranties(customer_id: UUID) -> dict[str, Any] | None:
    """Return the warranties of what a customer has."""
    found = warranties(customer_id=customer_id, limit=20).items
    return {"warranties": found} if found else None


def warranties_that_run(customer_id: UUID) -> dict[str, Any] | None:
    """Return what of hers is under warranty today: for whoever answers her call."""
    found = warranties(customer_id=customer_id, limit=20).items
    running = [one for one in found if one.state != ENDED and one.ends_on >= today()]
    return {"warranties": running[:3]} if running else None
