"""The words for what service tells, on the customer's timeline."""

from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _

from bus.events import Payload
from core.money import format_quantity
from core.timeline.telling import Told
from modules.service.views.words import act_words, compensation_titles


def complaint_opened(event: Payload) -> Told:
    """Tell what she complained about."""
    words = _("recorded a complaint about order %(number)s", number=event["number"])
    url = url_for("service.complaint", complaint_id=event["concern_id"])
    return Told(words, event["text"], url, "chat-left-dots")


def complaint_closed(event: Payload) -> Told:
    """Tell what answer she was given."""
    words = _("closed the complaint about order %(number)s", number=event["number"])
    url = url_for("service.complaint", complaint_id=event["concern_id"])
    return Told(words, event.get("answer", ""), url, "chat-left-text")


def customer_complained(event: Payload) -> Told:
    """Tell what she complained about, apart from any order."""
    words = _("recorded complaint %(number)s", number=event["number"])
    return Told(words, event["text"], _complaint(event), "chat-left-dots")


def complaint_advanced(event: Payload) -> Told:
    """Tell what was done about her complaint."""
    did, icon = act_words().get(event["act"], (event["act"], "chat-left-dots"))
    did = _without_names().get(event["act"], did)
    words = _("%(did)s (complaint %(number)s)", did=did, number=event["number"])
    return Told(words, event["note"], _complaint(event), icon)


def _without_names() -> dict[str, str]:
    """Return words for what an act names on the complaint's page and the event does not."""
    return {
        "offered": _("asked a colleague to take it over"),
        "asked": _("asked a colleague"),
        "asked_others": _("asked others who have the same goods"),
    }


def customer_answered(event: Payload) -> Told:
    """Tell what answer she was given, apart from any order."""
    words = _("closed complaint %(number)s", number=event["number"])
    return Told(words, event["answer"], _complaint(event), "chat-left-text")


def compensation_agreed(event: Payload) -> Told:
    """Tell what she was promised."""
    kind = compensation_titles()[event["kind"]]
    words = _("promised for complaint %(number)s: %(what)s", number=event["complaint"], what=kind)
    return Told(words, event["reason"], _complaint(event), "gift")


def compensation_carried_out(event: Payload) -> Told:
    """Tell that she has got it."""
    number = event["complaint"]
    words = _("carried out what was promised for complaint %(number)s", number=number)
    return Told(words, url=_complaint(event), icon="check2-circle")


def _complaint(event: Payload) -> str:
    return url_for("service.complaint", complaint_id=event["complaint_id"])


def repeat_requested(event: Payload) -> Told:
    """Tell what she would like again."""
    lines = [(each["name"], Decimal(each["quantity"])) for each in event["lines"]]
    wanted = " · ".join(f"{name} × {format_quantity(quantity)}" for name, quantity in lines)
    return Told(_("noted that she wants the same again"), wanted, icon="arrow-repeat")


def follow_up_done(event: Payload) -> Told:
    """Tell that she was called, and what came of it."""
    number = event.get("number")
    words = _("called her about order %(number)s", number=number) if number else _("called her")
    return Told(
        words, event["note"], url_for("tasks.record", task_id=event["task_id"]), "telephone"
    )


def warranty_registered(event: Payload) -> Told:
    """Tell which goods she has, and until when they are under warranty."""
    words = _("registered the warranty of %(product)s", product=event["product"])
    text = " · ".join(part for part in (event["serial"], event["number"]) if part)
    url = url_for("service.warranty", warranty_id=event["warranty_id"])
    return Told(words, text, url, "shield-check")


def feedback_given(event: Payload) -> Told:
    """Tell how content she is, in her own words."""
    words = _("says how content she is: %(score)s of 5", score=event["score"])
    return Told(words, event["text"], icon="star")
