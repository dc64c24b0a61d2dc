"""The rules of finance that an act can break."""

from decimal import Decimal

from flask_babel import gettext as _

from core.errors import DomainError, NotFound
from core.money import format_money, money_text


class _OfMoney(DomainError):
    """An error that tells a figure of an order, as JSON text for programs, as money for people."""

    figure = "amount"

    def __init__(self, amount: Decimal, currency: str, **extra: str) -> None:
        super().__init__(**{self.figure: money_text(amount)}, currency=currency, **extra)
        self.amount = amount

    @property
    def shown(self) -> str:
        """The figure as people read it."""
        return format_money(self.amount, self.extra["currency"])


class OwedChanged(_OfMoney):
    """More was to be taken for an order than is owed on it."""

    code = "owed_changed"
    figure = "owed"

    def message(self) -> str:
        if self.amount <= 0:
            return _(
                "Nothing is owed on order %(order)s any more. Nothing was taken. "
                "Keep the money as the customer's credit, or do not take it.",
                order=self.extra["order"],
            )
        return _(
            "Order %(order)s now owes %(owed)s, and you entered more. Nothing was taken. "
            "Correct the amount, or keep the rest as the customer's credit.",
            order=self.extra["order"],
            owed=self.shown,
        )


class RefundTooLarge(_OfMoney):
    """More was to be given back than may be."""

    code = "refund_too_large"
    figure = "refundable"

    def message(self) -> str:
        if self.amount <= 0:
            return _(
                "Nothing can be given back on order %(order)s: what was paid is for goods that the "
                "customer has.",
                order=self.extra["order"],
            )
        return _(
            "At most %(amount)s can be given back on order %(order)s. Enter a smaller amount.",
            amount=self.shown,
            order=self.extra["order"],
        )


class AllowanceTooLarge(_OfMoney):
    """More was to be credited than the customer has to pay in all."""

    code = "allowance_too_large"
    figure = "most"

    def message(self) -> str:
        return _(
            "The whole of order %(order)s costs %(amount)s. Credit no more than that.",
            amount=self.shown,
            order=self.extra["order"],
        )


class WriteOffTooLarge(_OfMoney):
    """More was to be written off than is owed."""

    code = "owed_changed"
    figure = "owed"

    def message(self) -> str:
        return _(
            "Order %(order)s now owes %(owed)s. Only what is owed can be written off.",
            order=self.extra["order"],
            owed=self.shown,
        )


class CreditShort(_OfMoney):
    """The customer's credit is smaller than what was to be paid from it."""

    code = "credit_short"
    figure = "credit"

    def message(self) -> str:
        return _("The customer's credit is %(credit)s. Enter at most that.", credit=self.shown)


class CollectionHeld(DomainError):
    """Somebody's concern says that no money should be asked for now."""

    code = "collection_held"

    def message(self) -> str:
        return _(
            "Collecting for order %(order)s is held because of an open concern: %(text)s. "
            "Confirm that the customer wants to pay all the same.",
            **self.extra,
        )


class NothingToInvoice(DomainError):
    """All that was shipped has been invoiced."""

    code = "nothing_to_invoice"

    def message(self) -> str:
        return _(
            "Order %(order)s has nothing to invoice: what the customer has is invoiced already.",
            **self.extra,
        )


class PaymentNotFound(NotFound):
    """No payment has this number."""

    code = "payment_not_found"

    def message(self) -> str:
        return _("There is no payment %(number)s. Check the number.", **self.extra)


class InvoiceNotFound(NotFound):
    """No invoice has this number."""

    code = "invoice_not_found"

    def message(self) -> str:
        return _("There is no invoice %(number)s. Check the number.", **self.extra)


class CompensationNotFound(NotFound):
    """No promise of this id is to be booked."""

    code = "compensation_not_found"

    def message(self) -> str:
        return _("There is no such promise, or it has been booked. Look at the list again.")


class KeptOnItsOwn(DomainError):
    """A promise is kept by booking it or by giving the money back, not by a note."""

    code = "kept_on_its_own"

    def message(self) -> str:
        return _("Issue the credit note or give the money back: the task is then done by itself.")
