"""Screens of customers: list, card, form."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.clock import today
from core.customers import access, labels, queries, services
from core.customers.addressing import TITLES
from core.customers.duplicates import alike
from core.customers.forms import (
    CustomerFormSchema,
    at_fields,
    differences,
    entered,
    form_of,
    typed_so_far,
)
from core.customers.merging_views import bp as merging
from core.customers.models import Customer
from core.customers.page import STALE, page_of
from core.errors import DomainError, EditedMeanwhile, InvalidInput
from core.people import requires
from core.people.queries import colleagues
from core.search.answers import balances_of
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("customers", __name__, url_prefix="/customers", template_folder="templates")
bp.register_blueprint(merging)
PAGE = 50


@bp.get("")
@requires("core.deals")
def index() -> str:
    """List the customers, filtered by whatever is typed, with what each owes."""
    asked = {name: request.args.get(name, "") for name in ("q", "area", "tag")}
    stale = bool(request.args.get("stale"))
    since = today() - STALE if stale else None
    after = request.args.get("after")
    page = queries.customers(**asked, untouched=since, limit=PAGE, after=after)
    return render_template(
        "customers/list.html",
        **asked,
        stale=stale,
        months=STALE // timedelta(days=30),
        page=page,
        phone_shown=access.phone_shown,
        balances=balances_of([row.id for row in page.items]),
        count=queries.customer_count(),
    )


@bp.get("/<uuid:customer_id>")
@requires("core.deals")
def record(customer_id: UUID) -> ResponseReturnValue:
    """Show a customer's card: what was sold, what is owed, what is to be done."""
    row = queries.customer(customer_id)
    if row.id != customer_id:
        return redirect(url_for("customers.record", customer_id=row.id))
    access.opened(row)
    context = page_of(row, request.args.get("after"))
    return render_template("customers/record.html", labels=labels, **context)


@bp.post("/<uuid:customer_id>/resident-id")
@requires("core.sensitive")
def resident_id(customer_id: UUID) -> str:
    """Show the whole ID number in the place of the masked one; it is noted who looked."""
    number = access.reveal_resident_id(customer_id)
    return render_template("customers/_resident_id.html", number=number)


@bp.post("/alike")
@requires("core.edit_customers")
def typed_alike() -> str:
    """Point out who else may be the same customer, while she is being typed.

    It writes nothing; but an ID number has no business in an address.
    """
    found = alike(typed_so_far(request.form), request.args.get("besides", type=UUID))
    return render_template("customers/_alike.html", alike=found, labels=labels, mine=None)


@bp.get("/new")
@requires("core.edit_customers")
def new() -> ResponseReturnValue:
    """Show an empty form; a name or number that was searched for stands in it."""
    given: dict[str, Any] = {"name": request.args.get("name", ""), "kind": "person"}
    phone = request.args.get("phone", "")
    return _form_page(blank_form({**given, "phones": [{"number": phone}]} if phone else given))


@bp.post("/new")
@requires("core.edit_customers")
def create() -> ResponseReturnValue:
    """Open a card for a new customer."""
    form = read_form(CustomerFormSchema())
    if form.ok:
        try:
            row = services.create_customer(**entered(form.data))
        except DomainError as refusal:
            form.refuse(at_fields(refusal))
        else:
            flash(_("%(name)s is in the books now.", name=row.name), "good")
            return redirect(url_for("customers.record", customer_id=row.id), 303)
    return _form_page(form)


@bp.get("/<uuid:customer_id>/edit")
@requires("core.edit_customers")
def edit(customer_id: UUID) -> ResponseReturnValue:
    """Show the form with what is stored."""
    row = queries.customer(customer_id)
    return _form_page(form_of(row), row)


@bp.post("/<uuid:customer_id>/edit")
@requires("core.edit_customers")
def change(customer_id: UUID) -> ResponseReturnValue:
    """Save the form; what somebody else saved meanwhile is shown beside it, not overwritten."""
    form = read_form(CustomerFormSchema())
    row = queries.customer(customer_id)
    theirs: list[tuple[str, str]] = []
    if form.ok:
        mine = entered(form.data, row)
        try:
            services.change_customer(row.id, version=form.data["version"], **mine)
        except EditedMeanwhile as refusal:
            theirs = differences(row, mine)
            form.values["version"] = str(row.version)
            form.refuse(refusal)
        except InvalidInput as refusal:
            form.refuse(at_fields(refusal))
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("customers.record", customer_id=row.id), 303)
    return _form_page(form, row, theirs)


def _form_page(
    form: Form, row: Customer | None = None, theirs: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    context: dict[str, Any] = {
        "customer": row,
        "theirs": theirs or [],
        "labels": labels,
        "titles": TITLES,
        "people": [(each.id, each.name) for each in colleagues()],
        "private": row is not None and not access.may_see_private(row),
        "resident_id": access.resident_id_masked(row) if row else "",
    }
    return answer("customers/form.html", form, **context)
