"""The rules of service."""

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class ComplaintNotFound(NotFound):
    """No complaint has this id."""

    code = "complaint_not_found"

    def message(self) -> str:
        return _("There is no such complaint. Look for it in the list of complaints.")


class AnswerFirst(DomainError):
    """A complaint cannot be closed before the customer has an answer."""

    code = "answer_first"

    def message(self) -> str:
        return _("Answer the customer first: nothing is closed without an answer.")


class ComplaintClosedAlready(DomainError):
    """The complaint is closed."""

    code = "complaint_closed"

    def message(self) -> str:
        return _("This complaint is closed. Record a new one if the customer is not content.")


class HoldsNeedOrder(DomainError):
    """Only an order's shipping or collection can be held."""

    code = "holds_need_order"
    status = 422

    def message(self) -> str:
        return _("Name the order whose shipping or collection is to be held.")


class NothingToRepeat(DomainError):
    """A task without a product cannot be ordered again."""

    code = "nothing_to_repeat"
    status = 422

    def message(self) -> str:
        return _("This task names no product. Write the order under Orders.")
