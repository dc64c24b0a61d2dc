"""The rules of service."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from core.errors import DomainError, NotFound
from core.money import format_money, format_quantity


class ComplaintNotFound(NotFound):
    """No complaint has this id."""

    code = "complaint_not_found"

    def message(self) -> str:
        return _("There is no such complaint. Look for it in the list of complaints.")


class WrongStep(DomainError):
    """The steps of a complaint follow one another."""

    code = "wrong_step"

    def message(self) -> str:
        return _(
            "This complaint is at another step now. Reload the page and do what that step asks for."
        )


class AnswerFirst(DomainError):
    """A complaint cannot be closed before the customer has an answer."""

    code = "answer_first"

    def message(self) -> str:
        return _("Answer the customer first: nothing is closed without an answer.")


class ComplaintClosedAlready(DomainError):
    """The complaint is closed."""

    code = "complaint_closed"

    def message(self) -> str:
        return _(
            "This complaint is closed. Open it again, or record a new one if that is long ago."
        )


class NotClosed(DomainError):
    """Only a closed complaint can be opened again."""

    code = "not_closed"

    def message(self) -> str:
        return _("This complaint is open already. Go on with its next step.")


class ReopenedTooLate(DomainError):
    """After some days it is a new complaint."""

    code = "reopened_too_late"

    def __init__(self, days: int) -> None:
        super().__init__(days=days)

    def message(self) -> str:
        return _(
            "It was closed more than %(days)s days ago. Record a new complaint.",
            days=self.extra["days"],
        )


class HoldsNeedOrder(DomainError):
    """Only an order's shipping or collection can be held."""

    code = "holds_need_order"
    status = 422

    def message(self) -> str:
        return _("Name the order whose shipping or collection is to be held.")


class OrderNamedAlready(DomainError):
    """A complaint is about one order."""

    code = "order_named"

    def message(self) -> str:
        return _("This complaint is about another order already. Record a second one.")


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


class ReviewedByAnother(DomainError):
    """Whoever handled a complaint does not ask the customer whether she is content."""

    code = "reviewed_by_another"
    status = 403

    def message(self) -> str:
        return _("You have handled this complaint. Let a colleague call the customer.")


class CarriedOutElsewhere(DomainError):
    """Other departments carry it out and say so themselves."""

    code = "carried_out_elsewhere"

    def message(self) -> str:
        return _(
            "Other departments carry this out and say so by themselves. "
            "The head of service may set it as carried out, with a reason."
        )


class OfferedToAnother(DomainError):
    """A complaint that was offered to somebody is taken over by that person."""

    code = "offered_to_another"

    def __init__(self, name: str) -> None:
        super().__init__(name=name)

    def message(self) -> str:
        return _(
            "It was offered to %(name)s, who has to take it over. Offer it to yourself first.",
            name=self.extra["name"],
        )


class NoSuchPerson(DomainError):
    """Nobody of that name works here, or does such work."""

    code = "no_such_person"
    status = 422

    def message(self) -> str:
        return _("Choose somebody who looks after complaints.")


class DoneOnComplaint(DomainError):
    """A step is done where its questions are asked."""

    code = "done_on_complaint"

    def message(self) -> str:
        return _("Do this step on the complaint's own page: it asks for what has to be written.")


class NobodyElse(DomainError):
    """Nobody else got these goods, or all of them have been asked."""

    code = "nobody_else"

    def message(self) -> str:
        return _("Nobody else is to be asked: nobody has these goods, or all have been asked.")


class NothingToRepeat(DomainError):
    """A task without a product cannot be ordered again."""

    code = "nothing_to_repeat"
    status = 422

    def message(self) -> str:
        return _("This task names no product. Write the order under Orders.")


class WarrantyNotFound(NotFound):
    """No warranty has this id or number."""

    code = "warranty_not_found"

    def message(self) -> str:
        return _("There is no such warranty. Look for the serial number or the order.")


class WarrantyEnded(DomainError):
    """The goods came back, or somebody has ended the warranty."""

    code = "warranty_ended"

    def message(self) -> str:
        return _("This warranty has ended. Its journal says why.")


class RegisteredAlready(DomainError):
    """Another customer has registered the warranty."""

    code = "registered_already"

    def message(self) -> str:
        return _("This warranty is registered already. Its journal says by whom.")


class ClaimNotFound(NotFound):
    """No registration waits under this id."""

    code = "claim_not_found"

    def message(self) -> str:
        return _("There is no such registration. Look at the list of those that wait.")


class ClaimSettled(DomainError):
    """Somebody has looked at the registration before."""

    code = "claim_settled"

    def message(self) -> str:
        return _("A colleague has settled this registration already.")


class DoneOnClaim(DomainError):
    """A registration is settled on its own page."""

    code = "done_on_claim"

    def message(self) -> str:
        return _("Settle the registration under Warranties; the task is then done by itself.")


class TooManyVisits(DomainError):
    """Somebody without an account sends very much; `minutes` says how long to wait."""

    code = "too_many_visits"
    status = 429

    def message(self) -> str:
        minutes = int(self.extra["minutes"])
        return ngettext(
            "That was very often. Wait %(num)s minute and try again, or call us.",
            "That was very often. Wait %(num)s minutes and try again, or call us.",
            minutes,
        )


class LinkUnknown(NotFound):
    """A link for feedback does not exist or is too old."""

    code = "link_unknown"

    def message(self) -> str:
        return _("This link is not valid any more. Call us: we want to hear what you think.")


class AnsweredAlready(DomainError):
    """Feedback can be amended for a day only."""

    code = "answered_already"

    def message(self) -> str:
        return _("Your answer is kept and cannot be changed any more. Call us if it was wrong.")
