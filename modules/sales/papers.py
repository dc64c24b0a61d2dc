"""The quotation or order as a paper for the customer."""

from core.customers.errors import CustomerNotFound
from core.customers.queries import customer
from core.papers.papers import Line, OrderPaper, Party, letterhead
from modules.sales.models import Order
from modules.sales.plan import plan_of


def order_paper(order: Order) -> OrderPaper:
    """Return what stands on the paper as the order is now."""
    party, address = _party(order)
    return OrderPaper(
        company=letterhead(),
        number=order.number,
        on=order.dated_on,
        customer=party,
        lines=tuple(
            Line(
                name=line.name,
                quantity=line.quantity,
                sku=line.sku,
                unit=line.unit,
                unit_price=line.unit_price,
                discount_percent=line.discount_percent or None,
                tax_rate=line.tax_rate,
                amount=line.amount,
                tax=line.tax,
            )
            for line in order.lines
            if line.quantity
        ),
        currency=order.currency,
        remarks=order.note,
        kind="quotation" if order.state == "quotation" else "order",
        seller_name=order.seller_name,
        promised_on=order.promised_on,
        dues=plan_of(order.deposit, order.total, order.dated_on, order.promised_on),
        delivery_address=address,
    )


def _party(order: Order) -> tuple[Party, str]:
    try:
        card = customer(order.customer_id)
    except CustomerNotFound:
        return Party(name=order.customer_name), ""
    return Party(name=card.name, address=card.address, phone=card.phone), card.address
