"""Complaints for programs: record, list, read; and who has the same goods."""

from typing import Any
from uuid import UUID

from core.api.paging import answer as page_answer
from core.deals.queries import deal_id
from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.models import Compensation, Complaint
from modules.service.queries import causes, others
from modules.service.queries.complaints import Sought, compensations, complaint, complaints
from modules.service.schemas.complaints import (
    AskedSchema,
    CompensationSchema,
    ComplaintPage,
    ComplaintsArgs,
    ComplaintSchema,
    NewComplaintSchema,
    OtherSchema,
)
from modules.service.schemas.rules import CauseCountSchema, CausesArgs
from modules.service.schemas.steps import AskOthersSchema
from modules.service.services import complaints as services


@blp.get("/complaints")
@blp.arguments(ComplaintsArgs(), location="query")
@blp.response(200, ComplaintPage)
@requires("service.work")
def list_complaints(args: dict[str, Any]) -> dict[str, Any]:
    """List complaints, newest first."""
    customer: UUID | None = args.pop("customer")
    limit, after = args.pop("limit"), args.pop("after")
    sought = Sought(customer_id=customer, **args)
    return page_answer(complaints(sought, limit=limit, after=after))


@blp.post("/complaints")
@blp.arguments(NewComplaintSchema())
@blp.response(201, ComplaintSchema)
@requires("service.work")
def open_complaint(args: dict[str, Any]) -> Complaint:
    """Record a complaint."""
    more = {"holds": args["holds"], "safety": args["safety"]}
    if args["order"]:
        return services.complain_about_order(deal_id(args["order"]), args["text"], **more)
    return services.complain(args["customer_id"], args["text"], **more)


@blp.get("/complaints/<uuid:complaint_id>")
@blp.response(200, ComplaintSchema)
@requires("service.work")
def show_complaint(complaint_id: UUID) -> Complaint:
    """Show a complaint and what was done."""
    return complaint(complaint_id)


@blp.get("/complaints/<uuid:complaint_id>/compensations")
@blp.response(200, CompensationSchema(many=True))
@requires("service.work")
def list_compensations(complaint_id: UUID) -> list[Compensation]:
    """List what the customer was offered, the last offer first, and how far it is carried out."""
    return list(compensations(complaint(complaint_id).id))


@blp.get("/complaints/<uuid:complaint_id>/others")
@blp.response(200, OtherSchema(many=True))
@requires("service.work")
def list_others(complaint_id: UUID) -> list[others.Other]:
    """List who else has goods of the same lot or product."""
    return others.others(complaint(complaint_id))


@blp.post("/complaints/<uuid:complaint_id>/others/ask")
@blp.arguments(AskOthersSchema())
@blp.response(200, AskedSchema)
@requires("service.work")
def ask_others(args: dict[str, Any], complaint_id: UUID) -> dict[str, int]:
    """Make a task for everybody who has the same goods; nobody is asked twice."""
    return {"asked": services.ask_others(complaint_id, **args)}


@blp.get("/causes")
@blp.arguments(CausesArgs(), location="query")
@blp.response(200, CauseCountSchema(many=True))
@requires("service.work")
def list_causes(args: dict[str, str]) -> list[causes.Counted]:
    """Count the complaints of the last twelve months by cause, kind, department, product, month."""
    return causes.counted(args["by"])
