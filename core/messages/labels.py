"""What kinds, ways and states of messages are called."""

from typing import Final

from flask_babel import lazy_gettext as _l

KINDS: Final = {
    "service": _l("Service notice"),
    "marketing": _l("Advertising"),
    "greeting": _l("Greeting"),
}
CHANNELS: Final = {"sms": _l("Text message"), "mail": _l("E-mail"), "letter": _l("Letter")}
ICONS: Final = {"sms": "chat-dots", "mail": "envelope", "letter": "envelope-paper"}
#: state -> what it is called, and its colour.
STATES: Final = {
    "waiting": (_l("Waits for the morning"), "info"),
    "noted": (_l("On its way"), "info"),
    "sent": (_l("Sent"), "good"),
    "arrived": (_l("Arrived"), "good"),
    "opened": (_l("Read"), "good"),
    "answered": (_l("Replied"), "good"),
    "failed": (_l("Failed"), "bad"),
    "refused": (_l("Refused"), "warn"),
}
HOW: Final = {
    "hand": _l("told to us"),
    "link": _l("by the link"),
    "answer": _l("by answering a message"),
}
