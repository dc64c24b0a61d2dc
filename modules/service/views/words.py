"""What steps, kinds, causes and compensations are called, for every template of service."""

from datetime import timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from core.clock import now
from core.web.times import short_time
from modules.service.models import Complaint
from modules.service.models.complaints import CLOSED, STEPS
from modules.service.queries.causes import cause_titles, department_titles, kind_titles
from modules.service.views.base import bp

STEP_ICONS = {
    "hear": "ear",
    "cause": "search",
    "propose": "lightbulb",
    "agree": "telephone-outbound",
    "carry_out": "tools",
    "review": "chat-left-heart",
}


@bp.app_template_global("service_words")
def words() -> dict[str, Any]:
    """Give the templates their words, also on pages of the core."""
    return {
        "steps": step_titles(),
        "kinds": kind_titles(),
        "causes": cause_titles(),
        "departments": department_titles(),
        "compensations": compensation_titles(),
        "parts": part_titles(),
        "verdicts": verdict_titles(),
    }


@bp.app_template_global("complaint_due")
def due(complaint: Complaint) -> tuple[str, str]:
    """Return when the step is due, in words, and how urgent that is: bad, warn, quiet or none."""
    if complaint.waiting_since is not None:
        since = short_time(complaint.waiting_since)
        return "quiet", _("waits for the customer since %(moment)s", moment=since)
    if complaint.due_at is None:
        return "", ""
    left = complaint.due_at - now()
    if left.total_seconds() < 0:
        return "bad", _("%(span)s late", span=_span(-left))
    kind = "warn" if left < timedelta(hours=2) else "quiet"
    return kind, _("due %(moment)s", moment=short_time(complaint.due_at))


def _span(length: timedelta) -> str:
    """Return a length of time by its greatest unit."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(num)s minute", "%(num)s minutes", max(1, minutes))
    if minutes < 48 * 60:
        return ngettext("%(num)s hour", "%(num)s hours", minutes // 60)
    return ngettext("%(num)s day", "%(num)s days", minutes // (24 * 60))


def step_titles() -> dict[str, str]:
    """Return what the steps are called."""
    return {
        "hear": _("Hear"),
        "cause": _("Find the cause"),
        "propose": _("Propose"),
        "approve": _("Approve"),
        "agree": _("Tell and agree"),
        "carry_out": _("Carry out"),
        "review": _("Review"),
        "closed": _("Closed"),
    }


def compensation_titles() -> dict[str, str]:
    """Return what compensations are called."""
    return {
        "none": _("Nothing but an explanation"),
        "credit": _("Allowance"),
        "refund": _("Money back"),
        "exchange": _("Exchange"),
        "repair": _("Repair"),
        "return": _("Return"),
    }


def part_titles() -> dict[str, str]:
    """Return what the departments do for a compensation."""
    return {
        "credit_note": _("Issue a credit note"),
        "refund": _("Give money back"),
        "goods_back": _("Take the goods back"),
        "replacement": _("Enter the new goods"),
        "delivery": _("Deliver the new goods"),
        "repair": _("Repair"),
    }


def verdict_titles() -> dict[str, str]:
    """Return what a customer may say in the end."""
    return {
        "content": _("Content"),
        "partly": _("Partly content"),
        "not_content": _("Not content"),
    }


def act_words() -> dict[str, tuple[str, str]]:
    """Return what was done in an act, in words, and its icon."""
    return {
        "recorded": (_("recorded the complaint"), "chat-left-text"),
        "heard": (_("heard the customer out"), "ear"),
        "cause_found": (_("found the cause"), "search"),
        "named": (_("said what it is about"), "tag"),
        "proposed": (_("proposed"), "lightbulb"),
        "asked_approval": (_("proposed, and asks for approval"), "hourglass-split"),
        "approved": (_("approved it"), "check2-circle"),
        "declined": (_("declined it"), "x-circle"),
        "agreed": (_("told the customer, who agrees"), "hand-thumbs-up"),
        "refused": (_("told the customer, who does not agree"), "hand-thumbs-down"),
        "answered": (_("told the customer"), "reply"),
        "carried_out": (_("carried out"), "tools"),
        "closed": (_("closed it"), "check2-all"),
        "reopened": (_("opened it again"), "arrow-counterclockwise"),
        "waiting": (_("waits for the customer"), "pause-circle"),
        "resumed": (_("goes on"), "play-circle"),
        "offered": (_("offered it to %(name)s"), "person-up"),
        "taken_over": (_("took it over"), "person-check"),
        "asked": (_("asked %(name)s"), "question-circle"),
        "reported": (_("answered"), "chat-left-dots"),
        "escalated": (_("escalated it"), "exclamation-triangle"),
        "half_gone": (_("half of the time is gone: its owner was warned"), "hourglass-split"),
        "nearly_late": (_("nearly late: the head was warned"), "hourglass-bottom"),
        "late": (_("late: escalated by itself"), "alarm"),
        "asked_others": (_("asked others who have the same goods: %(name)s"), "people"),
    }


def history(complaint: Complaint) -> list[dict[str, Any]]:
    """Return what was done, newest first, ready for the timeline."""
    known = act_words()
    told = []
    for act in reversed(complaint.acts):
        text, icon = known.get(act.act, (act.act, "dot"))
        name = act.words.get("to") or act.words.get("count") or ""
        is_said = act.act not in ("recorded", "asked_others")
        told.append(
            {
                "at": act.at,
                "by": act.by,
                "text": text.replace("%(name)s", str(name)),
                "icon": icon,
                "note": _note(act.text, act.words) if is_said else "",
            }
        )
    return told


def _note(text: str, more: dict[str, Any]) -> str:
    extra = [str(more[name]) for name in ("place", "day") if more.get(name)]
    return " · ".join(filter(None, (text, *extra)))


def progress(complaint: Complaint) -> list[tuple[str, str, str]]:
    """Return the six steps for the status bar, with when each is due or was done."""
    titles = step_titles()
    if complaint.state == CLOSED:
        return [(titles[step], "done", "") for step in STEPS]
    at = STEPS.index(complaint.step)
    return [
        (titles[step], "done" if place < at else "now" if place == at else "next", "")
        for place, step in enumerate(STEPS)
    ]
