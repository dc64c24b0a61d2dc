"""The departments carry out what was promised to a customer; service hears of it and goes on."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from bus import delivery_context, reading, subscribe
from core.deals.facts import Delivered, Fact, Refunded, Returned
from modules.service.services.complaints import doing
from modules.service.services.complaints.doing import Done


@reading("finance.credit_note_issued")
class CreditNote:
    """What service needs to know of a credit note."""

    deal_id: UUID
    document: str
    #: The promise that it keeps; None when it is for goods that came back.
    compensation_id: UUID | None = None
    #: What of it has to be given back, because she had paid it already.
    to_give_back: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class ReplacedLine:
    """A line of the order, and the one that replaces it."""

    line_id: UUID
    replacement_id: UUID


@reading("sales.replacement_added")
class ReplacementAdded:
    """What service needs to know of goods that replace others."""

    compensation_id: UUID
    document: str
    replaces: tuple[ReplacedLine, ...]


@subscribe(historical=False, acts=True)
def note_credited(note: CreditNote) -> None:
    """Finance has credited it."""
    doing.credited(note.deal_id, note.compensation_id, note.to_give_back, _by(note, note.document))


@subscribe(historical=False, acts=True)
def note_refunded(refund: Refunded) -> None:
    """Finance has given money back."""
    doing.refunded(refund.deal_id, refund.amount, _by(refund, refund.document))


@subscribe(historical=False, acts=True)
def note_came_back(back: Returned) -> None:
    """The warehouse has taken goods back."""
    doing.came_back(back.deal_id, back.lines, _by(back, back.document))


@subscribe(historical=False, acts=True)
def note_replaced(added: ReplacementAdded) -> None:
    """Sales has entered the new goods."""
    lines = {one.line_id: one.replacement_id for one in added.replaces}
    doing.replaced(added.compensation_id, lines, _by(added, added.document))


@subscribe(historical=False, acts=True)
def note_arrived(delivered: Delivered) -> None:
    """The customer has the new goods."""
    doing.arrived(delivered.lines, _by(delivered, delivered.document))


def _by(told: Fact | CreditNote | ReplacementAdded, document: str) -> Done:
    context = delivery_context()
    return Done((context.of(told).actor if context else None) or "", document)
