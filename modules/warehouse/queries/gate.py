"""May goods of a deal leave, and if not, why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from core.clock import today
from core.deals.queries import Picture
from core.errors import DomainError
from core.money import ZERO, format_quantity
from core.registry.switchboard import is_on
from modules.warehouse.errors import DepositDue, ShippingHeld, StockShort
from modules.warehouse.models import ShipmentLine
from modules.warehouse.queries.picking import Shelf


@dataclass(frozen=True)
class Reason:
    """Why goods may not leave now: a code for programs, a sentence for people."""

    code: str
    message: str


def holds(picture: Picture) -> list[DomainError]:
    """Return the rules that hold the goods; the head of the warehouse may set them aside."""
    found: list[DomainError] = []
    if picture.deposit_open > 0:
        found.append(
            DepositDue(picture.deposit_open, picture.currency, nobody_collects=not is_on("finance"))
        )
    found += [ShippingHeld(text=concern.text) for concern in picture.holds("shipping")]
    return found


def reasons(
    picture: Picture, lines: Iterable[ShipmentLine], stock: dict[str, Shelf]
) -> list[Reason]:
    """Return everything that keeps these goods from leaving as a whole."""
    found = [Reason(error.code, error.message()) for error in holds(picture)]
    names: dict[str, str] = {}
    sums: dict[str, Decimal] = {}
    for line in lines:
        names.setdefault(line.sku, line.name)
        sums[line.sku] = sums.get(line.sku, Decimal(0)) + line.quantity
    for sku, quantity in sums.items():
        there = stock[sku].available() if sku in stock else Decimal(0)
        if there < quantity:
            found.append(_short(names[sku], quantity, there))
    return found


def _short(name: str, quantity: Decimal, there: Decimal) -> Reason:
    text = _(
        "%(name)s: %(wanted)s needed, %(there)s can leave.",
        name=name,
        wanted=format_quantity(quantity),
        there=format_quantity(there),
    )
    return Reason(StockShort.code, text)


def to_collect(picture: Picture) -> Decimal:
    """Return what whoever brings the goods is to collect at the door.

    All that is due without a later day, at most what is owed; nothing while a worry about the
    deal holds its collection. Without a plan of payments everything owed is due.
    """
    if picture.holds("collection"):
        return ZERO
    if not picture.dues:
        return max(ZERO, picture.owed)
    due = sum((step.open for step in picture.dues if not step.on or step.on <= today()), ZERO)
    return max(ZERO, min(picture.owed, due))
