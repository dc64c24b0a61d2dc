"""What states of mailings, and reasons to get none, are called."""

from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

#: state -> what it is called, and its colour.
STATES: Final = {
    "counting": (_l("Being counted"), "info"),
    "ready": (_l("Ready to send"), "warn"),
    "sending": (_l("Being sent"), "info"),
    "stopped": (_l("Stopped"), "bad"),
    "done": (_l("Sent"), "good"),
}
#: Why somebody gets none, by the code of the refusal; and what helps.
REASONS: Final = {
    "no_address": _l("No address for this way: complete the card, or choose another way."),
    "wants_no_advertising": _l("Wants no advertising."),
    "slots_empty": _l("A place in the text stays empty: complete the card."),
    "too_soon": _l("Had an advertisement a few days ago."),
    "too_long": _l("Too long for a text message."),
    "link_missing": _l("Enter under Messages, Settings at which address customers reach you."),
    "customer_not_found": _l("The card is gone."),
}


def template_title(name: str) -> str:
    """Return what a template was called; a preset in the reader's language."""
    return _(name)
