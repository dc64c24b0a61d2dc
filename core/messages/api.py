"""REST: messages by template, what became of them, and what customers want."""

from typing import Any
from uuid import UUID

from flask_smorest import Blueprint

from core.ids import new_id
from core.messages import becoming, composing, deciding, queries, services, wordings
from core.messages.models import Message, MessageTemplate
from core.messages.schemas import (
    MessageAnswerSchema,
    MessageBecameSchema,
    MessageConsentSchema,
    MessageCountSchema,
    MessageDraftSchema,
    MessageEmailSchema,
    MessageManySchema,
    MessageOutcomeSchema,
    MessagesArgs,
    MessageSchema,
    MessagesPage,
    MessageTemplateChangeSchema,
    MessageTemplateSchema,
    MessageTemplatesSchema,
    MessageWithActsSchema,
    MessageWordsSchema,
    NewMessageSchema,
)
from core.people import requires

blp = Blueprint(
    "messages-api",
    __name__,
    url_prefix="/api/v1/messages",
    description="Messages with the customer's own facts: none with an empty place, none at night.",
)


@blp.get("")
@blp.arguments(MessagesArgs(), location="query")
@blp.response(200, MessagesPage)
@requires("core.send_messages")
def messages(args: dict[str, Any]) -> dict[str, Any]:
    """List messages, newest first."""
    page = queries.messages(**args)
    return {"items": [one.row for one in page.items], "next": page.next}


@blp.post("")
@blp.arguments(NewMessageSchema())
@blp.response(201, MessageSchema)
@requires("core.send_messages")
def send_message(told: dict[str, Any]) -> Message | None:
    """Send a template to a customer; at night it waits for the morning."""
    key = told.pop("key") or str(new_id())
    return services.send(key=f"api:{key}", **told)


@blp.get("/<uuid:message_id>")
@blp.response(200, MessageWithActsSchema)
@requires("core.send_messages")
def message(message_id: UUID) -> dict[str, Any]:
    """Return a message with all that became of it."""
    row = queries.message(message_id).row
    shown = {name: getattr(row, name) for name in MessageSchema().fields}
    return {**shown, "acts": queries.acts(message_id)}


@blp.post("/<uuid:message_id>/became")
@blp.arguments(MessageBecameSchema())
@blp.response(200, MessageSchema)
@requires("core.send_messages")
def note_what_became(told: dict[str, Any], message_id: UUID) -> Message:
    """Write down that it has arrived, was opened, answered, refused, or has failed."""
    return becoming.became(becoming.message(message_id), told["became"], told["text"])


@blp.post("/preview")
@blp.arguments(MessageWordsSchema())
@blp.response(200, MessageDraftSchema)
@requires("core.send_messages")
def preview(told: dict[str, Any]) -> dict[str, Any]:
    """Return a message as it would go out now, and why it may not; nothing is written."""
    found = wordings.template_named(told.pop("template"))
    made = composing.draft(composing.wording_of(found, composing.written_in()), **told)
    refused = made.refusal.message() if made.refusal else None
    shown = {"recipient": made.recipient, "subject": made.subject, "body": made.body}
    return {**shown, "empty": made.empty, "refused": refused}


@blp.post("/many")
@blp.arguments(MessageManySchema())
@blp.response(200, MessageOutcomeSchema)
@requires("core.messages")
def send_to_many(told: dict[str, Any]) -> dict[str, Any]:
    """Send a template to each of many customers; who may not get it is left out."""
    outcome = services.send_many(
        told["customer_ids"], told["template"], told["words"], key=f"api:{told['key']}"
    )
    left_out = [
        {"customer_id": each, "code": refusal.code, "reason": refusal.message()}
        for each, refusal in outcome.left_out.items()
    ]
    return {"noted": len(outcome.noted), "left_out": left_out}


@blp.post("/answers")
@blp.arguments(MessageAnswerSchema())
@blp.response(200, MessageCountSchema)
@requires("core.messages")
def take_in_answer(told: dict[str, Any]) -> dict[str, int]:
    """Take in an answer to a text message; a refusal ends all advertising to her."""
    return {"customers": becoming.answered(told["sender"], told["text"])}


@blp.post("/consent")
@blp.arguments(MessageConsentSchema())
@blp.response(200, MessageConsentSchema)
@requires("core.send_messages")
def decide_consent(told: dict[str, Any]) -> dict[str, Any]:
    """Note that a customer wants no advertising, or wants it again."""
    row = becoming.decide(told["customer_id"], opted_out=told["opted_out"])
    return {"customer_id": row.id, "opted_out": row.opted_out}


@blp.post("/email")
@blp.arguments(MessageEmailSchema())
@blp.response(200, MessageEmailSchema)
@requires("core.edit_customers")
def enter_email(told: dict[str, Any]) -> dict[str, Any]:
    """Enter where mails reach a customer."""
    row = deciding.set_email(told["customer_id"], told["email"])
    return {"customer_id": row.id, "email": row.email}


@blp.get("/templates")
@blp.response(200, MessageTemplatesSchema)
@requires("core.send_messages")
def templates() -> dict[str, Any]:
    """List the templates."""
    return {"items": wordings.templates()}


@blp.post("/templates")
@blp.arguments(MessageTemplateSchema())
@blp.response(201, MessageTemplateSchema)
@requires("core.messages")
def make_template(told: dict[str, Any]) -> MessageTemplate:
    """Make a template."""
    return wordings.make(**told)


@blp.patch("/templates/<uuid:template_id>")
@blp.arguments(MessageTemplateChangeSchema())
@blp.response(200, MessageTemplateSchema)
@requires("core.messages")
def change_template(told: dict[str, Any], template_id: UUID) -> MessageTemplate:
    """Change what is given."""
    row = wordings.template_named(template_id)
    now = {name: getattr(row, name) for name in ("name", "kind", "channel", "texts")}
    return wordings.change(template_id, **{**now, **told})
