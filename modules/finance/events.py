"""What finance tells the world."""

from decimal import Decimal
from uuid import UUID

from bus import event
from core.deals.facts import Credited, Invoiced, Paid, Refunded, WrittenOff


@event("finance.deposit_received")
class DepositReceived(Paid):
    """Money came in while the deposit of the order was still open."""


@event("finance.payment_received")
class PaymentReceived(Paid):
    """Money came in for an order."""


@event("finance.payment_refunded")
class PaymentRefunded(Refunded):
    """Money of an order was given back, or became the customer's credit (method "credit")."""

    reason: str


@event("finance.invoice_issued")
class InvoiceIssued(Invoiced):
    """Goods that left the house were invoiced."""

    invoice_id: UUID


@event("finance.invoice_corrected")
class InvoiceCorrected(Invoiced):
    """A part of what was invoiced was taken back, by a negative invoice."""

    invoice_id: UUID
    #: Number of the invoice that it corrects.
    corrects: str


@event("finance.credit_note_issued")
class CreditNoteIssued(Credited):
    """The customer owes less, because goods came back or because she was promised an allowance."""

    credit_note_id: UUID
    #: The promise to a customer who complained that it keeps.
    compensation_id: UUID | None = None
    #: What of it is to be given back, because she had paid it already.
    to_give_back: Decimal = Decimal(0)


@event("finance.balance_written_off")
class BalanceWrittenOff(WrittenOff):
    """The head of finance gave up a part of what is owed."""
