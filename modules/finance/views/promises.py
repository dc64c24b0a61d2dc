"""The screen on which finance keeps what service has promised to customers."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.api import idempotent
from core.people.identity import requires
from modules.finance.queries.compensations import promised
from modules.finance.services.compensations import book
from modules.finance.views.money import bp


@bp.get("/promises")
@requires("finance.refund")
def promises() -> str:
    """List what customers who complained were promised and finance has to keep."""
    return render_template("finance/promises.html", page=promised(after=request.args.get("after")))


@bp.post("/promises/<uuid:compensation_id>/book")
@requires("finance.refund")
@idempotent
def book_promise(compensation_id: UUID) -> ResponseReturnValue:
    """Issue the credit note that was promised."""
    row = book(compensation_id)
    flash(_("Credit note %(number)s is issued.", number=row.credit_note), "good")
    return redirect(url_for("finance.promises"), 303)
