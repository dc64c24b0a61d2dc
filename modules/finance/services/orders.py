"""Find and lock the orders that an act of finance is about."""

from collections.abc import Sequence
from uuid import UUID

from flask_babel import gettext as _

from core.customers.resolution import resolve
from core.deals.locking import lock_numbers
from core.deals.picture import Picture
from core.errors import InvalidInput


def locked(order: str, field: str = "order") -> Picture:
    """Return the order as it is now and hold it until the transaction ends.

    Raises:
        InvalidInput: at the field, when there is no such order.
    """
    return locked_all([order], [field])[0]


def locked_all(orders: Sequence[str], fields: Sequence[str]) -> list[Picture]:
    """Return several orders, held in sorted order; each field is where its number was entered."""
    found = lock_numbers(orders)
    missing = {
        field: _("There is no order %(number)s. Check the number.", number=order)
        for order, field in zip(orders, fields, strict=True)
        if order not in found
    }
    if missing:
        raise InvalidInput(missing)
    return [found[order] for order in orders]


def belongs_to(picture: Picture, customer_id: UUID) -> bool:
    """Tell whether the order is this customer's, under any of her cards."""
    return resolve(picture.customer_id) == resolve(customer_id)
