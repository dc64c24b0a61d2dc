"""The words for a call, on the customer's timeline."""

from flask_babel import gettext as _

from bus.events import Payload
from core.timeline.telling import Told


def call_received(event: Payload) -> Told:
    """Tell whom she called, and whether anybody took it."""
    called = _(", ").join(event["called"])
    if event["missed"]:
        words = _("missed a call to %(called)s", called=called) if called else _("missed a call")
        return Told(words, icon="telephone-x")
    return Told(_("took a call"), icon="telephone-inbound")
