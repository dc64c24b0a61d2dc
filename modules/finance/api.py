"""REST for payments, refunds, invoices and receivables."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from flask import Response
from flask_smorest import Blueprint

from core.api import idempotent
from core.api.paging import PageArgs, answer
from core.deals.errors import DealNotFound
from core.deals.queries import by_ids
from core.deals.risk import risks
from core.deals.settling import settled
from core.paging import Page
from core.papers.answers import pdf_answer
from core.people.identity import requires
from modules.finance.compensation_schemas import BookSchema, PromisePage, PromiseShown
from modules.finance.edge import settling
from modules.finance.models import (
    Invoice,
    Payment,
    PromisedCompensation,
    Receivable,
    Refund,
    WriteOff,
)
from modules.finance.papers import invoice_pdf, receipt_pdf
from modules.finance.queries import ageing as ages
from modules.finance.queries import invoices as invoice_queries
from modules.finance.queries import payments as payment_queries
from modules.finance.queries import receivables as receivable_queries
from modules.finance.queries.compensations import promised
from modules.finance.queries.credit import credit_of
from modules.finance.queries.payments import Sought
from modules.finance.schemas.giving_back import (
    CreditPage,
    CreditRefundSchema,
    RefundPage,
    RefundSchema,
    RefundShown,
    WriteOffSchema,
    WriteOffShown,
)
from modules.finance.schemas.invoices import InvoicePage, InvoiceSchema, InvoiceShown, PapersArgs
from modules.finance.schemas.payments import PaymentPage, PaymentSchema, PaymentShown
from modules.finance.schemas.receivables import (
    AgeingPage,
    ReceivablePage,
    ReceivablesArgs,
    ReceivableShown,
)
from modules.finance.services import compensations, invoices, payments, refunds
from modules.finance.services.tender import Tender

blp = Blueprint(
    "finance-api",
    __name__,
    url_prefix="/api/v1/finance",
    description="Money: who owes it, taking it, giving it back, invoices.",
)


@blp.post("/payments")
@requires("finance.collect")
@idempotent
@blp.arguments(PaymentSchema())
@blp.response(201, PaymentShown)
def take_payment(tender: Tender) -> Payment:
    """Take money for one order or several, or nothing of it."""
    return payments.take_payment(tender)


@blp.get("/payments")
@requires("finance.collect")
@blp.arguments(PapersArgs(), location="query")
@blp.response(200, PaymentPage)
def list_payments(args: dict[str, Any]) -> dict[str, Any]:
    """List payments, newest first."""
    sought, page = _sought(args)
    return answer(payment_queries.payments(sought, **page))


@blp.get("/payments/<number>")
@requires("finance.collect")
@blp.response(200, PaymentShown)
def payment(number: str) -> Payment:
    """Return a payment by the number of its receipt."""
    return payment_queries.payment(number)


@blp.get("/payments/<number>/receipt")
@requires("finance.collect")
@blp.response(200, content_type="application/pdf")
def receipt(number: str) -> Response:
    """Return the receipt as PDF."""
    found = payment_queries.payment(number)
    return pdf_answer(receipt_pdf(found), found.number)


@blp.post("/refunds")
@requires("finance.refund")
@settling
@idempotent
@blp.arguments(RefundSchema())
@blp.response(201, RefundShown)
def refund(wanted: dict[str, Any]) -> Refund:
    """Give money of an order back, or keep it as the customer's credit."""
    return refunds.refund(**wanted)


@blp.get("/refunds")
@requires("finance.refund")
@blp.arguments(PapersArgs(), location="query")
@blp.response(200, RefundPage)
def list_refunds(args: dict[str, Any]) -> dict[str, Any]:
    """List refunds, newest first."""
    sought, page = _sought(args)
    return answer(payment_queries.refunds(sought, **page))


@blp.post("/write-offs")
@requires("finance.write_off")
@settling
@idempotent
@blp.arguments(WriteOffSchema())
@blp.response(201, WriteOffShown)
def write_off(wanted: dict[str, Any]) -> WriteOff:
    """Give up a part of what an order owes."""
    return refunds.write_off(**wanted)


