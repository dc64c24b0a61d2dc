"""What the screens of finance show, put together from its queries."""

from collections.abc import Mapping, Sequence
from typing import Any, cast, get_args
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import ngettext

from core.company import company
from core.customers.queries import customer
from core.deals import queries as deals
from core.deals.errors import DealNotFound
from core.money import format_money
from core.text import tidy
from core.web.forms import Form, blank_form, nest
from modules.finance.models import Refund
from modules.finance.queries import ageing as ages
from modules.finance.queries import counter
from modules.finance.queries import debtors as debtor_queries
from modules.finance.queries import invoices as invoice_queries
from modules.finance.queries import payments as payment_queries
from modules.finance.queries import receivables as owed
from modules.finance.queries.compensations import promised_count
from modules.finance.queries.credit import credit_of
from modules.finance.queries.payments import Sought
from modules.finance.services.tender import CREDIT, MONEY
from modules.finance.words import method_name, methods

Args = Mapping[str, str]
_PAGE = 50
_STATES: tuple[owed.State, ...] = ("owing", "overdue", "later", "back")


def receivables(args: Args) -> dict[str, Any]:
    """Return what the home of finance shows."""
    wanted = _filter(args)
    # Only these two orders have an index that they can be read along.
    sort = "-owed" if args.get("sort") in ("owed", "-owed") else "due"
    ageing = ages.ageing()
    page = owed.receivables(wanted, sort=sort, limit=_PAGE, after=args.get("after"))
    return {
        "wanted": wanted,
        "sort": sort,
        "page": page,
        "pictures": deals.by_ids(row.deal_id for row in page.items),
        "promises": promised_count(),
        "ageing": ageing,
        "state": _state(ageing),
        "bucket_names": ages.bucket_names(),
        "counts": {state: owed.count(owed.Filter(state=state)) for state in _STATES},
        "largest": _largest(ageing),
        "of": _subjects(wanted),
        "currency": ageing[0].currency if ageing else company().currency,
    }


def _state(ageing: Sequence[ages.Ageing]) -> str:
    """Say in one sentence how things stand."""
    if not ageing:
        return _("Nobody owes anything.")
    count = debtor_queries.debtor_count()
    sums = _(" and ").join(format_money(each.owed, each.currency) for each in ageing)
    late = _(" and ").join(
        format_money(each.overdue, each.currency) for each in ageing if each.overdue
    )
    told = ngettext(
        "%(num)s customer owes %(sums)s", "%(num)s customers owe %(sums)s", count, sums=sums
    )
    return (
        _("%(told)s; %(late)s of it is overdue.", told=told, late=late)
        if late
        else _("%(told)s.", told=told)
    )


def _largest(ageing: Sequence[ages.Ageing]) -> Sequence[debtor_queries.Debtor]:
    """Return who owes most in the first of the currencies."""
    if not ageing:
        return []
    return debtor_queries.debtors("customer", currency=ageing[0].currency, limit=6).items


def _filter(args: Args) -> owed.Filter:
    state, age = args.get("state", "owing"), args.get("age", "")
    return owed.Filter(
        state=cast("owed.State", state if state in get_args(owed.State) else "owing"),
        customer_id=_id(args.get("customer")),
        seller_id=_id(args.get("salesperson")),
        age=int(age) if age.isdecimal() and int(age) < ages.BUCKETS else None,
        q=args.get("q", "").strip(),
    )


def _subjects(wanted: owed.Filter) -> dict[str, str]:
    """Return the active filters in words, by the parameter that each stands for."""
    found = {}
    if wanted.age is not None:
        found["age"] = ages.bucket_names()[wanted.age]
    if wanted.customer_id:
        found["customer"] = customer(wanted.customer_id).name
    if wanted.seller_id:
        name = owed.seller_name(wanted.seller_id)
        found["salesperson"] = _("Sold by %(name)s", name=name)
    return found


def debtors(args: Args) -> dict[str, Any]:
    """Return who owes most."""
    by: debtor_queries.By = "salesperson" if args.get("by") == "salesperson" else "customer"
    ageing = ages.ageing()
    currencies = [each.currency for each in ageing] or [company().currency]
    currency = args.get("currency", "")
    chosen = currency if currency in currencies else currencies[0]
    return {
        "by": by,
        "currencies": currencies,
        "currency": chosen,
        "total": next((each for each in ageing if each.currency == chosen), None),
        "state": _state(ageing),
        "page": debtor_queries.debtors(by, currency=chosen, limit=_PAGE, after=args.get("after")),
        "bucket_names": ages.bucket_names(),
    }


