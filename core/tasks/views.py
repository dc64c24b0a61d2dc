"""The inbox of the day: what is to be done, done with a note, postponed, handed over."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.errors import DomainError
from core.people import current_person
from core.search.kinds import kind_named
from core.tasks import queries, services
from core.tasks.schemas import STEPS, FinishForm, HandOverForm, PostponeForm
from core.tasks.story import story
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("tasks", __name__, url_prefix="/tasks", template_folder="templates")
PAGE = 50


@bp.get("")
def index() -> str:
    """List the person's tasks: due and overdue first."""
    asked = request.args.get("scope", "")
    scope = asked if asked in queries.SCOPES else "today"
    q = request.args.get("q", "")
    page = queries.inbox(scope, q, PAGE, request.args.get("after"))
    return render_template(
        "tasks/inbox.html", scope=scope, q=q, page=page, counts=queries.inbox_counts()
    )


@bp.get("/<uuid:task_id>")
def record(task_id: UUID) -> str:
    """Show one task with everything that was done with it, and what can be done now."""
    return _record(task_id)[0]


@bp.get("/<uuid:task_id>/done")
def ask_done(task_id: UUID) -> ResponseReturnValue:
    """Show the form that finishes a task; a part inside the inbox's dialog."""
    return answer("tasks/done.html", blank_form(), work=queries.task(task_id))


@bp.get("/<uuid:task_id>/postpone")
def ask_postpone(task_id: UUID) -> ResponseReturnValue:
    """Show the form that postpones a task."""
    form = blank_form({"days": STEPS[0]})
    return answer("tasks/postpone.html", form, work=queries.task(task_id), days=_days())


@bp.get("/<uuid:task_id>/hand-over")
def ask_hand_over(task_id: UUID) -> ResponseReturnValue:
    """Show the form that gives a task to somebody else."""
    work = queries.task(task_id)
    return answer("tasks/hand_over.html", blank_form(), work=work, people=queries.who_could(work))


@bp.post("/<uuid:task_id>/done")
def finish(task_id: UUID) -> ResponseReturnValue:
    """Mark a task as done."""
    form = read_form(FinishForm())
    done = _do(form, lambda: services.finish(task_id, form.data["note"]), _("Done."))
    return done or answer("tasks/done.html", form, work=queries.task(task_id))


@bp.post("/<uuid:task_id>/postpone")
def postpone(task_id: UUID) -> ResponseReturnValue:
    """Do it on another day."""
    form = read_form(PostponeForm())
    done = _do(
        form,
        lambda: services.postpone(task_id, form.data["due_on"], form.data["note"]),
        _("Postponed."),
    )
    return done or answer("tasks/postpone.html", form, work=queries.task(task_id), days=_days())


@bp.post("/<uuid:task_id>/hand-over")
def hand_over(task_id: UUID) -> ResponseReturnValue:
    """Give a task to somebody else, or back to the department."""
    form = read_form(HandOverForm())
    done = _do(
        form,
        lambda: services.hand_over(task_id, form.data["owner_id"], form.data["note"]),
        _("Handed over."),
    )
    if done:
        return done
    work = queries.task(task_id)
    return answer("tasks/hand_over.html", form, work=work, people=queries.who_could(work))


@bp.post("/<uuid:task_id>/take")
def take(task_id: UUID) -> ResponseReturnValue:
    """Make a task of the department one's own."""
    done = _do(Form(), lambda: services.take(task_id), _("It is yours now."))
    return done or _record(task_id)


def _do(form: Form, act: Callable[[], Any], said: str) -> ResponseReturnValue | None:
    """Do it and go back to the list; None when the form must be shown again."""
    if not form.ok:
        return None
    try:
        act()
    except DomainError as refusal:
        form.refuse(refusal)
        return None
    flash(said, "good")
    return redirect(_back(), 303)


def _back() -> str:
    """Return to the list as it was filtered, never to another site."""
    back = request.form.get("back", "")
    return back if back.startswith("/") and back[1:2] not in "/\\" else url_for("tasks.index")


def _record(task_id: UUID) -> tuple[str, int]:
    work = queries.task(task_id)
    order = kind_named("order")
    page = render_template(
        "tasks/record.html",
        work=work,
        story=story(work.task, queries.acts(task_id)),
        person=current_person(),
        order_url=order.link if order else None,
    )
    return page, 200


def _days() -> list[tuple[int, str]]:
    """Return the steps by which a task is postponed, in words."""
    words = (_("Tomorrow"), _("In 3 days"), _("In a week"), _("In a month"))
    return list(zip(STEPS, words, strict=True))
