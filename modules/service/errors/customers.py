"""What a customer is answered on the pages for her, and why nothing of hers can be repeated."""

from flask_babel import gettext as _
from flask_babel import ngettext

from core.errors import DomainError, NotFound


class NothingToRepeat(DomainError):
    """A task without a product cannot be ordered again."""

    code = "nothing_to_repeat"
    status = 422

    def message(self) -> str:
        return _("This task names no product. Write the order under Orders.")


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
