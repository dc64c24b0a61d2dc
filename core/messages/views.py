"""Screens of messages: what was sent, writing to a customer, letters, and who wants none."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers.queries import customer
from core.errors import InvalidInput
from core.messages import becoming, composing, deciding, labels, letters, queries, services
from core.messages.models import BECAME, CHANNELS, FAILED, NOTED, SENT, STATES
from core.messages.owner_views import register_owner_screens
from core.messages.public_views import register_public_screens
from core.messages.writing_views import register_writing_screens
from core.papers.answers import pdf_answer
from core.people import requires
from core.web.forms import Form

bp = Blueprint("messages", __name__, template_folder="templates")
register_owner_screens(bp)
register_public_screens(bp)
register_writing_screens(bp)
PAGE = 50


@bp.get("/messages")
@requires("core.send_messages")
def index() -> str:
    """List messages, filtered by what became of them and by their way."""
    state, channel = request.args.get("state"), request.args.get("channel")
    page = queries.messages(
        state=state if state in STATES else None,
        channel=channel if channel in CHANNELS else None,
        limit=PAGE,
        after=request.args.get("after"),
    )
    return render_template(
        "messages/list.html",
        page=page,
        state=state,
        channel=channel,
        labels=labels,
        letters=len(queries.letters_to_print()),
    )


@bp.get("/messages/<uuid:message_id>")
@requires("core.send_messages")
def record(message_id: UUID) -> str:
    """Show one message with all that became of it."""
    return render_template(
        "messages/record.html",
        one=queries.message(message_id),
        acts=queries.acts(message_id),
        labels=labels,
        became=BECAME,
        failed=FAILED,
    )


@bp.post("/messages/<uuid:message_id>/became")
@requires("core.send_messages")
def note_what_became(message_id: UUID) -> ResponseReturnValue:
    """Write down by hand what became of a message."""
    act = request.form.get("became", "")
    if act in BECAME:
        becoming.became(becoming.message(message_id), act, request.form.get("text", ""))
        flash(_("Written down."), "good")
    return redirect(url_for("messages.record", message_id=message_id), 303)


@bp.post("/messages/<uuid:message_id>/again")
@requires("core.send_messages")
def again(message_id: UUID) -> ResponseReturnValue:
    """Try once more to send a message that failed."""
    row = becoming.message(message_id)
    if row.state == FAILED:
        services.again(row)
        flash(_("It is tried once more."), "good")
    return redirect(url_for("messages.record", message_id=message_id), 303)


@bp.get("/messages/letters.pdf")
@requires("core.send_messages")
def print_letters() -> ResponseReturnValue:
    """Print the letters that nobody has posted yet."""
    return pdf_answer(letters.letters(queries.letters_to_print()), "letters")


@bp.get("/messages/labels.pdf")
@requires("core.send_messages")
def print_labels() -> ResponseReturnValue:
    """Print their addresses on labels."""
    return pdf_answer(letters.labels(queries.letters_to_print()), "labels")


@bp.post("/messages/letters/posted")
@requires("core.send_messages")
def posted() -> ResponseReturnValue:
    """Note that the letters are in the post; one that was written meanwhile is not among them."""
    rows = [becoming.message(UUID(each)) for each in request.form.getlist("id") if _is_id(each)]
    waiting = [row for row in rows if row.state == NOTED]
    for row in waiting:
        becoming.became(row, SENT)
    flash(_("%(number)s letters are noted as posted.", number=len(waiting)), "good")
    return redirect(url_for("messages.index", channel="letter"), 303)


@bp.get("/messages/letters")
@requires("core.send_messages")
def to_post() -> str:
    """Show the letters that are to be printed and posted."""
    rows = queries.shown(queries.letters_to_print())
    return render_template("messages/letters.html", rows=rows)


@bp.post("/messages/customers/<uuid:customer_id>/consent")
@requires("core.send_messages")
def consent(customer_id: UUID) -> ResponseReturnValue:
    """Note by hand whether a customer wants advertising."""
    row = becoming.decide(customer_id, opted_out=request.form.get("opted_out") == "1")
    flash(_("Noted."), "good")
    return redirect(url_for("customers.record", customer_id=row.id), 303)


@bp.post("/messages/customers/<uuid:customer_id>/email")
@requires("core.edit_customers")
def email(customer_id: UUID) -> ResponseReturnValue:
    """Enter where mails reach a customer."""
    form = Form(values={"email": request.form.get("email", "").strip()})
    try:
        row = deciding.set_email(customer_id, form.value("email"))
    except InvalidInput as refusal:
        form.refuse(refusal)
        page = render_template("messages/email.html", form=form, customer=customer(customer_id))
        return page, 422
    flash(_("Saved."), "good")
    return redirect(url_for("customers.record", customer_id=row.id), 303)


@bp.get("/messages/customers/<uuid:customer_id>/email")
@requires("core.edit_customers")
def ask_email(customer_id: UUID) -> str:
    """Ask where mails reach a customer."""
    row = customer(customer_id)
    form = Form(values={"email": row.email})
    return render_template("messages/email.html", form=form, customer=row)


def on_card(customer_id: UUID) -> dict[str, object]:
    """Return what the panel on a customer's card shows."""
    return {
        "messages": queries.messages(customer_id=customer_id, limit=5).items,
        "consents": queries.consents(customer_id, 3),
        "opted_out": composing.opted_out(customer_id),
        "card": customer(customer_id),
        "labels": labels,
    }


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
