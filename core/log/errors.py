"""Why an act on the bus is refused."""

from typing import ClassVar

from flask_babel import gettext as _

from core.errors import DomainError


class NotThatWay(DomainError):
    """Somebody else was faster, or it was never so."""

    code: ClassVar[str] = "wrong_state"

    def message(self) -> str:
        return _("It is not so any more: somebody has acted meanwhile. Look at the list again.")


class ReasonMissing(DomainError):
    """An event is given up without a reason."""

    code: ClassVar[str] = "reason_missing"
    status: ClassVar[int] = 422

    def message(self) -> str:
        return _("Say why it is given up: whoever looks for it later wants to know.")


class PauseReasonMissing(ReasonMissing):
    """A subscriber is paused without a reason."""

    def message(self) -> str:
        return _("Say why it is paused: whoever finds it standing still wants to know.")
