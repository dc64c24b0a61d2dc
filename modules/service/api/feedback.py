"""REST: ask customers how content they are, and read what they answered."""

from typing import Any
from uuid import UUID

from flask import url_for

from core.api.paging import PageArgs, answer
from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.queries.feedback import by_month, by_person, feedback, nps
from modules.service.schemas.feedback import (
    FeedbackPage,
    FeedbackSummary,
    LinkSchema,
    LinkShown,
)
from modules.service.services.asking import give_link
from modules.service.services.feedback_links import invite


@blp.post("/feedback-links")
@blp.arguments(LinkSchema())
@blp.response(201, LinkShown)
@requires("service.work")
def make_feedback_link(args: dict[str, Any]) -> dict[str, str]:
    """Make a link by which a customer may say once how content she is."""
    token = invite(args["customer_id"], args["order"], asks_nps=args["asks_nps"])
    return {"url": url_for("service_public.feedback", token=token, _external=True)}


@blp.get("/feedback")
@blp.arguments(PageArgs(), location="query")
@blp.response(200, FeedbackPage)
@requires("service.work")
def list_feedback(args: dict[str, Any]) -> dict[str, Any]:
    """List answers, newest first."""
    return answer(feedback(**args), lambda pair: pair[0])


@blp.get("/feedback/summary")
@blp.response(200, FeedbackSummary)
@requires("service.work")
def show_feedback_summary() -> dict[str, Any]:
    """Show how likely customers are to recommend us, and the means of twelve months."""
    return {"nps": nps(), "months": by_month(), "people": by_person()}


@blp.post("/tasks/<uuid:task_id>/feedback-link")
@blp.response(201, LinkShown)
@requires("service.work")
def make_asked_link(task_id: UUID) -> dict[str, str]:
    """Make the link that a task asks to give to a customer; the task is done by it."""
    token = give_link(task_id)
    return {"url": url_for("service_public.feedback", token=token, _external=True)}
