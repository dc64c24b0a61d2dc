"""A day of finance in the sample company."""

from decimal import Decimal
from random import Random

from core.deals.picture import Picture
from core.deals.queries import by_ids
from core.money import to_money
from modules.finance.queries.counter import open_order
from modules.finance.queries.invoices import to_invoice
from modules.finance.queries.receivables import Filter, receivables
from modules.finance.services.invoices import issue_invoice
from modules.finance.services.payments import take_payment
from modules.finance.services.refunds import refund
from modules.finance.services.tender import Share, Tender

_METHODS = ("cash", "wechat", "wechat", "alipay", "transfer", "card")
#: How likely a customer comes on a day to pay what is asked for, in percent.
_COMES = {"deposit": 55, "due": 45, "overdue": 9, "balance": 4}


def live_a_day(chance: Random) -> None:
    """Take what customers bring, invoice what was shipped, give back what is left of orders."""
    ids = [row.deal_id for row in receivables(Filter(state="owing"), limit=200).items]
    deals = by_ids(ids)
    for deal in (deals[id_] for id_ in ids if id_ in deals):
        _collect(deal, chance)
    for each in to_invoice().items:
        if chance.random() < 0.5:
            issue_invoice(each.number)
    for row in receivables(Filter(state="back")).items:
        if chance.random() < 0.3:
            refund(row.number, -row.owed, "transfer", "客户取消订单")


def _collect(deal: Picture, chance: Random) -> None:
    order = open_order(deal)
    if chance.randrange(100) >= _COMES[order.why] or deal.holds("collection"):
        return
    amount = order.ask
    if order.why == "balance" and chance.random() < 0.4:
        amount = _part(amount)
    take_payment(
        Tender(
            customer_id=deal.customer_id,
            method=chance.choice(_METHODS),
            amount=amount,
            shares=(Share(deal.number, amount),),
        )
    )


def _part(amount: Decimal) -> Decimal:
    """Return about half of it, as people pay in round figures."""
    half = (amount / 200).to_integral_value() * 100
    return to_money(half) if 0 < half < amount else amount
