"""Two departments act on one order at the same moment, each by its own program.

What each department's own tests race alone is raced here through everything at once: locks,
idempotency keys, deliveries in line. After each race the departments tell the same story.
"""

from decimal import Decimal

import pytest

from .company import at_once

ROUNDS = 3
DEPOSIT = {"kind": "prepayment", "percent": "30", "before_shipping": True}


@pytest.fixture
def stocked(company):
    company.receive(TEA=200)
    return company


def test_what_leaves_is_not_cancelled(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given an order of three that may leave
        number = stocked.sell(TEA=3)
        shipment = stocked.shipment(number)

        # When it is shipped and cancelled at the same moment
        shipped, cancelled = at_once(
            lambda id_=shipment: stocked.ship(id_), lambda n=number: stocked.cancel(n)
        )

        # Then one of them is told why not, and every piece is somewhere once
        assert sorted([shipped.status_code, cancelled.status_code]) in ([200, 409], [200, 404])
        line = stocked.adds_up(number)["lines"][0]
        assert Decimal(line["shipped"]) + Decimal(line["cancelled"]) == 3
        numbers.append(number)
    stocked.agrees(*numbers)


def test_goods_do_not_leave_for_a_deposit_that_goes_back(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given an order whose deposit is paid, so that it may leave
        number = stocked.sell(DEPOSIT, TEA=1)
        assert stocked.pay(number, "30.00").status_code == 201
        shipment = stocked.shipment(number)

        # When the goods leave while the deposit is given back
        shipped, refunded = at_once(
            lambda id_=shipment: stocked.ship(id_), lambda n=number: stocked.refund(n, "30.00")
        )

        # Then either the goods are gone and the money stays, or the other way round
        outcome = (shipped.status_code, refunded.status_code)
        assert outcome in ((200, 409), (409, 201)), (shipped.json, refunded.json)
        refused = shipped if shipped.status_code == 409 else refunded
        assert refused.json["code"] in ("deposit_due", "refund_too_large")
        numbers.append(number)
    stocked.agrees(*numbers)


def test_the_last_balance_is_paid_once(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given two orders, and one clerk who takes one payment for both
        one, two = stocked.sell(TEA=1), stocked.sell(TEA=2)
        both = {
            "customer_id": stocked.customer,
            "method": "card",
            "amount": "300.00",
            "allocations": [{"order": two, "amount": "200.00"}, {"order": one, "amount": "100.00"}],
        }

        # When another clerk takes the balance of one of them at the same moment
        for_both, for_one = at_once(
            lambda body=both: stocked.finance.post("finance/payments", body),
            lambda n=one: stocked.pay(n, "100.00"),
        )

        # Then one is refused with the new figure, and nothing of it is taken
        assert sorted([for_both.status_code, for_one.status_code]) == [201, 409]
        refused = for_both if for_both.status_code == 409 else for_one
        assert (refused.json["code"], refused.json["owed"]) == ("owed_changed", "0.00")
        assert stocked.adds_up(one)["received"] == "100.00"
        assert stocked.adds_up(two)["received"] == (
            "200.00" if for_both.status_code == 201 else "0.00"
        )
        numbers += [one, two]
    stocked.agrees(*numbers)


def test_money_goes_back_only_for_goods_that_came_back(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given three pieces, paid and shipped
        number = stocked.sell(TEA=3)
        assert stocked.pay(number, "300.00").status_code == 201
        assert stocked.ship(stocked.shipment(number)).status_code == 200
        line = stocked.line(number)

        # When one comes back while its money is asked for, twice
        back, *asked = at_once(
            lambda n=number, id_=line: stocked.take_back(n, id_, "1"),
            *[lambda n=number: stocked.refund(n, "100.00")] * 2,
        )

        # Then it came back, and the money went at most once
        assert back.status_code == 201, back.json
        assert sorted(answer.status_code for answer in asked) in ([201, 409], [409, 409])
        given = sum(answer.status_code == 201 for answer in asked)
        assert stocked.adds_up(number)["refunded"] == f"{100 * given}.00"
        numbers.append(number)
    stocked.agrees(*numbers)
    assert {stocked.deal(number)["credited"] for number in numbers} == {"100.00"}


def test_an_order_is_cancelled_once(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given an order with a deposit that was paid
        number = stocked.sell(DEPOSIT, TEA=2)
        assert stocked.pay(number, "60.00").status_code == 201

        # When two people call it off, and finance gives the deposit back
        first, second, refunded = at_once(
            lambda n=number: stocked.cancel(n),
            lambda n=number: stocked.cancel(n),
            lambda n=number: stocked.refund(n, "60.00"),
        )

        # Then it is cancelled once, and the deposit goes back once
        assert sorted([first.status_code, second.status_code]) == [200, 409]
        assert refunded.status_code == 201  # nothing was shipped: it may go back at any time
        deal = stocked.adds_up(number)
        assert (deal["cancelled"], deal["refunded"], deal["owed"]) == ("200.00", "60.00", "0.00")
        assert [entry["fact"] for entry in deal["entries"]].count("cancelled") == 1
        numbers.append(number)
    stocked.agrees(*numbers)


def test_five_departments_at_the_same_moment(stocked):
    numbers = []
    for _round in range(ROUNDS):
        # Given an order of four, half of which has left and is paid
        number = stocked.sell(TEA=4)
        line, open_ = stocked.line(number), stocked.shipment(number)
        half = [{"line_id": line, "quantity": "2"}]
        assert stocked.ship(open_, lines=half).status_code == 200
        assert stocked.pay(number, "200.00").status_code == 201
        rest = stocked.shipment(number)

        # When everybody does something about it
        answers = at_once(
            lambda id_=rest: stocked.ship(id_),
            lambda n=number: stocked.cancel(n, TEA="1"),
            lambda n=number: stocked.pay(n, "150.00"),
            lambda n=number, id_=line: stocked.take_back(n, id_, "2"),
            lambda n=number: stocked.refund(n, "150.00"),
            lambda n=number: stocked.service.post(
                "service/complaints", {"order": n, "text": "漏水", "holds": "shipping"}
            ),
        )

        # Then each was done or refused by a rule, and what was done adds up
        assert {answer.status_code for answer in answers} <= {200, 201, 404, 409}
        stocked.adds_up(number)
        numbers.append(number)
    stocked.agrees(*numbers)
