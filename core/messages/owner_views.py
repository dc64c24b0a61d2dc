"""Screens on which the owner decides how customers are written to: templates and settings."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers.queries import customer
from core.errors import DomainError
from core.messages import deciding, labels, wordings
from core.messages.composing import draft, wording_of, written_in
from core.messages.models import MessageTemplate
from core.messages.schemas import SettingsForm, TemplateForm
from core.messages.settings import settings
from core.messages.slots import SLOTS
from core.people import requires
from core.web.forms import Form, answer, blank_form, read_form
from core.web.languages import LANGUAGES


def register_owner_screens(bp: Blueprint) -> None:
    """Put templates and settings under /messages."""
    one = "/messages/templates/<uuid:template_id>"
    bp.add_url_rule("/messages/templates", "templates", templates)
    bp.add_url_rule("/messages/templates/new", "new_template", new_template)
    bp.add_url_rule("/messages/templates", "make_template", make_template, methods=["POST"])
    bp.add_url_rule(one, "template", template)
    bp.add_url_rule(one, "change_template", change_template, methods=["POST"])
    bp.add_url_rule(f"{one}/preview", "preview", preview)
    bp.add_url_rule("/messages/settings", "settings", show_settings)
    bp.add_url_rule("/messages/settings", "save_settings", save_settings, methods=["POST"])


@requires("core.messages")
def templates() -> str:
    """List the templates."""
    rows = wordings.templates()
    return render_template(
        "messages/templates.html", rows=rows, labels=labels, titled=wordings.titled
    )


@requires("core.messages")
def new_template() -> ResponseReturnValue:
    """Show an empty form."""
    return _form_page(blank_form({"kind": "service", "channel": "sms"}))


@requires("core.messages")
def make_template() -> ResponseReturnValue:
    """Make a template."""
    form = read_form(TemplateForm())
    try:
        row = wordings.make(
            form.value("name"), form.value("kind"), form.value("channel"), _texts(form)
        )
    except DomainError as refusal:
        return _form_page(form.refuse(refusal))
    flash(_("Saved."), "good")
    return redirect(url_for("messages.template", template_id=row.id), 303)


@requires("core.messages")
def template(template_id: UUID) -> ResponseReturnValue:
    """Show a template, to be changed and to be looked at with real customers."""
    row = wordings.template_named(template_id)
    values: dict[str, Any] = {"name": wordings.titled(row), "kind": row.kind}
    values |= {"channel": row.channel, "version": row.version}
    for code, text in row.texts.items():
        values |= {f"body_{code}": text["body"], f"subject_{code}": text.get("subject", "")}
    return _form_page(blank_form(values), row)


@requires("core.messages")
def change_template(template_id: UUID) -> ResponseReturnValue:
    """Save a template."""
    form, row = read_form(TemplateForm()), wordings.template_named(template_id)
    try:
        wordings.change(
            template_id,
            form.value("name"),
            form.value("kind"),
            form.value("channel"),
            _texts(form),
            version=form.data.get("version"),
        )
    except DomainError as refusal:
        return _form_page(form.refuse(refusal), row)
    flash(_("Saved."), "good")
    return redirect(url_for("messages.template", template_id=template_id), 303)


@requires("core.messages")
def preview(template_id: UUID) -> str:
    """Show a template filled in with the facts of a customer."""
    row, made = wordings.template_named(template_id), None
    if customer_id := request.args.get("customer_id", type=UUID):
        card = customer(customer_id)
        made = draft(wording_of(row, written_in()), card.id)
    return render_template("messages/_preview.html", made=made, refusal=made and made.refusal)


@requires("core.messages")
def show_settings() -> ResponseReturnValue:
    """Show how this company writes."""
    row = settings()
    values = {name: str(getattr(row, name)) for name in deciding.FIELDS}
    return answer("messages/settings.html", blank_form({**values, "version": row.version}))


@requires("core.messages")
def save_settings() -> ResponseReturnValue:
    """Save how this company writes."""
    form = read_form(SettingsForm())
    if form.ok:
        try:
            deciding.decide_settings(**form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("messages.settings"), 303)
    return answer("messages/settings.html", form)


def _texts(form: Form) -> dict[str, dict[str, str]]:
    return {
        code: {"subject": form.value(f"subject_{code}"), "body": form.value(f"body_{code}")}
        for code in LANGUAGES
    }


def _form_page(form: Form, row: MessageTemplate | None = None) -> tuple[str, int]:
    return answer(
        "messages/template.html",
        form,
        row=row,
        slots=SLOTS.values(),
        spoken=LANGUAGES.values(),
        labels=labels,
    )
