"""Screens of finance: counter, receivables, payments, invoices, and the acts on one order."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.api import idempotent
from core.deals import queries as deals
from core.deals.settling import settled
from core.errors import DomainError
from core.money import format_money
from core.papers.answers import pdf_answer
from core.people.identity import requires
from core.search.kinds import Kind, search_kind
from core.web.forms import answer, blank_form, read_form
from modules.finance import screens
from modules.finance.edge import settling
from modules.finance.errors import OwedChanged
from modules.finance.forms import CounterForm, RefundForm, RulesForm, WriteOffForm
from modules.finance.papers import invoice_pdf, receipt_pdf
from modules.finance.queries import invoices as invoice_queries
from modules.finance.queries import payments as payment_queries
from modules.finance.queries.payments import Sought
from modules.finance.queries.rules import allowances, invoice_moment
from modules.finance.schemas.giving_back import CreditRefundSchema
from modules.finance.services import invoices as invoicing
from modules.finance.services import payments as taking
from modules.finance.services import refunds as giving
from modules.finance.services.rules import choose_allowances, choose_invoice_moment
from modules.finance.services.tender import CREDIT
from modules.finance.words import fresh_key, method_name, methods, order_url

search_kind(
    Kind(
        "payment", _l("Payment"), "wallet2", lambda ref: url_for("finance.payment", number=ref), 60
    )
)
search_kind(
    Kind(
        "invoice", _l("Invoice"), "receipt", lambda ref: url_for("finance.invoice", number=ref), 61
    )
)
bp = Blueprint("finance", __name__, url_prefix="/finance", template_folder="../templates")


@bp.context_processor
def words() -> dict[str, Any]:
    """Give the templates their words."""
    return {"fresh_key": fresh_key, "method_name": method_name, "order_url": order_url}


@bp.get("")
@requires("finance.collect")
def receivables() -> str:
    """Show who owes what, by age, and what is to be given back."""
    return render_template("finance/receivables.html", **screens.receivables(request.args))


@bp.get("/debtors")
@requires("finance.collect")
def debtors() -> str:
    """Show who owes most: by customer or by salesperson."""
    return render_template("finance/debtors.html", **screens.debtors(request.args))


@bp.get("/counter")
@requires("finance.collect")
def counter() -> ResponseReturnValue:
    """Find the customer at the counter and show what she owes."""
    customer_id, order = screens.at_counter(request.args)
    if customer_id is not None:
        form = screens.counter_form(customer_id, order, request.args)
        return render_template("finance/till.html", **screens.till(customer_id, form))
    q = request.args.get("q", "").strip()
    found = screens.candidates(q)
    is_sent = request.args.get("go") and "HX-Request" not in request.headers
    if len(found) == 1 and is_sent:
        one = found[0]
        return redirect(
            url_for("finance.counter", customer=one.customer.id, order=one.order or None)
        )
    latest = payment_queries.payments(Sought(), limit=8).items
    return render_template("finance/counter.html", q=q, candidates=found, latest=latest)


@bp.post("/counter")
@requires("finance.collect")
@idempotent
def take_payment() -> ResponseReturnValue:
    """Take the money, or say at once why not and keep what was typed."""
    form = read_form(CounterForm())
    if form.ok:
        try:
            payment = taking.take_payment(form.data["tender"])
        except OwedChanged as refusal:
            form.errors["amount"] = [refusal.message()]
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            address = url_for("finance.payment", number=payment.number, taken=1)
            return redirect(address, 303)
    customer_id = request.form.get("customer_id", type=UUID)
    if customer_id is None:
        return redirect(url_for("finance.counter"), 303)
    return render_template("finance/till.html", **screens.till(customer_id, form)), 422


@bp.get("/payments")
@requires("finance.collect")
def payments() -> str:
    """List what came in, and what was given back."""
    return render_template("finance/payments.html", **screens.payments(request.args))


@bp.get("/payments/<number>")
@requires("finance.collect")
def payment(number: str) -> str:
    """Show one payment with its receipt."""
    found = payment_queries.payment(number)
    return render_template("finance/payment.html", payment=found)


@bp.get("/payments/<number>/receipt.pdf")
@requires("finance.collect")
def receipt(number: str) -> Response:
    """Print the receipt."""
    return pdf_answer(receipt_pdf(payment_queries.payment(number)), number)


@bp.get("/invoices")
@requires("finance.invoice")
def invoices() -> str:
    """List what is to be invoiced, and what was."""
    return render_template("finance/invoices.html", **screens.invoices(request.args))


@bp.get("/invoices/<number>")
@requires("finance.invoice")
def invoice(number: str) -> str:
    """Show one invoice."""
    return render_template("finance/invoice.html", invoice=invoice_queries.invoice(number))


@bp.get("/invoices/<number>.pdf")
@requires("finance.invoice")
def invoice_paper(number: str) -> Response:
    """Print the invoice."""
    return pdf_answer(invoice_pdf(invoice_queries.invoice(number)), number)


@bp.post("/orders/<number>/invoice")
@requires("finance.invoice")
@settling
@idempotent
def issue_invoice(number: str) -> ResponseReturnValue:
    """Invoice what was shipped."""
    issued = invoicing.issue_invoice(number)
    flash(_("Invoice %(number)s is issued.", number=issued.number), "good")
    return redirect(url_for("finance.invoice", number=issued.number), 303)


@bp.get("/orders/<number>/refund")
@requires("finance.refund")
def refund(number: str) -> ResponseReturnValue:
    """Ask how much of an order's money goes back, and how."""
    deal = deals.deal_by_id(settled("finance", number))
    form = blank_form({"amount": deal.refundable, "method": screens.usual_method(number)})
    return answer("finance/refund.html", form, deal=deal, methods=methods(credit=True))


