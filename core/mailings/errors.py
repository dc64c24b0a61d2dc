"""What cannot be done with mailings."""

from typing import ClassVar

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class MailingNotFound(NotFound):
    """There is no such mailing."""

    code: ClassVar[str] = "mailing_not_found"

    def message(self) -> str:
        return _("There is no such mailing. Make one from a segment.")


class MailingNotReady(DomainError):
    """It is still being counted who gets it."""

    code: ClassVar[str] = "mailing_not_ready"

    def message(self) -> str:
        return _("It is still being counted who gets it. Send it when that is done.")
