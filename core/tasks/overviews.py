"""The ways to look at one's tasks: a list, by area, a board, a calendar."""

from datetime import date, timedelta

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _

from core.clock import today
from core.tasks import calendar, queries
from core.tasks.board import BY, board
from core.tasks.models import Task
from core.tasks.scopes import SCOPES, WHOSE
from core.tasks.trip import areas, trip

bp = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="templates")
PAGE = 50


@bp.get("")
def index() -> str:
    """List the person's tasks, the most important first."""
    scope = _one_of(SCOPES, "scope")
    q = request.args.get("q", "")
    page = queries.inbox(scope, q, PAGE, request.args.get("after"))
    return render_template(
        "tasks/inbox.html", scope=scope, q=q, page=page, counts=queries.inbox_counts()
    )


@bp.get("/area")
def area() -> str:
    """List what is due in one area, for one trip."""
    due = Task.due_on <= today()
    found = areas(due=due)
    asked = "" if request.args.get("none") else request.args.get("area")
    name = asked if asked is not None else found[0].name if found else ""
    page = trip(name, due=due, limit=PAGE, after=request.args.get("after"))
    return render_template("tasks/area.html", areas=found, area=name, page=page)


@bp.get("/board", endpoint="board")
def board_page() -> str:
    """Show the tasks in columns."""
    by, whose = _one_of(BY, "by"), _one_of(WHOSE, "whose")
    return render_template("tasks/board.html", by=by, whose=whose, columns=board(by, whose))


@bp.get("/calendar", endpoint="calendar")
def calendar_page() -> str:
    """Show the tasks on the days of a month or a week."""
    view, whose = _one_of(("month", "week"), "view"), _one_of(WHOSE, "whose")
    day = _day()
    by_week = view == "week"
    weeks = [calendar.week(day, whose)] if by_week else calendar.month(day, whose)
    step = timedelta(days=7 if by_week else 31)
    middle = day if by_week else day.replace(day=15)
    return render_template(
        "tasks/calendar.html",
        view=view,
        whose=whose,
        weeks=weeks,
        weekdays=[format_date(each.day, "EEE") for each in weeks[0]],
        title=_title(weeks) if by_week else format_date(day, _("MMMM y")),
        before=(middle - step).isoformat(),
        after=(middle + step).isoformat(),
    )


@bp.get("/calendar.ics")
def ics() -> Response:
    """Give the tasks to another calendar, without a name, a number or a sum."""
    pattern = url_for("tasks.index", _external=True) + "/{id}"
    answer = Response(calendar.as_ics(pattern), mimetype="text/calendar")
    answer.headers["Content-Disposition"] = 'attachment; filename="lamplit-tasks.ics"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _title(weeks: list[list[calendar.Day]]) -> str:
    first, last = weeks[0][0].day, weeks[0][-1].day
    return _("%(first)s to %(last)s", first=format_date(first), last=format_date(last))


def _one_of(names: tuple[str, ...], parameter: str) -> str:
    """Return what is asked for, or the first of the names."""
    asked = request.args.get(parameter, "")
    return asked if asked in names else names[0]


def _day() -> date:
    """Return the day that is asked for; today when it is none, or none that a calendar holds."""
    try:
        day = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today()
    return day if 1900 <= day.year <= 2200 else today()
