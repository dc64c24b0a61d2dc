"""Mailings, for programs."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.api.paging import PageArgs, answer
from core.mailings import queries, services
from core.mailings.labels import REASONS
from core.mailings.models import Mailing
from core.mailings.schemas import (
    MailingLeftOutArgs,
    MailingLeftOutPage,
    MailingSchema,
    MailingShown,
    MailingsPage,
    NewMailingSchema,
)
from core.people import requires

blp = Blueprint(
    "mailings-api",
    __name__,
    url_prefix="/api/v1/mailings",
    description="One message to everybody in a segment: counted first, then sent, each once.",
)


@blp.get("")
@blp.arguments(PageArgs(), location="query")
@blp.response(200, MailingsPage)
@requires("core.messages")
def mailings(args: dict[str, Any]) -> dict[str, Any]:
    """List mailings, newest first."""
    return answer(queries.mailings(**args))


@blp.post("")
@blp.arguments(NewMailingSchema())
@blp.response(201, MailingShown)
@requires("core.messages")
@requires("core.segments")
def prepare(told: dict[str, Any]) -> dict[str, Any]:
    """Settle who is meant and count who gets it; nobody is written to yet."""
    return _shown(services.prepare(told["segment_id"], told["template"], key=f"api:{told['key']}"))


@blp.get("/<uuid:mailing_id>")
@blp.response(200, MailingShown)
@requires("core.messages")
def one(mailing_id: UUID) -> dict[str, Any]:
    """Return a mailing with how many get it, how many do not and why, and how far it has come."""
    return _shown(queries.mailing(mailing_id))


@blp.get("/<uuid:mailing_id>/left-out")
@blp.arguments(MailingLeftOutArgs(), location="query")
@blp.response(200, MailingLeftOutPage)
@requires("core.messages")
def left_out(args: dict[str, Any], mailing_id: UUID) -> dict[str, Any]:
    """List who gets none, and why."""
    args["why"] = args.pop("code")
    return answer(queries.left_out(queries.mailing(mailing_id), **args), _left_out)


@blp.post("/<uuid:mailing_id>/send")
@blp.response(200, MailingShown)
@requires("core.messages")
def send(mailing_id: UUID) -> dict[str, Any]:
    """Send it, or go on after a stop; asked for twice it is sent once."""
    return _shown(services.send(mailing_id))


@blp.post("/<uuid:mailing_id>/stop")
@blp.response(200, MailingShown)
@requires("core.messages")
def stop(mailing_id: UUID) -> dict[str, Any]:
    """Write to nobody else for now; what was sent stays sent."""
    return _shown(services.stop(mailing_id))


def _shown(row: Mailing) -> dict[str, Any]:
    found = queries.counts(row)
    numbers = ("looked_at", "gets", "done", "sent", "left_out")
    return {
        **{name: getattr(row, name) for name in MailingSchema().fields},
        **{name: getattr(found, name) for name in numbers},
    }


def _left_out(one: tuple[UUID, Any, str]) -> dict[str, Any]:
    customer_id, card, code = one
    return {
        "customer_id": customer_id,
        "customer": card.name if card else "",
        "code": code,
        "reason": str(REASONS.get(code, code)),
    }