@bp.post("/orders/<number>/refund")
@requires("finance.refund")
@settling
@idempotent
def give_back(number: str) -> ResponseReturnValue:
    """Give money back, or keep it as the customer's credit."""
    form = read_form(RefundForm())
    if form.ok:
        try:
            given = giving.refund(number, **form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(screens.refund_told(given), "good")
            return redirect(order_url(number), 303)
    return answer(
        "finance/refund.html", form, deal=deals.deal(number), methods=methods(credit=True)
    )


@bp.post("/orders/<number>/credit")
@requires("finance.refund")
@settling
@idempotent
def keep_as_credit(number: str) -> ResponseReturnValue:
    """Keep what is to be given back of an order as the customer's credit, in one step."""
    amount = deals.deal(number).refundable
    given = giving.refund(number, amount, CREDIT, _("Kept as credit at the customer's wish"))
    flash(screens.refund_told(given), "good")
    return redirect(url_for("finance.receivables", state="back"), 303)


@bp.get("/customers/<uuid:customer_id>/credit")
@requires("finance.refund")
def credit(customer_id: UUID) -> ResponseReturnValue:
    """Ask how much of a customer's credit goes back, and how."""
    shown = screens.credit(customer_id)
    form = blank_form({"method": "cash", **shown.pop("preset")})
    return answer("finance/credit.html", form, **shown)


@bp.post("/customers/<uuid:customer_id>/credit")
@requires("finance.refund")
@idempotent
def give_credit_back(customer_id: UUID) -> ResponseReturnValue:
    """Give credit back as money."""
    form = read_form(CreditRefundSchema())
    if form.ok:
        try:
            given = giving.give_credit_back(customer_id, **form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            flash(screens.refund_told(given), "good")
            return redirect(url_for("finance.counter", customer=customer_id), 303)
    return answer("finance/credit.html", form, **screens.credit(customer_id))


@bp.get("/orders/<number>/write-off")
@requires("finance.write_off")
def write_off(number: str) -> ResponseReturnValue:
    """Ask how much of what is owed is given up, and why."""
    deal = deals.deal_by_id(settled("finance", number))
    return answer("finance/write_off.html", blank_form({"amount": deal.owed}), deal=deal)


@bp.post("/orders/<number>/write-off")
@requires("finance.write_off")
@settling
@idempotent
def give_up(number: str) -> ResponseReturnValue:
    """Write off a part of what is owed."""
    form = read_form(WriteOffForm())
    if form.ok:
        try:
            given_up = giving.write_off(number, **form.data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            amount = format_money(given_up.amount, given_up.currency)
            flash(_("%(amount)s is written off.", amount=amount), "good")
            return redirect(order_url(number), 303)
    return answer("finance/write_off.html", form, deal=deals.deal(number))


@bp.get("/rules")
@requires("finance.set_rules")
def rules() -> ResponseReturnValue:
    """Show the rules of finance."""
    chosen = {"invoice_at": invoice_moment(), "allowances": allowances()}
    return answer("finance/rules.html", blank_form(chosen))


@bp.post("/rules")
@requires("finance.set_rules")
def set_rules() -> ResponseReturnValue:
    """Set the rules of finance."""
    form = read_form(RulesForm())
    if form.ok:
        choose_invoice_moment(form.data["invoice_at"])
        choose_allowances(form.data["allowances"])
        flash(_("Saved."), "good")
        return redirect(url_for("finance.rules"), 303)
    return answer("finance/rules.html", form)
