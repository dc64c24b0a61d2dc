"""The inbox, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer
from core.clock import today
from core.tasks import calendar, queries, services, trip
from core.tasks.board import Column, board
from core.tasks.models import Task
from core.tasks.schemas import (
    AreasSchema,
    BoardArgs,
    BoardSchema,
    CalendarArgs,
    CalendarSchema,
    FinishArgs,
    HandOverForm,
    HandOverSeveralArgs,
    InboxArgs,
    InboxTaskPage,
    InboxTaskSchema,
    PostponeArgs,
    SeveralArgs,
    TaskCountSchema,
    TripArgs,
)
from core.tasks.work import Work, work_of

blp = Blueprint(
    "tasks-api",
    __name__,
    url_prefix="/api/v1/tasks",
    description="The inbox of the day: what is to be done, the most important first.",
)


@blp.get("")
@blp.arguments(InboxArgs(), location="query")
@blp.response(200, InboxTaskPage)
def inbox(args: dict[str, Any]) -> dict[str, Any]:
    """List the tasks of whoever asks, the most important first."""
    return answer(queries.inbox(args["scope"], args["q"], args["limit"], args["after"]), _shown)


@blp.get("/areas")
@blp.response(200, AreasSchema)
def areas() -> dict[str, Any]:
    """List the areas in which something is to be done."""
    return {"items": trip.areas()}


@blp.get("/trip")
@blp.arguments(TripArgs(), location="query")
@blp.response(200, InboxTaskPage)
def one_trip(args: dict[str, Any]) -> dict[str, Any]:
    """List what is to be done in one area, house by house."""
    return answer(trip.trip(args.pop("area"), **args), _shown)


@blp.get("/board")
@blp.arguments(BoardArgs(), location="query")
@blp.response(200, BoardSchema)
def columns(args: dict[str, Any]) -> dict[str, Any]:
    """Return the tasks in columns, by day or by area."""
    return {"columns": [_column(each) for each in board(args["by"], args["whose"])]}


@blp.get("/calendar")
@blp.arguments(CalendarArgs(), location="query")
@blp.response(200, CalendarSchema)
def days(args: dict[str, Any]) -> dict[str, Any]:
    """Return the tasks of a month's or a week's days."""
    day = args["day"] or today()
    if args["view"] == "week":
        found = calendar.week(day, args["whose"])
    else:
        found = [each for week in calendar.month(day, args["whose"]) for each in week]
    return {
        "days": [
            {"day": each.day, "count": each.count, "items": [_shown(work) for work in each.works]}
            for each in found
        ]
    }


@blp.get("/<uuid:task_id>")
@blp.response(200, InboxTaskSchema)
def task(task_id: UUID) -> dict[str, Any]:
    """Return one task."""
    return _shown(queries.task(task_id))


@blp.post("/<uuid:task_id>/done")
@blp.arguments(FinishArgs())
@blp.response(200, InboxTaskSchema)
def finish(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Mark a task as done, with what came of it."""
    return _acted(services.finish(task_id, args["note"], args["outcome"]))


@blp.post("/<uuid:task_id>/postpone")
@blp.arguments(PostponeArgs())
@blp.response(200, InboxTaskSchema)
def postpone(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Do it on another day."""
    return _acted(services.postpone(task_id, args["due_on"], args["note"], args["outcome"]))


@blp.post("/<uuid:task_id>/take")
@blp.response(200, InboxTaskSchema)
def take(task_id: UUID) -> dict[str, Any]:
    """Make a task of the department one's own."""
    return _acted(services.take(task_id))


@blp.post("/<uuid:task_id>/hand-over")
@blp.arguments(HandOverForm())
@blp.response(200, InboxTaskSchema)
def hand_over(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Give a task to somebody else, or back to the department."""
    return _acted(services.hand_over(task_id, args["owner_id"], args["note"]))


@blp.post("/take")
@blp.arguments(SeveralArgs())
@blp.response(200, TaskCountSchema)
def take_several(args: dict[str, Any]) -> dict[str, Any]:
    """Make several tasks one's own, all of them or none."""
    return {"count": services.take_many(args["tasks"])}


@blp.post("/hand-over")
@blp.arguments(HandOverSeveralArgs())
@blp.response(200, TaskCountSchema)
def hand_over_several(args: dict[str, Any]) -> dict[str, Any]:
    """Give several tasks to somebody else, all of them or none."""
    count = services.hand_over_many(args["tasks"], args["owner_id"], args["note"])
    return {"count": count}


def _acted(task: Task) -> dict[str, Any]:
    """Show a task also to somebody who has just given it away."""
    return _shown(work_of([task])[0])


def _column(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "title": column.title,
        "count": column.count,
        "items": [_shown(work) for work in column.works],
    }


def _shown(work: Work) -> dict[str, Any]:
    task, customer = work.task, work.customer
    own = ("id", "kind", "customer_id", "amount", "currency", "due_on", "rank_on", "escalated_on",
           "owner_id", "state", "outcome", "note")  # fmt: skip
    return {
        **{name: getattr(task, name) for name in own},
        "title": work.title,
        "reason": work.reason,
        "say": work.say,
        "customer": customer.name if customer else None,
        "phone": customer.phone if customer else "",
        "area": customer.area if customer else "",
        "address": customer.address if customer else "",
        "grade": customer.grade if customer else "",
        "order": task.number,
        "orders": work.numbers,
        "days_late": work.days_late,
        "owner": work.owner,
        "outcomes": [{"code": code, "title": str(title)} for code, title in work.kind.outcomes],
    }
