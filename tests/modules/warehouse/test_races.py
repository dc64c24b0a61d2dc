"""Two people act on the same goods at the same moment: one of them wins, nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

from bus import publish
from core.db import reading
from core.deals.facts import Cancelled, CancelledLine, Refunded
from core.deals.locking import lock
from core.ids import new_id
from modules.warehouse.queries.stock import differences


def _together(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(begin, act) for act in acts]]


def _shipping(api_as, shipment, body=None):
    warehouse = api_as("warehouse")
    return lambda: warehouse.post(f"warehouse/shipments/{shipment['id']}/ship", body or {})


def test_two_people_ship_the_same_goods_once(
    app, a_product, received, an_order, shipments_of, api_as
):
    a_product("TEA")
    received("TEA", "100")
    for _round in range(4):
        sale = an_order(TEA="4")
        [shipment] = shipments_of(sale)

        answers = _together(*[_shipping(api_as, shipment)] * 3)

        assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
        assert [each["state"] for each in shipments_of(sale)] == ["shipped"]
    with reading(app):
        assert differences() == []


def test_the_last_pieces_leave_once(app, a_product, received, an_order, shipments_of, api_as):
    # Given five pieces, and three orders that want three each
    a_product("TEA")
    received("TEA", "5")
    waiting = [shipments_of(an_order(TEA="3"))[0] for _order in range(3)]

    # When all are shipped at the same moment
    answers = _together(*[_shipping(api_as, shipment) for shipment in waiting])

    # Then one leaves, and stock never fell below zero
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]
    codes = {answer.json["code"] for answer in answers if answer.status_code == 409}
    assert codes == {"stock_short"}
    items = api_as("warehouse").get("warehouse/stock", sku="TEA").json["items"]
    assert [item["quantity"] for item in items] == ["2"]
    with reading(app):
        assert differences() == []


def test_shipping_and_cancelling_do_not_both_win(
    a_product, received, an_order, shipments_of, api_as, acting, api
):
    a_product("TEA")
    received("TEA", "100")
    for _round in range(4):
        sale = an_order(TEA="4")
        [shipment] = shipments_of(sale)

        def cancel(sale=sale) -> bool:
            with acting("sales"):
                [line] = lock([sale.deal_id])[sale.deal_id].lines
                if line.to_ship < 4:
                    return False
                gone = CancelledLine(
                    line_id=line.line_id, quantity=Decimal(4), amount=Decimal("40.00")
                )
                publish(sale.fact(Cancelled, lines=(gone,)))
                return True

        shipped, cancelled = _together(_shipping(api_as, shipment), cancel)

        assert cancelled is not (shipped.status_code == 200)
        [line] = api.get(f"deals/{sale.number}").json["lines"]
        assert Decimal(line["shipped"]) + Decimal(line["cancelled"]) == 4
        if shipped.status_code != 200:
            assert shipped.json["code"] in {"line_cancelled", "shipment_not_found"}


def test_a_piece_is_received_once(a_product, api_as):
    a_product("PHONE", serials=True)
    body = {"lines": [{"sku": "PHONE", "quantity": "1", "serials": ["S1"]}]}
    warehouse = api_as("warehouse")
    answers = _together(*[lambda: warehouse.post("warehouse/receipts", body)] * 3)
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422]


def test_goods_do_not_come_back_twice(a_product, received, an_order, shipments_of, api_as, api):
    a_product("TEA")
    received("TEA", "4")
    sale = an_order(TEA="4")
    _shipping(api_as, shipments_of(sale)[0])()
    body = {"order": sale.number, "lines": [sale.goods("TEA", "3")], "restock": True}
    warehouse = api_as("warehouse")

    answers = _together(*[lambda: warehouse.post("warehouse/returns", body)] * 2)

    assert sorted(answer.status_code for answer in answers) == [201, 409]
    [line] = api.get(f"deals/{sale.number}").json["lines"]
    assert line["returned"] == "3"


def test_a_return_and_a_refund_agree(
    a_product, received, an_order, shipments_of, api_as, acting, stated, api
):
    # Given goods that were shipped and paid
    a_product("TEA")
    received("TEA", "50")
    for _round in range(3):
        sale = an_order(TEA="4")
        _shipping(api_as, shipments_of(sale)[0])()
        stated(sale.paid("40.00"), login="finance")
        body = {"order": sale.number, "lines": [sale.goods("TEA", "4")], "restock": True}
        warehouse = api_as("warehouse")

        def refund(sale=sale) -> Decimal:
            with acting("finance"):
                amount = lock([sale.deal_id])[sale.deal_id].refundable
                if amount:
                    fact = {"payment_id": new_id(), "amount": amount, "method": "cash"}
                    publish(sale.fact(Refunded, **fact))
                return amount

        # When they come back while the money is asked for
        back, refunded = _together(
            lambda warehouse=warehouse, body=body: warehouse.post("warehouse/returns", body),
            refund,
        )

        # Then money went back only for goods that had come back, and never more than was paid
        assert back.status_code == 201, back.json
        assert refunded in (Decimal("0.00"), Decimal("40.00"))
        assert api.get(f"deals/{sale.number}").json["refunded"] == f"{refunded:.2f}"
