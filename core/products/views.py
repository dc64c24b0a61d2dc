"""Screens of products: list, record page, form."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from core.company import company
from core.errors import DomainError, EditedMeanwhile
from core.people import requires
from core.products import queries, services
from core.products.forms import differences
from core.products.models import Product
from core.products.schemas import ProductFormSchema, ProductSchema
from core.web.forms import Form, answer, blank_form, read_form

bp = Blueprint("products", __name__, url_prefix="/products", template_folder="templates")
PAGE = 50


@bp.get("")
def index() -> str:
    """List the products, filtered by whatever is typed."""
    q = request.args.get("q", "")
    page = queries.products(q=q, limit=PAGE, after=request.args.get("after"))
    return render_template("products/list.html", q=q, page=page, count=queries.product_count())


@bp.get("/-/new")
@requires("core.edit_products")
def new() -> ResponseReturnValue:
    """Show an empty form with the company's currency in it."""
    return _form_page(blank_form({"currency": company().currency}))


@bp.post("/-/new")
@requires("core.edit_products")
def create() -> ResponseReturnValue:
    """Enter a new product."""
    form = read_form(ProductSchema())
    if form.ok:
        try:
            row = services.create_product(**form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("%(name)s can be sold now.", name=row.name), "good")
            return redirect(url_for("products.record", sku=row.sku), 303)
    return _form_page(form)


@bp.get("/<path:sku>/-/edit")
@requires("core.edit_products")
def edit(sku: str) -> ResponseReturnValue:
    """Show the form with what is stored."""
    row = queries.product(sku)
    return _form_page(blank_form({**asdict(services.draft_of(row)), "version": row.version}), row)


@bp.post("/<path:sku>/-/edit")
@requires("core.edit_products")
def change(sku: str) -> ResponseReturnValue:
    """Save the form; what somebody else saved meanwhile is shown beside it, not overwritten."""
    form = read_form(ProductFormSchema())
    row = queries.product(sku)
    theirs: list[tuple[str, str]] = []
    if form.ok:
        entered = dict(form.data)
        try:
            services.change_product(row.sku, **entered)
        except EditedMeanwhile as refusal:
            theirs = differences(services.draft_of(row), entered)
            form.values["version"] = str(row.version)
            form.refuse(refusal)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(_("Saved."), "good")
            return redirect(url_for("products.record", sku=row.sku), 303)
    return _form_page(form, row, theirs)


@bp.get("/<path:sku>")
def record(sku: str) -> str:
    """Show a product with what the departments know of it."""
    return render_template("products/record.html", product=queries.product(sku))


def _form_page(
    form: Form, row: Product | None = None, theirs: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    context: dict[str, Any] = {"product": row, "theirs": theirs or []}
    return answer("products/form.html", form, **context)
