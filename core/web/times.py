"""Days and moments as screens show them: narrow, sortable, in the company's zone."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from core import clock


def short_date(day: date | None) -> str:
    """Return a day as 2026-11-22, in every language; empty for none."""
    return day.isoformat() if day else ""


def short_time(moment: datetime | None) -> str:
    """Return a moment as the wall clock shows it: the time today, else day and time."""
    if moment is None:
        return ""
    local = clock.local(moment)
    if local.date() == clock.today():
        return local.strftime("%H:%M")
    return local.strftime("%Y-%m-%d %H:%M")


def day_in_words(day: date) -> str:
    """Return a near day in words, another one as its date."""
    days = (day - clock.today()).days
    words = {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}
    return words.get(days) or short_date(day)


def days_late(due: date | None) -> int:
    """Return how many days ago something was due; 0 when it still has time."""
    return max(0, (clock.today() - due).days) if due else 0


def late_words(days: int) -> str:
    """Return how late something is, for a chip."""
    return ngettext("%(num)s day late", "%(num)s days late", days)
