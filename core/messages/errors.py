"""Why a message is not sent."""

from typing import ClassVar

from flask_babel import gettext as _

from core.errors import DomainError, NotFound


class TemplateNotFound(NotFound):
    """There is no such template."""

    code: ClassVar[str] = "template_not_found"

    def message(self) -> str:
        return _("There is no such template. Choose one under Messages, Templates.")


class MessageNotFound(NotFound):
    """There is no such message."""

    code: ClassVar[str] = "message_not_found"


class NotSent(DomainError):
    """A message cannot be sent to this customer now; nothing was noted."""

    code: ClassVar[str] = "message_not_sent"


class SlotsEmpty(NotSent):
    """A place in the text has nothing to stand in it."""

    code: ClassVar[str] = "slots_empty"

    def message(self) -> str:
        names = _(", ").join(self.extra["slots"])
        return _(
            "Nothing is known for: %(names)s. Complete the card, the text, or Our company.",
            names=names,
        )


class NoAddress(NotSent):
    """Nobody knows where to send it."""

    code: ClassVar[str] = "no_address"

    def message(self) -> str:
        return {
            "sms": _("The card has no mobile number. Enter one, or choose another way."),
            "mail": _("The card has no e-mail address. Enter one, or choose another way."),
        }.get(self.extra["channel"], _("The card has no postal address. Enter one."))


class WantsNoAdvertising(NotSent):
    """She has refused messages of this kind."""

    code: ClassVar[str] = "wants_no_advertising"

    def message(self) -> str:
        return _("She wants no advertising. Only service notices may be sent to her.")


class TooSoon(NotSent):
    """She was sent an advertisement a few days ago."""

    code: ClassVar[str] = "too_soon"

    def message(self) -> str:
        return _(
            "She was sent an advertisement on %(last)s. The next may go out on %(next)s.",
            **self.extra,
        )


class LinkMissing(NotSent):
    """An advertisement by mail needs a link by which it can be refused."""

    code: ClassVar[str] = "link_missing"

    def message(self) -> str:
        return _("Enter under Messages, Settings at which address customers reach you.")


class TooLong(NotSent):
    """A text message has more characters than networks carry."""

    code: ClassVar[str] = "too_long"

    def message(self) -> str:
        return _("This is too long for a text message: at most 500 characters.")


class LinkUnknown(NotFound):
    """A link that this company has not given out."""

    code: ClassVar[str] = "link_unknown"

    def message(self) -> str:
        return _("This link is not complete. Open it from the message once more.")
