"""The steps of a complaint for programs, and what is done beside them."""

from typing import Any
from uuid import UUID

from core.deals.queries import deal_id
from core.people.identity import requires
from modules.service.api.base import blp
from modules.service.models import Complaint
from modules.service.schemas.complaints import ComplaintSchema
from modules.service.schemas.steps import (
    AnswerSchema,
    CauseSchema,
    CloseSchema,
    EscalationSchema,
    GoodsSchema,
    HeardSchema,
    OfferSchema,
    ProposalSchema,
    QuestionSchema,
    RemarkSchema,
    TextSchema,
)
from modules.service.services import complaints as services
from modules.service.services.complaints.escalating import Escalation
from modules.service.services.complaints.hearing import Goods


@blp.post("/complaints/<uuid:complaint_id>/hear")
@blp.arguments(HeardSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def hear(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Keep that the customer was called and heard."""
    return services.hear(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/cause")
@blp.arguments(CauseSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def cause(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Keep the cause that was found."""
    return services.find_cause(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/proposal")
@blp.arguments(ProposalSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def proposal(args: services.Proposal, complaint_id: UUID) -> Complaint:
    """Propose something; above the person's own limit it waits for approval."""
    return services.propose(complaint_id, args)


@blp.post("/complaints/<uuid:complaint_id>/approve")
@blp.arguments(RemarkSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def approve(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Approve what is proposed; never one's own proposal."""
    return services.approve(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/decline")
@blp.arguments(TextSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def decline(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Decline what is proposed, with the reason."""
    return services.decline(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/answer")
@blp.arguments(AnswerSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def answer(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Keep what the customer was told, and whether she agrees."""
    return services.tell(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/carried-out")
@blp.arguments(TextSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def carried_out(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Say that it is carried out, where no department says so by itself."""
    return services.set_carried_out(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/close")
@blp.arguments(CloseSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def close(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Close a complaint with the customer's verdict."""
    return services.close(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/reopen")
@blp.arguments(TextSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def reopen(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Open a complaint again with which she came back within seven days."""
    return services.reopen(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/wait")
@blp.arguments(TextSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def wait(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Wait for the customer: the time of the step stands still."""
    return services.wait(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/resume")
@blp.arguments(RemarkSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def resume(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """She is there again: the time goes on."""
    return services.resume(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/offer")
@blp.arguments(OfferSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def offer(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Offer a complaint to a colleague."""
    return services.offer(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/take-over")
@blp.arguments(TextSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def take_over(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Answer for a complaint from now on."""
    return services.take_over(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/ask")
@blp.arguments(QuestionSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def ask(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Ask somebody of any department what happened."""
    return services.ask_colleague(complaint_id, **args)


@blp.post("/complaints/<uuid:complaint_id>/escalate")
@blp.arguments(EscalationSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def escalate(args: Escalation, complaint_id: UUID) -> Complaint:
    """Change the person, the place or the time; without any the head sees to it."""
    return services.escalate(complaint_id, args)


@blp.post("/complaints/<uuid:complaint_id>/goods")
@blp.arguments(GoodsSchema())
@blp.response(200, ComplaintSchema)
@requires("service.work")
def name_goods(args: dict[str, Any], complaint_id: UUID) -> Complaint:
    """Say which order, line, lot or piece it is about, as soon as that is known."""
    order: str = args.pop("order")
    about = deal_id(order) if order else None
    return services.name_goods(complaint_id, about, Goods(**args))
