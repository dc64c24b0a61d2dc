"""Warranties for staff: the list, the page of one, registrations that wait, and the terms."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.customers.queries import customer as customer_card
from core.customers.queries import named
from core.errors import DomainError
from core.papers.answers import pdf_answer
from core.people.identity import may, requires
from core.schemas import Schema
from core.search.kinds import Kind, search_kind
from core.web.forms import Form, answer, blank_form, read_form
from modules.service.models import Warranty
from modules.service.models.warranties import OPEN
from modules.service.papers import registration_address, warranty_card
from modules.service.queries import claims as claim_queries
from modules.service.queries import warranties as queries
from modules.service.schemas.warranties import (
    ConfirmSchema,
    DismissSchema,
    EndSchema,
    ExtendSchema,
    RegisterSchema,
    TermsSchema,
)
from modules.service.services import warranties as services
from modules.service.views.base import bp


def _link(ref: str) -> str:
    """Lead to the warranty; who does not work in service sees its order."""
    number, _slash, warranty_id = ref.rpartition("/")
    if may("service.work"):
        return url_for("service.warranty", warranty_id=warranty_id)
    return url_for("deals.record", number=number)


search_kind(Kind("warranty", _l("Warranty"), "shield-check", _link, 45))


@bp.app_template_global("warranty_standing")
def standing(row: Warranty) -> str:
    """Return how a warranty stands today."""
    return queries.standing_of(row)


@bp.get("/warranties", endpoint="warranties")
@requires("service.work")
def warranty_list() -> ResponseReturnValue:
    """List warranties by how they stand, the latest first."""
    asked = request.args.get("standing", "")
    shown = asked if asked in queries.STANDINGS else ""
    q = request.args.get("q", "")
    page = queries.warranties(standing=shown, q=q, after=request.args.get("after"))
    return render_template(
        "service/warranties.html",
        page=page,
        standing=shown,
        q=q,
        counts=queries.warranty_counts(),
        waiting=claim_queries.open_claim_count(),
        names=named(row.customer_id for row in page.items),
    )


@bp.get("/warranties/<uuid:warranty_id>")
@requires("service.work")
def warranty(warranty_id: UUID) -> ResponseReturnValue:
    """Show a warranty and its journal."""
    return _page(warranty_id, blank_form())


@bp.get("/warranties/<uuid:warranty_id>/card")
@requires("service.work")
def warranty_paper(warranty_id: UUID) -> ResponseReturnValue:
    """Show the warranty card to be printed."""
    row = queries.warranty(warranty_id)
    return pdf_answer(warranty_card(row), f"warranty-{row.id}")


@bp.post("/warranties/<uuid:warranty_id>/register")
@requires("service.work")
def register_warranty(warranty_id: UUID) -> ResponseReturnValue:
    """Register it for a customer."""
    return _act(warranty_id, RegisterSchema(), services.register_by_staff)


@bp.post("/warranties/<uuid:warranty_id>/extend")
@requires("service.lead")
def extend_warranty(warranty_id: UUID) -> ResponseReturnValue:
    """Let it end later."""
    return _act(warranty_id, ExtendSchema(), services.extend)


@bp.post("/warranties/<uuid:warranty_id>/end")
@requires("service.lead")
def end_warranty(warranty_id: UUID) -> ResponseReturnValue:
    """End it before its time."""
    return _act(warranty_id, EndSchema(), services.end)


@bp.get("/warranties/claims")
@requires("service.work")
def claims() -> ResponseReturnValue:
    """List registrations that wait for somebody."""
    return _claims_page(blank_form())


@bp.post("/warranties/claims/<uuid:claim_id>/confirm")
@requires("service.work")
def confirm_claim(claim_id: UUID) -> ResponseReturnValue:
    """Believe a registration."""
    return _settle(claim_id, ConfirmSchema(), services.confirm_claim)


@bp.post("/warranties/claims/<uuid:claim_id>/dismiss")
@requires("service.work")
def dismiss_claim(claim_id: UUID) -> ResponseReturnValue:
    """Do not believe a registration."""
    return _settle(claim_id, DismissSchema(), services.dismiss_claim)


@bp.get("/warranties/terms")
@requires("service.set_rules")
def warranty_terms() -> ResponseReturnValue:
    """Show the terms of all products, and the form for those of one."""
    sku = request.args.get("sku", "")
    terms = queries.terms_of([sku])[sku]
    names = ("main_part", "main_months", "free", "charged", "on_exchange")
    return _terms_page(blank_form({"sku": sku, **{name: getattr(terms, name) for name in names}}))


@bp.post("/warranties/terms")
@requires("service.set_rules")
def set_warranty_terms() -> ResponseReturnValue:
    """Keep the terms of a product for what is delivered from now on."""
    form = read_form(TermsSchema())
    if form.ok:
        given = dict(form.data)
        try:
            services.set_terms(given.pop("sku"), **given)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("service.warranty_terms"), 303)
    return _terms_page(form)


def _act(warranty_id: UUID, schema: Schema, act: Callable[..., Any]) -> ResponseReturnValue:
    form = read_form(schema)
    if form.ok:
        try:
            act(warranty_id, **form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("service.warranty", warranty_id=warranty_id), 303)
    return _page(warranty_id, form)


def _settle(claim_id: UUID, schema: Schema, act: Callable[..., Any]) -> ResponseReturnValue:
    form = read_form(schema)
    if form.ok:
        try:
            act(claim_id, **form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("service.claims"), 303)
    return _claims_page(form)


def _page(warranty_id: UUID, form: Form) -> ResponseReturnValue:
    row = queries.warranty(warranty_id)
    return answer(
        "service/warranty.html",
        form,
        warranty=row,
        customer=customer_card(row.customer_id),
        address=registration_address(row) if row.state == OPEN else "",
        replaced=queries.warranty(row.replaces_id) if row.replaces_id else None,
    )


def _claims_page(form: Form) -> ResponseReturnValue:
    page = claim_queries.claims(after=request.args.get("after"))
    cards = named(row.customer_id for row in page.items if row.customer_id)
    return answer("service/warranty_claims.html", form, page=page, cards=cards)


def _terms_page(form: Form) -> ResponseReturnValue:
    return answer("service/warranty_terms.html", form, terms=queries.all_terms())