@blp.post("/invoices")
@requires("finance.invoice")
@settling
@idempotent
@blp.arguments(InvoiceSchema())
@blp.response(201, InvoiceShown)
def issue_invoice(order: str) -> Invoice:
    """Invoice what was shipped for an order and is not yet invoiced."""
    return invoices.issue_invoice(order)


@blp.get("/invoices")
@requires("finance.invoice")
@blp.arguments(PapersArgs(), location="query")
@blp.response(200, InvoicePage)
def list_invoices(args: dict[str, Any]) -> dict[str, Any]:
    """List invoices, newest first; those of one order as they are now."""
    if args["order"]:
        with suppress(DealNotFound):
            settled("finance", args["order"])
    sought, page = _sought(args)
    return answer(invoice_queries.invoices(sought, **page))


@blp.get("/invoices/<number>")
@requires("finance.invoice")
@blp.response(200, InvoiceShown)
def invoice(number: str) -> Invoice:
    """Return an invoice."""
    return invoice_queries.invoice(number)


@blp.get("/invoices/<number>/pdf")
@requires("finance.invoice")
@blp.response(200, content_type="application/pdf")
def invoice_paper(number: str) -> Response:
    """Return the invoice as PDF."""
    found = invoice_queries.invoice(number)
    return pdf_answer(invoice_pdf(found), found.number)


@blp.get("/receivables")
@requires("finance.collect")
@blp.arguments(ReceivablesArgs(), location="query")
@blp.response(200, ReceivablePage)
def list_receivables(args: dict[str, Any]) -> dict[str, Any]:
    """List what orders owe: what is due first at the top, what is settled last."""
    wanted = receivable_queries.Filter(
        state="overdue" if args["overdue"] else "owing" if args["owing"] else "all",
        q=args["q"],
        customer_id=args["customer"],
        seller_id=args["salesperson"],
    )
    found = receivable_queries.receivables(wanted, limit=args["limit"], after=args["after"])
    pictures = by_ids(row.deal_id for row in found.items)

    def shown(row: Receivable) -> dict[str, Any]:
        why = risks(pictures[row.deal_id]) if row.deal_id in pictures else []
        names = (field.attribute or name for name, field in ReceivableShown().fields.items())
        return {name: getattr(row, name) for name in names if name != "risks"} | {"risks": why}

    return answer(found, shown)


@blp.get("/ageing")
@requires("finance.collect")
@blp.response(200, AgeingPage)
def ageing() -> dict[str, Any]:
    """Return what is owed by age, per currency."""
    return answer(Page(ages.ageing(), None))


@blp.get("/credits/<uuid:customer_id>")
@requires("finance.collect")
@blp.response(200, CreditPage)
def credit(customer_id: UUID) -> dict[str, Any]:
    """Return a customer's credit per currency."""
    kept = [
        {"currency": currency, "amount": amount}
        for currency, amount in credit_of(customer_id).items()
    ]
    return answer(Page(kept, None))


@blp.post("/credits/<uuid:customer_id>/refunds")
@requires("finance.refund")
@idempotent
@blp.arguments(CreditRefundSchema())
@blp.response(201, RefundShown)
def refund_credit(wanted: dict[str, Any], customer_id: UUID) -> Refund:
    """Give money back that is kept as a customer's credit."""
    return refunds.give_credit_back(customer_id, **wanted)


@blp.get("/promises")
@requires("finance.refund")
@blp.arguments(PageArgs(), location="query")
@blp.response(200, PromisePage)
def list_promises(args: dict[str, Any]) -> dict[str, Any]:
    """List what customers who complained were promised and finance has to book or give back."""
    return answer(promised(**args))


@blp.post("/promises/<uuid:compensation_id>/book")
@requires("finance.refund")
@idempotent
@blp.arguments(BookSchema())
@blp.response(200, PromiseShown)
def book_promise(wanted: dict[str, Any], compensation_id: UUID) -> PromisedCompensation:
    """Issue the credit note that was promised."""
    return compensations.book(compensation_id, wanted["amount"])


def _sought(args: dict[str, Any]) -> tuple[Sought, dict[str, Any]]:
    page = {"limit": args["limit"], "after": args["after"]}
    return Sought(order=args["order"], customer_id=args["customer"], q=args["q"]), page
