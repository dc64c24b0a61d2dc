"""The words for what service tells, on the customer's timeline."""

from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _

from bus.events import Payload
from core.money import format_quantity
from core.timeline.telling import Told


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
    url = url_for("service.complaint", complaint_id=event["complaint_id"])
    return Told(words, event["text"], url, "chat-left-dots")


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
