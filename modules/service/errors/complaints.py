"""Why something cannot be done with a complaint."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


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


class ReviewedByAnother(DomainError):
    """Whoever handled a complaint does not ask the customer whether she is content."""

    code = "reviewed_by_another"
    status = 403

    def message(self) -> str:
        return _("You have handled this complaint. Let a colleague call the customer.")


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
