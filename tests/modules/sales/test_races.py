"""Two people act on one order at the same moment: one of them wins, and the deal stays true."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest

from bus import publish
from core.clock import today
from core.deals.facts import GoodsLine, Shipped
from core.deals.locking import lock
from core.deals.queries import deal_id

#: Chance decides who comes first: each story is told some times.
pytestmark = pytest.mark.parametrize("turn", range(3))


def at_once(*acts):
    """Run the acts in threads that start together; return their results in order."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result() for future in [threads.submit(run, act) for act in acts]]


@pytest.fixture
def try_to_ship(acting):
    """Ships all of an order as a warehouse would: under the lock, only what is still there."""

    def leave(number):
        with acting("warehouse"):
            picture = lock([deal_id(number)]).popitem()[1]
            lines = tuple(
                GoodsLine(line_id=line.line_id, quantity=line.to_ship)
                for line in picture.lines
                if line.to_ship
            )
            if not lines:
                return 0
            publish(
                Shipped(
                    deal_id=picture.deal_id, number=number, customer_id=picture.customer_id,
                    customer_name=picture.customer, currency=picture.currency,
                    happened_on=today(), lines=lines,
                )
            )  # fmt: skip
            return 1

    return leave


def test_an_order_is_confirmed_once(turn, quote, api_as, deal):
    number = quote(AC="1")["number"]
    sales, head = api_as("sales"), api_as("admin")

    answers = at_once(
        lambda: sales.post(f"sales/orders/{number}/confirm").status_code,
        lambda: head.post(f"sales/orders/{number}/confirm").status_code,
    )

    assert sorted(answers) == [200, 409]
    assert deal(number)["ordered"] == "3390.00"


def test_what_leaves_is_not_cancelled_and_what_is_cancelled_does_not_leave(
    turn, sell, api_as, deal, try_to_ship
):
    sales = api_as("sales")
    number = sell(AC="3")["number"]

    cancelled, shipped = at_once(
        lambda: sales.post(f"sales/orders/{number}/cancel", {"reason": "x"}).status_code,
        lambda: try_to_ship(number),
    )

    # One of the two, never both, never neither.
    assert (cancelled, shipped) in ((200, 0), (409, 1))
    line = deal(number)["lines"][0]
    assert Decimal(line["cancelled"]) + Decimal(line["shipped"]) == 3


def test_a_reduction_and_a_shipment_share_what_is_there(turn, sell, api_as, deal, try_to_ship):
    sales = api_as("sales")
    order = sell(AC="3")
    number, body = order["number"], {"lines": [{"sku": "AC", "quantity": "1"}]}

    changed, _shipped = at_once(
        lambda: sales.patch(f"sales/orders/{number}", body).status_code,
        lambda: try_to_ship(number),
    )

    line = deal(number)["lines"][0]
    left = ("2", "1") if changed == 200 else ("0", "3")
    assert (line["cancelled"], line["shipped"]) == left


def test_two_who_cancel_parts_do_not_cancel_more_than_there_is(turn, sell, api_as, deal):
    order = sell(AC="3")
    body = {
        "reason": "x",
        "lines": [{"line_id": order["lines"][0]["line_id"], "quantity": "2"}],
    }
    address = f"sales/orders/{order['number']}/cancel"
    sales, head = api_as("sales"), api_as("admin")

    answers = at_once(
        lambda: sales.post(address, body).status_code,
        lambda: head.post(address, body).status_code,
    )

    assert sorted(answers) == [200, 409]
    assert deal(order["number"])["owed"] == "3390.00"


def test_of_two_who_save_one_is_told(turn, quote, api_as):
    order = quote(AC="1")
    address = f"sales/orders/{order['number']}"
    sales, head = api_as("sales"), api_as("admin")
    seen = order["version"]

    answers = at_once(
        lambda: sales.patch(address, {"note": "mine", "version": seen}).status_code,
        lambda: head.patch(address, {"note": "hers", "version": seen}).status_code,
    )

    assert sorted(answers) == [200, 409]
