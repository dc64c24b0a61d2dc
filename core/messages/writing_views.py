"""The screen on which somebody writes to a customer: from her card, or from a task."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers.models import Customer
from core.customers.queries import customer
from core.errors import DomainError, InvalidInput
from core.messages import labels, services, wordings
from core.messages.composing import Draft, Wording, draft, wording_of, written_in
from core.messages.errors import TemplateNotFound
from core.messages.schemas import WriteForm
from core.people import requires
from core.tasks import queries as tasks
from core.web.forms import Form, answer, blank_form, read_form


def register_writing_screens(bp: Blueprint) -> None:
    """Put the screen under /messages/write."""
    bp.add_url_rule("/messages/write", "write", write)
    bp.add_url_rule("/messages/write", "send", send, methods=["POST"])


@requires("core.send_messages")
def write() -> ResponseReturnValue:
    """Show a message filled in with a customer's own facts, and what is missing."""
    card, values = _asked()
    made = draft(_wording(values), card.id, about=values["about"] or None)
    values |= {"subject": made.subject, "body": made.text}
    return _page(blank_form(values), card, made)


@requires("core.send_messages")
def send() -> ResponseReturnValue:
    """Send it as it stands in the form, by the rules for its kind."""
    form = read_form(WriteForm())
    card = customer(form.data["customer_id"]) if form.ok else _asked()[0]
    if form.ok:
        said = form.data
        wording = _as_written(said)
        try:
            _check(wording)
            services.send_words(
                wording,
                card.id,
                key=f"screen:{request.form.get('idempotency_key', '')}",
                about=said["about"] or None,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("The message is noted and on its way."), "good")
            return redirect(_back(card, said["task_id"]), 303)
    return _page(form, card, None)


def _asked() -> tuple[Customer, dict[str, Any]]:
    """Return whom to write to and with what, as the address says."""
    given = request.args if request.method == "GET" else request.form
    task_id = given.get("task_id", type=UUID)
    work = tasks.task(task_id) if task_id else None
    hers = work.customer.id if work and work.customer else None
    customer_id = given.get("customer_id", type=UUID) or hers
    if customer_id is None:
        raise InvalidInput({"customer_id": _("Choose one from the list.")})
    about = given.get("about", "") or (work.task.number if work else "") or ""
    template = given.get("template", "")
    values: dict[str, Any] = {
        "customer_id": customer_id,
        "task_id": task_id,
        "about": about,
        "template": template,
        "kind": "service",
        "channel": given.get("channel", "sms"),
        "said": work.say if work else "",
    }
    if values["channel"] not in labels.CHANNELS:
        values["channel"] = "sms"
    if template:
        try:
            found = wordings.template_named(template)
        except TemplateNotFound:
            values["template"] = ""
        else:
            values |= {"kind": found.kind, "channel": found.channel}
    return customer(customer_id), values


def _wording(values: dict[str, Any]) -> Wording:
    """Return the template's words, else the task's."""
    if values["template"]:
        return wording_of(wordings.template_named(values["template"]), written_in())
    body = f"{{salutation}} {values['said']}" if values["said"] else "{salutation} "
    return Wording("service", values["channel"], body, "")


def _as_written(said: dict[str, Any]) -> Wording:
    """Return the words of the form; their kind is the template's, so that no rule is evaded."""
    kind, name = said["kind"], ""
    if said["template"]:
        found = wordings.template_named(said["template"])
        kind, name = found.kind, found.name
    return Wording(kind, said["channel"], said["body"], said["subject"], name)


def _check(wording: Wording) -> None:
    if errors := wordings.wrong_in(wording.channel, wording.body, wording.subject):
        raise InvalidInput(errors)


def _back(card: Customer, task_id: UUID | None) -> str:
    if task_id:
        return url_for("tasks.record", task_id=task_id)
    return url_for("customers.record", customer_id=card.id)


def _page(form: Form, card: Customer, made: Draft | None) -> tuple[str, int]:
    chosen = form.value("template")
    options = [
        (str(one.id), f"{wordings.titled(one)} · {labels.CHANNELS[one.channel]}")
        for one in wordings.templates()
    ]
    return answer(
        "messages/write.html",
        form,
        customer=card,
        made=made,
        options=options,
        chosen=chosen,
        labels=labels,
    )
