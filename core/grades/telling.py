"""The words for a customer's grade on her timeline."""

from flask_babel import gettext as _

from bus.events import Payload
from core.timeline.telling import Told


def graded(event: Payload) -> Told:
    """Tell from which grade to which, and why."""
    none = _("none")
    words = _(
        "graded: from %(before)s to %(after)s",
        before=event["before"] or none,
        after=event["after"] or none,
    )
    return Told(words, event.get("note") or "", icon="award")
