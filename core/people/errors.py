"""The rules of signing in and of managing people, each with its sentence."""

from flask_babel import gettext as _
from flask_babel import ngettext

from core.errors import DomainError, NotFound


class SignInRefused(DomainError):
    """The login and the password do not belong together; which of the two is not said."""

    code = "sign_in_refused"
    status = 422

    def message(self) -> str:
        """Say what to try."""
        return _("Login or password is wrong. Check both and try again.")


class TooManyAttempts(DomainError):
    """Somebody tries passwords; `minutes` says how long to wait."""

    code = "too_many_attempts"
    status = 429

    def message(self) -> str:
        """Say how long to wait."""
        minutes = int(self.extra["minutes"])
        return ngettext(
            "Too many wrong passwords. Wait %(num)s minute, then try again, "
            "or ask an administrator for a new password.",
            "Too many wrong passwords. Wait %(num)s minutes, then try again, "
            "or ask an administrator for a new password.",
            minutes,
        )


class PersonUnknown(NotFound):
    """Nobody has this login or id."""

    code = "person_unknown"

    def message(self) -> str:
        """Say where the logins stand."""
        return _("There is no such person. The screen People lists everybody.")


class LastAdministrator(DomainError):
    """Somebody must remain who can manage people and modules."""

    code = "last_administrator"

    def message(self) -> str:
        """Say what to do first."""
        return _("This is the last administrator. Make somebody else administrator first.")


class OwnAccount(DomainError):
    """Nobody locks himself out."""

    code = "own_account"

    def message(self) -> str:
        """Say who can do it."""
        return _("You cannot deactivate yourself. Ask another administrator.")


class FormExpired(DomainError):
    """A form came without this session's token: from a foreign page, or from an old one."""

    code = "form_expired"
    status = 400

    def message(self) -> str:
        """Say how to go on."""
        return _("This page is out of date. Reload it, enter your data again and send it.")
