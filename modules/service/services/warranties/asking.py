"""What staff is asked because of a registration."""

from hashlib import sha256
from typing import Final
from uuid import UUID

from core.clock import today
from core.deals.queries import by_ids
from core.people.identity import person_by_id
from core.tasks import services as tasks
from modules.service.models import Warranty, WarrantyClaim


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


CLAIM: Final = "service.warranty_claim"
NEW_CARD: Final = "service.warranty_new_card"
PROPOSAL: Final = "service.card_proposal"
_WHY: Final = {
    "unknown": _("%(name)s registered it on the public page; we know no such serial number."),
    "other_phone": _(
        "%(name)s registered it on the public page with a number that is not the buyer's."
    ),
    "taken": _("%(name)s registered it on the public page; somebody else had done so before."),
}


def ask_about_claim(claim: WarrantyClaim) -> None:
    """Let a colleague of service look at a registration that cannot be true by itself."""
    tasks.ask(
        CLAIM,
        key_of(claim),
        _("Serial number %(serial)s: look at the registration"),
        today(),
        customer_id=claim.customer_id,
        pool="service",
        reason=_WHY[claim.why],
        words={"serial": claim.serial, "name": claim.name},
    )


def key_of(claim: WarrantyClaim) -> str:
    """Return under which key a claim is asked about, once."""
    return f"service.claim:{claim.id}"


def hand_over_card(customer_id: UUID, name: str, warranty: Warranty) -> None:
    """Hand a new customer to the salesperson of the order by which her goods left the house."""
    deal = by_ids([warranty.deal_id]).get(warranty.deal_id)
    seller = person_by_id(deal.seller_id) if deal else None
    tasks.ask(
        NEW_CARD,
        f"service.new_card:{customer_id}",
        _("New customer %(name)s: introduce yourself"),
        today(),
        customer_id=customer_id,
        pool="service",
        owner_id=seller.id if seller else None,
        reason=_("She has %(product)s of order %(number)s, which %(buyer)s bought."),
        say=_("Thank you for registering. Is everything in order, and may I be your contact?"),
        words={
            "name": name,
            "product": warranty.product,
            "number": warranty.number,
            "buyer": deal.customer if deal else "",
        },
    )


def propose(customer_id: UUID, name: str, differs: list[str], serial: str) -> None:
    """Ask a colleague to decide about what she said that the card has otherwise."""
    if not differs:
        return
    told = "; ".join(differs)
    tasks.ask(
        PROPOSAL,
        f"service.proposal:{customer_id}:{sha256(told.encode()).hexdigest()[:16]}",
        _("Card of %(name)s: something differs"),
        today(),
        customer_id=customer_id,
        pool="service",
        reason=_("With serial number %(serial)s she gave: %(told)s. Her card says otherwise."),
        words={"name": name, "serial": serial, "told": told},
    )
