"""Screens of sales: home and list, board, the order's page and its acts."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.api import idempotent
from core.deals.page import page_of
from core.deals.queries import deal_by_id
from core.deals.settling import settled_everywhere
from core.papers.render import render
from core.people import current_person, requires
from core.search.kinds import Kind, search_kind
from core.web import languages
from core.web.forms import Form, answer, read_form
from modules.sales import board as boards
from modules.sales import forms, queries, services
from modules.sales.drafts import OrderChanges, OrderDraft
from modules.sales.models import Order
from modules.sales.papers import order_paper
from modules.sales.reckoning import reckoning
from modules.sales.services.cancelling import Unwanted

bp = Blueprint("sales", __name__, url_prefix="/sales", template_folder="templates")
PAGE = 50
SORTS = ("-dated", "dated", "promised", "-promised")

search_kind(
    Kind(
        "quotation",
        _l("Quotation"),
        "file-earmark-text",
        lambda ref: url_for("sales.order", number=ref),
        25,
    )
)


@bp.get("")
@requires("sales.sell")
def home() -> ResponseReturnValue:
    """Lead to the orders: sales' home."""
    return redirect(url_for("sales.orders"))


@bp.get("/orders")
@requires("sales.sell")
def orders() -> str:
    """Show how sales stands, and the orders of a stage."""
    asked = boards.asked(request.args, SORTS)
    seller = current_person().id if asked.mine else None
    page = queries.orders(
        stage=asked.stage,
        q=asked.q,
        seller_id=seller,
        sort=asked.sort,
        limit=PAGE,
        after=request.args.get("after"),
    )
    counts = queries.stage_counts(asked.q, seller)
    return render_template(
        "sales/orders.html",
        asked=asked,
        page=page,
        counts=counts,
        stages=boards.STAGES,
        state=boards.state_of_sales(counts, queries.late_count()),
        sold=boards.sold(),
    )


@bp.get("/board")
@requires("sales.sell")
def board() -> str:
    """Show the pipeline: each stage a column, each order a card."""
    asked = boards.asked(request.args, SORTS)
    seller = current_person().id if asked.mine else None
    return render_template("sales/board.html", asked=asked, columns=boards.columns(asked.q, seller))


@bp.get("/orders/new")
@requires("sales.sell")
def new_order() -> ResponseReturnValue:
    """Show an empty form."""
    customer = forms.card(request.args.get("customer", type=UUID))
    return _form_page(forms.new_form(customer))


@bp.get("/orders/reckon")
@requires("sales.sell")
def reckon() -> str:
    """Show total, tax and plan of a form that is being filled in."""
    return render_template("sales/_reckoning.html", **reckoning(request.args.to_dict()))


@bp.post("/orders/new")
@idempotent
@requires("sales.sell")
def write_quotation() -> ResponseReturnValue:
    """Write the quotation and, if it is to be one at once, take the order."""
    form = read_form(forms.OrderForm())

    def write() -> Order:
        at_once = request.form.get("then") == "confirm"
        take = services.place_order if at_once else services.write_quotation
        return take(form.data["order"])

    if (order := forms.tried(form, write)) is None:
        return _form_page(form)
    flash(_("%(number)s is written.", number=order.number), "good")
    return redirect(url_for("sales.order", number=order.number), 303)


@bp.get("/orders/<number>")
@requires("sales.sell")
def order(number: str) -> str:
    """Show an order: where it stands, what comes next, goods, money and history."""
    return _order_page(number)


@bp.get("/orders/<number>/edit")
@requires("sales.sell")
def edit_order(number: str) -> ResponseReturnValue:
    """Show the form with what is stored."""
    row = queries.order(number)
    return _form_page(forms.form_of(row), row)


@bp.post("/orders/<number>/edit")
@idempotent
@requires("sales.sell")
def change_order(number: str) -> ResponseReturnValue:
    """Save the form; what somebody else saved meanwhile is shown beside it, not overwritten."""
    form = read_form(forms.OrderForm())
    theirs: list[tuple[str, str]] = []

    def save() -> Order:
        mine: OrderDraft = form.data["order"]
        changes = OrderChanges(
            customer_id=mine.customer_id,
            lines=mine.lines,
            promised_on=mine.promised_on,
            deposit=mine.deposit,
            note=mine.note,
        )
        seen, reason = form.data["version"], form.data["reason"]
        return services.change_order(number, changes, version=seen, reason=reason)

    def collide() -> None:
        row = queries.order(number)
        form.values["version"] = str(row.version)
        theirs.extend(forms.differences(row, form.data["order"]))

    if forms.tried(form, save, collide) is None:
        return _form_page(form, queries.order(number), theirs)
    flash(_("Saved."), "good")
    return redirect(url_for("sales.order", number=number), 303)


@bp.post("/orders/<number>/confirm")
@idempotent
@requires("sales.sell")
def confirm_order(number: str) -> ResponseReturnValue:
    """Take the order."""
    services.confirm_order(number, version=request.form.get("version", type=int))
    flash(_("%(number)s is confirmed. Every department sees it now.", number=number), "good")
    return redirect(url_for("sales.order", number=number), 303)


@bp.post("/orders/<number>/cancel")
@idempotent
@requires("sales.sell")
def cancel_order(number: str) -> ResponseReturnValue:
    """Call off what the form says."""
    form = read_form(forms.CancelForm())

    def cancel() -> Order:
        rows = form.data["lines"]
        lines = None if rows is None else [Unwanted(**row) for row in rows if row["quantity"]]
        return services.cancel_order(number, reason=form.data["reason"], lines=lines)

    if (row := forms.tried(form, cancel)) is None:
        return _order_page(number, form), 422
    words = (
        _("%(number)s is cancelled.") if row.state == "cancelled" else _("%(number)s is reduced.")
    )
    flash(words % {"number": number}, "good")
    return redirect(url_for("sales.order", number=number), 303)


@bp.get("/orders/<number>/print")
@requires("sales.sell")
def print_order(number: str) -> Response:
    """Return the quotation or order as a PDF for the customer."""
    row = queries.order(number)
    pdf = render(order_paper(row), languages.locale_code())
    headers = {"Content-Disposition": f'inline; filename="{number}.pdf"'}
    return Response(pdf, mimetype="application/pdf", headers=headers)


def _form_page(
    form: Form, row: Order | None = None, theirs: list[tuple[str, str]] | None = None
) -> tuple[str, int]:
    context: dict[str, Any] = {"order": row, "theirs": theirs or []}
    return answer("sales/form.html", form, **context)


def _order_page(number: str, form: Form | None = None) -> str:
    row = queries.order(number)
    if row.state == "quotation" or not queries.has_deal(row):
        told = boards.told(queries.entries(row.id))
        customer = forms.card(row.customer_id)
        form = form or forms.cancel_form(row, {})
        return render_template(
            "sales/quotation.html", order=row, told=told, customer=customer, form=form
        )
    if form is None:
        settled_everywhere(number)
    row = queries.order(number)
    picture = deal_by_id(row.id)
    open_quantities = {line.line_id: line.to_ship for line in picture.lines}
    return render_template(
        "sales/order.html",
        order=row,
        open_quantities=open_quantities,
        form=form or forms.cancel_form(row, open_quantities),
        changes=boards.told(queries.entries(row.id)),
        **page_of(picture),
    )
