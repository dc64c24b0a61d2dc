"""Screens of cards that may be one customer: the list of them, two side by side, and the undo."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers import duplicates, labels, merging, queries
from core.customers.page import page_of
from core.errors import DomainError, NotFound
from core.people import requires

bp = Blueprint("merging", __name__)


@bp.get("/duplicates")
@requires("core.edit_customers")
def likely() -> str:
    """List cards that may be the same customer, by what they share."""
    by = request.args.get("by", "phone")
    if by not in duplicates.BY:
        raise NotFound(by=by)
    page = duplicates.groups(by, after=request.args.get("after"))
    return render_template("customers/duplicates.html", by=by, page=page, labels=labels)


@bp.get("/<uuid:customer_id>/compare/<uuid:other_id>")
@requires("core.edit_customers")
def compare(customer_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Show two cards side by side, and what will be shown as one."""
    one, other = queries.customer(customer_id), queries.customer(other_id)
    if one.id == other.id:
        return redirect(url_for("customers.record", customer_id=one.id))
    sides = [page_of(one), page_of(other)]
    return render_template("customers/compare.html", sides=sides, labels=labels)


@bp.post("/<uuid:customer_id>/merge/<uuid:other_id>")
@requires("core.edit_customers")
def merge(customer_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Let the first card stand for both."""
    try:
        row = merging.merge(customer_id, other_id)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
        return redirect(url_for("customers.record", customer_id=customer_id), 303)
    flash(_("Both cards are shown as %(name)s now. You can undo it below.", name=row.name), "good")
    return redirect(url_for("customers.record", customer_id=row.id), 303)


@bp.post("/<uuid:customer_id>/unmerge")
@requires("core.edit_customers")
def unmerge(customer_id: UUID) -> ResponseReturnValue:
    """Let a card stand for itself again."""
    try:
        row = merging.unmerge(customer_id)
    except DomainError as refusal:
        flash(refusal.message(), "bad")
        return redirect(url_for("customers.record", customer_id=customer_id), 303)
    flash(_("%(name)s has a card of her own again.", name=row.name), "good")
    return redirect(url_for("customers.record", customer_id=row.id), 303)


@bp.post("/<uuid:customer_id>/apart/<uuid:other_id>")
@requires("core.edit_customers")
def apart(customer_id: UUID, other_id: UUID) -> ResponseReturnValue:
    """Note that two cards are two customers."""
    merging.keep_apart(customer_id, other_id)
    flash(_("Noted: these are two customers. Nobody will be asked again."), "good")
    return redirect(url_for("customers.merging.likely"), 303)
