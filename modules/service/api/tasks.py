"""Call-backs for programs."""

from typing import Any
from uuid import UUID

from core.api.paging import answer as page_answer
from core.deals.settling import settled
from core.people.identity import requires
from core.tasks import queries as task_queries
from core.tasks import services as tasks
from core.tasks.queries import Work
from modules.service.api.base import blp
from modules.service.queries.follow_ups import follow_ups
from modules.service.schemas.tasks import (
    DoneSchema,
    PostponeSchema,
    TaskPage,
    TasksArgs,
    TaskSchema,
)
from modules.service.services.repeat_orders import request_repeat


@blp.get("/tasks")
@blp.arguments(TasksArgs(), location="query")
@blp.response(200, TaskPage)
@requires("service.work")
def list_tasks(args: dict[str, Any]) -> dict[str, Any]:
    """List call-backs by the day they are due."""
    if args["order"]:
        settled("service", args["order"])
    page = follow_ups(args["customer"], args["order"], args["limit"], args["after"])
    return page_answer(page, _task)


@blp.post("/tasks/<uuid:task_id>/done")
@blp.arguments(DoneSchema())
@blp.response(200, TaskSchema)
@requires("service.work")
def finish_task(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Mark a call-back as done, with what came of it."""
    tasks.finish(task_id, args["note"])
    return _task(task_queries.task(task_id))


@blp.post("/tasks/<uuid:task_id>/postpone")
@blp.arguments(PostponeSchema())
@blp.response(200, TaskSchema)
@requires("service.work")
def postpone_task(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Call on another day."""
    tasks.postpone(task_id, args["due_on"], args["note"])
    return _task(task_queries.task(task_id))


@blp.post("/tasks/<uuid:task_id>/repeat-order")
@blp.response(200, TaskSchema)
@requires("service.work")
def repeat_order(task_id: UUID) -> dict[str, Any]:
    """She wants the same again: the reminder is done, and sales writes a quotation."""
    request_repeat(task_id)
    return _task(task_queries.task(task_id))


def _task(work: Work) -> dict[str, Any]:
    task = work.task
    return {
        "id": task.id,
        "kind": task.kind,
        "title": work.title,
        "customer_id": task.customer_id,
        "order": task.number,
        "orders": work.numbers,
        "due_on": task.due_on,
        "state": task.state,
        "note": task.note,
    }
