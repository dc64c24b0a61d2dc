"""REST: ask customers how content they are, and read what they answered."""

from typing import Any

from flask import url_for

from core.api.paging import PageArgs, answer
from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.queries.feedback import feedback
from modules.service.schemas.feedback import FeedbackPage, LinkSchema, LinkShown
from modules.service.services.feedback import invite


@blp.post("/feedback-links")
@blp.arguments(LinkSchema)
@blp.response(201, LinkShown)
@requires("service.work")
def make_feedback_link(args: dict[str, Any]) -> dict[str, str]:
    """Make a link by which a customer may say once how content she is."""
    token = invite(args["customer_id"], args["order"], asks_nps=args["asks_nps"])
    return {"url": url_for("service_public.feedback", token=token, _external=True)}


@blp.get("/feedback")
@blp.arguments(PageArgs, location="query")
@blp.response(200, FeedbackPage)
@requires("service.work")
def list_feedback(args: dict[str, Any]) -> dict[str, Any]:
    """List answers, newest first."""
    return answer(feedback(**args), lambda pair: pair[0])
