"""Screens of customers: list, card, form."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.customers import queries, services
from core.customers.drafts import CustomerDraft
from core.customers.figures import figures
from core.customers.forms import at_fields, differences, entered, form_of, numbers_typed
from core.customers.models import Customer
from core.customers.schemas import CustomerFormSchema
from core.deals.queries import deals
from core.errors import DomainError, EditedMeanwhile, InvalidInput
from core.people import requires
from core.search.answers import balances_of
from core.search.kinds import kind_named
from core.tasks.queries import open_tasks
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("customers", __name__, url_prefix="/customers", template_folder="templates")
PAGE = 50


@bp.get("")
def index() -> str:
    """List the customers, filtered by whatever is typed, with what each owes."""
    q = request.args.get("q", "")
    page = queries.customers(q=q, limit=PAGE, after=request.args.get("after"))
    return render_template(
        "customers/list.html",
        q=q,
        page=page,
        balances=balances_of([row.id for row in page.items]),
        count=queries.customer_count(),
    )


@bp.get("/<uuid:customer_id>")
def record(customer_id: UUID) -> ResponseReturnValue:
    """Show a customer's card: what was sold, what is owed, what is to be done."""
    row = queries.customer(customer_id)
    if row.id != customer_id:
        return redirect(url_for("customers.record", customer_id=row.id))
    order = kind_named("order")
    return render_template(
        "customers/record.html",
        customer=row,
        balances=balances_of([row.id])[row.id],
        figures=figures(row.id),
        deals=deals(customer_id=row.id, limit=10, after=request.args.get("after")),
        order_url=order.link if order else None,
        tasks=open_tasks(customer_id=row.id, limit=10),
        same_phone=queries.same_phone([phone.number for phone in row.phones], besides=row.id),
    )


@bp.get("/same-phone")
def same_phone() -> str:
    """Point out who else has a number, while it is being typed."""
    besides = request.args.get("besides", type=UUID)
    found = queries.same_phone(numbers_typed(request.args), besides)
    return render_template("customers/_same_phone.html", same_phone=found)


@bp.get("/new")
@requires("core.edit_customers")
def new() -> ResponseReturnValue:
    """Show an empty form; a name or number that was searched for stands in it."""
    given = {"name": request.args.get("name", "")}
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
        mine = entered(form.data)
        try:
            services.change_customer(row.id, version=form.data["version"], **mine)
        except EditedMeanwhile as refusal:
            theirs = differences(row, CustomerDraft(**mine))
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
    context: dict[str, Any] = {"customer": row, "theirs": theirs or []}
    return answer("customers/form.html", form, **context)
