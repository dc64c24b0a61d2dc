"""What can be done with tasks on screens: done with an outcome, postponed, taken, handed over."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from core.clock import today
from core.db import db
from core.errors import DomainError, InvalidInput
from core.people import current_person
from core.search.kinds import kind_named
from core.tasks import queries, services
from core.tasks.errors import NothingChosen
from core.tasks.kinds import NOT_REACHED
from core.tasks.overviews import bp
from core.tasks.schemas import NEVER, STEPS, FinishForm, HandOverForm, PostponeForm
from core.tasks.story import story
from core.tasks.work import Work
from core.web.forms import Form, answer, blank_form, read_form


@bp.get("/<uuid:task_id>")
def record(task_id: UUID) -> str:
    """Show one task with everything that was done with it, and what can be done now."""
    return _record(task_id)[0]


@bp.get("/<uuid:task_id>/done")
def ask_done(task_id: UUID) -> ResponseReturnValue:
    """Show the form that finishes a task; a part inside the inbox's dialog."""
    return _done_page(blank_form({"again": STEPS[0]}), queries.task(task_id))


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
    """Mark a task as done; when nobody was reached, it is tried again on another day."""
    form, work = read_form(FinishForm()), queries.task(task_id)
    if form.ok and work.kind.outcomes and not form.data["outcome"]:
        form.refuse(InvalidInput({"outcome": _("Choose what came of it.")}))
    again = form.data.get("again", NEVER) if form.data.get("outcome") == NOT_REACHED else NEVER
    done = _do(
        form,
        lambda: _finish(task_id, form.data, again),
        _("Postponed.") if again else _("Done."),
    )
    return done or _done_page(form, work)


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


@bp.post("/take")
def take_several() -> ResponseReturnValue:
    """Make the ticked tasks one's own."""
    ids = request.form.getlist("tasks", type=UUID)
    try:
        count = services.take_many(ids)
    except DomainError as refusal:
        db.session.rollback()
        flash(refusal.message(), "bad")
    else:
        flash(ngettext("%(num)s task is yours now.", "%(num)s tasks are yours now.", count), "good")
    return redirect(_back(), 303)


@bp.get("/hand-over")
def ask_hand_over_several() -> ResponseReturnValue:
    """Show the form that gives the ticked tasks to somebody else."""
    ids = request.args.getlist("tasks", type=UUID)
    if not ids:
        flash(NothingChosen().message(), "bad")
        return redirect(_back(), 303)
    return _several_page(blank_form(), ids)


@bp.post("/hand-over")
def hand_over_several() -> ResponseReturnValue:
    """Give the ticked tasks to somebody else, or back to the department."""
    form, ids = read_form(HandOverForm()), request.form.getlist("tasks", type=UUID)
    done = _do(
        form,
        lambda: services.hand_over_many(ids, form.data["owner_id"], form.data["note"]),
        _("Handed over."),
    )
    return done or _several_page(form, ids)


def _finish(task_id: UUID, entered: dict[str, Any], again: int) -> None:
    note, outcome = entered["note"], entered["outcome"]
    if again:
        services.postpone(task_id, today() + timedelta(days=again), note, outcome)
    else:
        services.finish(task_id, note, outcome)


def _done_page(form: Form, work: Work) -> ResponseReturnValue:
    outcomes = [(code, str(title)) for code, title in work.kind.outcomes]
    again = [*_days(), (NEVER, _("No, it is done"))] if NOT_REACHED in dict(outcomes) else []
    return answer("tasks/done.html", form, work=work, outcomes=outcomes, again=again)


def _several_page(form: Form, ids: list[UUID]) -> ResponseReturnValue:
    works = [queries.task(task_id) for task_id in ids[: services.MOST_AT_ONCE]]
    return answer(
        "tasks/hand_over_several.html",
        form,
        works=works,
        people=queries.who_could(*works),
        back=_back(),
    )


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
    back = request.values.get("back", "")
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
