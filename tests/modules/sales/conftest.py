"""What the stories of sales are made of: a customer, goods, and orders written over the API."""

from decimal import Decimal

import pytest

from core.customers.services import create_customer
from core.products.services import create_product


@pytest.fixture
def customer(acting):
    """The id of 上海晨光, who buys."""
    with acting("admin"):
        return str(create_customer("上海晨光", ["13812345678"], ["上海市人民路 1 号"]).id)


@pytest.fixture
def goods(acting):
    """An air conditioner for 3390.00 and paper for 28.50, both with 13 % tax in the price."""
    with acting("admin"):
        for sku, name, price in (("AC", "空调", "3390.00"), ("A4", "复印纸", "28.50")):
            create_product(sku, name, "件", Decimal(price), "CNY", tax_rate=Decimal(13))


@pytest.fixture
def sales(api_as, goods):
    """A program that acts as the salesperson."""
    return api_as("sales")


@pytest.fixture
def quote(sales, customer):
    """Writes quotations: quote(AC="2") or quote([{"sku": …}], promised_on=…)."""

    def write(lines=None, /, *, status=201, **more):
        own = {name: more.pop(name) for name in ("AC", "A4") if name in more}
        lines = lines or [{"sku": sku, "quantity": quantity} for sku, quantity in own.items()]
        answer = sales.post("sales/orders", {"customer_id": customer, "lines": lines, **more})
        assert answer.status_code == status, answer.json
        return answer.json

    return write


@pytest.fixture
def sell(quote):
    """Takes orders: like quote, but confirmed at once."""
    return lambda lines=None, /, **more: quote(lines, confirm=True, **more)


@pytest.fixture
def deal(api_as):
    """The deal of an order as every department sees it."""

    def look(number):
        answer = api_as("finance").get(f"deals/{number}")
        assert answer.status_code == 200, answer.json
        return answer.json

    return look


@pytest.fixture
def ship(acting):
    """States that goods of an order left the house: ship(order, {"AC": "2"})."""
    from bus import publish
    from core.clock import today
    from core.deals.facts import GoodsLine, Shipped
    from core.deals.locking import lock
    from core.deals.queries import deal_id

    def leave(number, quantities):
        with acting("warehouse"):
            picture = lock([deal_id(number)]).popitem()[1]
            lines = tuple(
                GoodsLine(line_id=line.line_id, quantity=Decimal(quantities[line.sku]))
                for line in picture.lines
                if line.sku in quantities
            )
            publish(
                Shipped(
                    deal_id=picture.deal_id, number=number, customer_id=picture.customer_id,
                    customer_name=picture.customer, currency=picture.currency,
                    happened_on=today(), lines=lines,
                )
            )  # fmt: skip

    return leave
