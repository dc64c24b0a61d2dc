"""What a page about one deal shows, whichever department shows it."""

from typing import Any

import core.customers.queries as customers
from core.customers.errors import CustomerNotFound
from core.customers.models import Customer
from core.deals.picture import Picture
from core.deals.queries import entries
from core.deals.standing import next_step, steps
from core.money import format_money
from core.web.story import DUE_KINDS, told


def page_of(picture: Picture) -> dict[str, Any]:
    """Return the template variables of `deals/parts.html`."""
    return {
        "deal": picture,
        "customer": _customer(picture),
        "steps": steps(picture),
        "next_step": next_step(picture),
        "told": _history(picture),
        "due_kinds": DUE_KINDS,
    }


def _history(picture: Picture) -> list[dict[str, Any]]:
    """Who did what, newest first."""
    newest_first = told(reversed(entries(picture.deal_id)))
    return [
        {
            **vars(one),
            "amount": None if one.amount is None else format_money(one.amount, picture.currency),
        }
        for one in newest_first
    ]


def _customer(picture: Picture) -> Customer | None:
    try:
        return customers.customer(picture.customer_id)
    except CustomerNotFound:
        return None
