"""The words for what was done for a customer, on her timeline."""

from flask import url_for
from flask_babel import gettext as _

from bus.events import Payload
from core.tasks.kinds import kind_of
from core.timeline.telling import Told


def task_done(event: Payload) -> Told | None:
    """Tell what was asked for and what came of it; a kind that tells it itself is left to do so."""
    kind = kind_of(event["kind"])
    if kind is not None and kind.when_done is not None:
        return None
    words = {each["name"]: each["text"] for each in event["words"]}
    title = event["title"]
    asked = str(_(title, **words)) if title else ""
    outcome = kind.outcome(event["outcome"]) if kind and event["outcome"] else event["outcome"]
    said = " · ".join(each for each in (outcome, event["note"]) if each)
    return Told(
        _("did: %(task)s", task=asked or event["kind"]),
        said,
        url_for("tasks.record", task_id=event["task_id"]),
        kind.icon if kind else "check2-square",
    )
