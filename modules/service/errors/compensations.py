"""Why a compensation cannot be promised, approved or carried out."""

from decimal import Decimal

from flask_babel import gettext as _

from core.errors import DomainError
from core.money import format_money, format_quantity


class CompensationNeedsOrder(DomainError):
    """Money and goods belong to an order."""

    code = "compensation_needs_order"
    status = 422

    def message(self) -> str:
        return _("Name the order first: money and goods belong to an order.")


class NotWithCustomerAnymore(DomainError):
    """The customer has less of these goods."""

    code = "not_with_customer"

    def __init__(self, name: str, there: Decimal) -> None:
        super().__init__(name=name, with_customer=format_quantity(there))

    def message(self) -> str:
        return _(
            "The customer has %(there)s of %(name)s. Enter no more than that.",
            there=self.extra["with_customer"],
            name=self.extra["name"],
        )


class MoreThanPrice(DomainError):
    """No more can be credited than the order costs."""

    code = "more_than_price"

    def __init__(self, most: Decimal, currency: str) -> None:
        super().__init__(most=str(most), currency=currency)

    def message(self) -> str:
        most = format_money(Decimal(self.extra["most"]), self.extra["currency"])
        return _("The whole order costs %(most)s. Enter no more than that.", most=most)


class ApprovedByAnother(DomainError):
    """Nobody approves a proposal of one's own."""

    code = "approved_by_another"
    status = 403

    def message(self) -> str:
        return _("You have proposed this yourself. Somebody else has to approve it.")


class CarriedOutElsewhere(DomainError):
    """Other departments carry it out and say so themselves."""

    code = "carried_out_elsewhere"

    def message(self) -> str:
        return _(
            "Other departments carry this out and say so by themselves. "
            "The head of service may set it as carried out, with a reason."
        )
