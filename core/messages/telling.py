"""The words for messages on the customer's timeline."""

from flask import url_for
from flask_babel import gettext as _

from bus.events import Payload
from core.messages.composing import channel_name
from core.timeline.telling import Told

_ICONS = {"sms": "chat-dots", "mail": "envelope", "letter": "envelope-paper"}


def message_sent(event: Payload) -> Told:
    """Tell what was sent to her, and on which way."""
    template = event.get("template") or ""
    words = _("%(channel)s sent to the customer", channel=channel_name(event["channel"]))
    url = url_for("messages.record", message_id=event["message_id"])
    return Told(words, str(_(template)) if template else "", url, _ICONS[event["channel"]])


def consent_changed(event: Payload) -> Told:
    """Tell whether she wants advertising."""
    if event["opted_out"]:
        return Told(_("The customer wants no advertising"), icon="envelope-slash")
    return Told(_("The customer wants advertising again"), icon="envelope-check")