def at_counter(args: Args) -> tuple[UUID | None, str]:
    """Return who stands at the counter, and for which order, as far as the address says."""
    order = tidy(args.get("order", ""))
    if order:
        try:
            return deals.deal(order).customer_id, order
        except DealNotFound:
            return _id(args.get("customer")), ""
    return _id(args.get("customer")), ""


def candidates(q: str) -> list[counter.Candidate]:
    """Return who may be meant."""
    return counter.candidates(q) if q else []


def counter_form(customer_id: UUID, order: str, args: Args) -> Form:
    """Return the form of the counter with the amount that is to be asked for."""
    till_ = counter.till(customer_id)
    ticked = till_.preset(order)
    if "chosen" in args:
        parts = cast("list[dict[str, str]]", nest(args)[0].get("parts", []))
        ticked = [part["order"] for part in parts if "take" in part and "order" in part]
    return blank_form(
        {
            "customer_id": till_.customer.id,
            "currency": till_.currency,
            "amount": till_.proposal(ticked) or None,
            "method": args.get("method") or "cash",
            "parts": [
                {"order": one.deal.number, "take": one.deal.number in ticked}
                for one in till_.orders
            ],
        }
    )


def till(customer_id: UUID, form: Form) -> dict[str, Any]:
    """Return what the till shows; the rows of the form as they were sent."""
    found = counter.till(customer_id)
    known = {one.deal.number: one for one in found.orders}
    rows = [(prefix, known.get(form.value(f"{prefix}order"))) for prefix in form.rows("parts", 0)]
    return {
        "form": form,
        "till": found,
        "rows": [(prefix, one) for prefix, one in rows if one],
        "topics": " ".join(f"deals:{one.deal.number}" for one in found.orders),
        "is_split": any(form.value(f"{prefix}amount") for prefix, _one in rows),
        "held": [one.deal for one in found.orders if one.deal.holds("collection")],
        "methods": methods(credit=bool(found.credit.get(found.currency or company().currency))),
    }


def credit(customer_id: UUID) -> dict[str, Any]:
    """Return what the form for giving credit back shows."""
    kept = credit_of(customer_id)
    currency = next(iter(kept), company().currency)
    return {
        "customer": customer(customer_id),
        "credit": kept,
        "currencies": [(each, each) for each in kept],
        "methods": methods(credit=False),
        "preset": {"amount": kept.get(currency), "currency": currency},
    }


def usual_method(number: str) -> str:
    """Return how the order was last paid: money goes back the way it came."""
    last = payment_queries.payments(Sought(order=number), limit=1).items
    return last[0].method if last and last[0].method in MONEY else "cash"


def payments(args: Args) -> dict[str, Any]:
    """Return what came in, or what was given back."""
    back = args.get("kind") == "refunds"
    wanted = _sought(args)
    ask = payment_queries.refunds if back else payment_queries.payments
    return {
        "kind": "refunds" if back else "payments",
        "q": wanted.q,
        "page": ask(wanted, limit=_PAGE, after=args.get("after")),
        "state": _takings(),
    }


def _takings() -> str:
    """Say what came in today."""
    taken = payment_queries.taken_today()
    if not taken:
        return _("Nothing has been taken today yet.")
    sums = (f"{method_name(method)} {format_money(sum_, of)}" for of, method, sum_ in taken)
    return _("Taken today: %(sums)s", sums=" · ".join(sums))


def invoices(args: Args) -> dict[str, Any]:
    """Return what is to be invoiced, or what was."""
    issued = args.get("stage") == "issued"
    wanted, after = _sought(args), args.get("after")
    return {
        "stage": "issued" if issued else "open",
        "q": wanted.q,
        "page": invoice_queries.invoices(wanted, limit=_PAGE, after=after)
        if issued
        else invoice_queries.to_invoice(wanted.q, limit=_PAGE, after=after),
    }


def _sought(args: Args) -> Sought:
    return Sought(customer_id=_id(args.get("customer")), q=args.get("q", "").strip())


def refund_told(given: Refund) -> str:
    """Say what became of the money."""
    amount = format_money(given.amount, given.currency)
    name = given.customer_name
    if given.method == CREDIT:
        return _("%(amount)s is kept as credit of %(name)s.", amount=amount, name=name)
    return _("%(amount)s is given back to %(name)s.", amount=amount, name=name)


def _id(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None
