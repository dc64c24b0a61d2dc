"""REST of service."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import answer as page_answer
from core.deals.queries import deal_id
from core.deals.settling import settled
from core.people.identity import requires
from core.tasks import queries as task_queries
from core.tasks import services as tasks
from core.tasks.queries import Work
from modules.service import queries
from modules.service.models import Complaint
from modules.service.schemas import (
    AnswerSchema,
    CloseSchema,
    ComplaintPage,
    ComplaintsArgs,
    ComplaintSchema,
    DoneSchema,
    NewComplaintSchema,
    PostponeSchema,
    TaskPage,
    TasksArgs,
    TaskSchema,
)
from modules.service.services import complaints
from modules.service.services.repeat_orders import request_repeat

blp = Blueprint(
    "service-api",
    __name__,
    url_prefix="/api/v1/service",
    description="Call-backs after deliveries, and complaints.",
)


@blp.get("/tasks")
@blp.arguments(TasksArgs, location="query")
@blp.response(200, TaskPage)
@requires("service.work")
def list_tasks(args: dict[str, Any]) -> dict[str, Any]:
    """List call-backs by the day they are due."""
    if args["order"]:
        settled("service", args["order"])
    page = queries.follow_ups(args["customer"], args["order"], args["limit"], args["after"])
    return page_answer(page, _task)


@blp.post("/tasks/<uuid:task_id>/done")
@blp.arguments(DoneSchema)
@blp.response(200, TaskSchema)
@requires("service.work")
def finish_task(args: dict[str, Any], task_id: UUID) -> dict[str, Any]:
    """Mark a call-back as done, with what came of it."""
    tasks.finish(task_id, args["note"])
    return _task(task_queries.task(task_id))


@blp.post("/tasks/<uuid:task_id>/postpone")
@blp.arguments(PostponeSchema)
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


@blp.get("/complaints")
@blp.arguments(ComplaintsArgs, location="query")
@blp.response(200, ComplaintPage)
@requires("service.work")
def list_complaints(args: dict[str, Any]) -> dict[str, Any]:
    """List complaints, newest first."""
    customer: UUID | None = args.pop("customer")
    return page_answer(queries.complaints(customer_id=customer, **args))


@blp.post("/complaints")
@blp.arguments(NewComplaintSchema)
@blp.response(201, ComplaintSchema)
@requires("service.work")
def open_complaint(args: dict[str, Any]) -> Complaint:
    """Record a complaint."""
    if args["order"]:
        about = deal_id(args["order"])
        return complaints.complain_about_order(about, args["text"], args["holds"])
    return complaints.complain(args["customer_id"], args["text"], args["holds"])


@blp.post("/complaints/<uuid:complaint_id>/answer")
@blp.arguments(AnswerSchema)
@blp.response(200, ComplaintSchema)
@requires("service.work")
def answer_complaint(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Keep what the customer was told."""
    return complaints.answer(complaint_id, args["text"])


@blp.post("/complaints/<uuid:complaint_id>/close")
@blp.arguments(CloseSchema)
@blp.response(200, ComplaintSchema)
@requires("service.work")
def close_complaint(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Close a complaint that was answered."""
    return complaints.close(complaint_id, args["text"])


def _task(work: Work) -> dict[str, Any]:
    task = work.task
    return {
        "id": task.id,
        "kind": task.kind,
        "title": work.title,
        "customer_id": task.customer_id,
        "order": task.number,
        "due_on": task.due_on,
        "state": task.state,
        "note": task.note,
    }
