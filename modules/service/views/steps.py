"""What is done with a complaint: its steps on its own page, the rest on pages of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import LazyString
from flask_babel import lazy_gettext as _l
from marshmallow import Schema

from core.deals.queries import by_ids, deal_id
from core.errors import DomainError, NotFound
from core.people.identity import person_by_id, requires
from core.people.queries import colleagues
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.models import Complaint
from modules.service.queries.complaints import complaint
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
from modules.service.services.complaints.hearing import Goods
from modules.service.views.base import bp
from modules.service.views.complaints import complaint_page


@dataclass(frozen=True)
class Act:
    """Something that can be done with a complaint: what it asks for, and what it is called."""

    schema: type[Schema]
    do: Callable[[UUID, Any], Any]
    said: LazyString
    #: Title of a page of its own; without one its form stands on the complaint's page.
    title: LazyString | None = None
    icon: str = ""


def _name_goods(complaint_id: UUID, data: dict[str, Any]) -> Complaint:
    order = data.pop("order")
    return services.name_goods(complaint_id, deal_id(order) if order else None, Goods(**data))


def _with(service: Callable[..., Complaint]) -> Callable[[UUID, dict[str, Any]], Complaint]:
    return lambda complaint_id, data: service(complaint_id, **data)


_ACTS = {
    "hear": Act(HeardSchema, _with(services.hear), _l("Heard. Now find the cause.")),
    "cause": Act(CauseSchema, _with(services.find_cause), _l("The cause is kept.")),
    "proposal": Act(ProposalSchema, services.propose, _l("The proposal is kept.")),
    "approve": Act(RemarkSchema, _with(services.approve), _l("Approved. Tell the customer.")),
    "decline": Act(
        TextSchema, _with(services.decline), _l("Declined."), _l("Decline the proposal"),
        "x-circle",
    ),
    "answer": Act(AnswerSchema, _with(services.tell), _l("The answer is kept.")),
    "carried-out": Act(TextSchema, _with(services.set_carried_out), _l("Carried out.")),
    "close": Act(CloseSchema, _with(services.close), _l("The complaint is closed.")),
    "reopen": Act(
        TextSchema, _with(services.reopen), _l("The complaint is open again."),
        _l("Open it again"), "arrow-counterclockwise",
    ),
    "goods": Act(
        GoodsSchema, _name_goods, _l("Kept."), _l("Say which goods it is about"), "tag"
    ),
    "offer": Act(
        OfferSchema, _with(services.offer), _l("Offered. You answer for it until it is taken."),
        _l("Hand it over"), "person-up",
    ),
    "take-over": Act(
        TextSchema, _with(services.take_over), _l("You answer for it now."), _l("Take it over"),
        "person-check",
    ),
    "ask": Act(
        QuestionSchema, _with(services.ask_colleague), _l("Asked. The answer appears here."),
        _l("Ask a colleague"), "question-circle",
    ),
    "wait": Act(
        TextSchema, _with(services.wait), _l("The clock stands still."),
        _l("Wait for the customer"), "pause-circle",
    ),
    "resume": Act(
        RemarkSchema, _with(services.resume), _l("The clock runs again."), _l("Go on"),
        "play-circle",
    ),
    "escalate": Act(
        EscalationSchema, services.escalate, _l("Escalated."), _l("Escalate"),
        "exclamation-triangle",
    ),
}  # fmt: skip


@bp.get("/complaints/<uuid:complaint_id>/<name>")
@requires("service.work")
def ask_for_act(complaint_id: UUID, name: str) -> ResponseReturnValue:
    """Show the form of what is done beside the steps."""
    if name not in _ACTS or _ACTS[name].title is None:
        raise NotFound
    found = complaint(complaint_id)
    presets = {"order": found.order or "", "line_id": found.line_id or "", "lot": found.lot}
    return _act_page(found, name, blank_form({**presets, "serial": found.serial}))


@bp.post("/complaints/<uuid:complaint_id>/<name>")
@requires("service.work")
def do_act(complaint_id: UUID, name: str) -> ResponseReturnValue:
    """Do it; when it cannot be done, say why and keep what was typed."""
    if name not in _ACTS:
        raise NotFound
    act = _ACTS[name]
    form = _read(act.schema())
    if form.ok:
        try:
            act.do(complaint_id, form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(str(act.said), "good")
            return redirect(url_for("service.complaint", complaint_id=complaint_id), 303)
    found = complaint(complaint_id)
    return _act_page(found, name, form) if act.title else complaint_page(found, form)


def _read(schema: Schema) -> Form:
    """Read a form; lines of goods without a quantity are left out and keep what was typed."""
    sent = dict(request.form.items())
    empty = tuple(
        name.removesuffix("quantity")
        for name, text in sent.items()
        if name.startswith("lines-") and name.endswith("-quantity") and not text.strip()
    )
    form = read_form(schema, {name: text for name, text in sent.items()
                              if not name.startswith(empty)})  # fmt: skip
    form.values = {**sent, **form.values}
    return form


def _act_page(found: Complaint, name: str, form: Form) -> tuple[str, int]:
    picture = by_ids([found.deal_id]).get(found.deal_id) if found.deal_id else None
    return answer(
        "service/act.html",
        form,
        complaint=found,
        picture=picture,
        name=name,
        act=_ACTS[name],
        everybody=[(each.id, each.name) for each in colleagues()],
        of_service=[
            (each.id, each.name)
            for each in colleagues()
            if (person := person_by_id(each.id)) and "service.work" in person.permissions
        ],
    )
