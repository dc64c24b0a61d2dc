"""Two people act at the same moment: one of them is told the new figure, and no money is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import uuid4

from core.deals.facts import Returned, Shipped
from core.deals.locking import lock


def _together(*acts: Callable[[], Any]) -> list[Any]:
    start = Barrier(len(acts))

    def begin(act: Callable[[], Any]) -> Any:
        start.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [each.result() for each in [threads.submit(begin, act) for act in acts]]


def test_only_one_of_two_clerks_takes_the_last_balance(with_deposit, pay, api, owed):
    for _round in range(5):
        # Given an order that owes 100
        deal = with_deposit()

        # When two clerks take it at the same moment
        answers = _together(*[lambda deal=deal: pay(deal, "100.00")] * 2)

        # Then one of them is refused with the new figure
        assert sorted(answer.status_code for answer in answers) == [201, 409]
        refused = next(answer for answer in answers if answer.status_code == 409)
        assert (refused.json["code"], refused.json["owed"]) == ("owed_changed", "0.00")
        assert owed(deal) == "0.00"
        assert api.get(f"deals/{deal.number}").json["received"] == "100.00"


def test_one_act_sent_twice_at_the_same_moment_pays_once(with_deposit, pay, owed):
    for _round in range(3):
        deal, key = with_deposit(), str(uuid4())

        answers = _together(*[lambda deal=deal, key=key: pay(deal, "40.00", key=key)] * 2)

        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].json == answers[1].json
        assert owed(deal) == "60.00"


def test_payments_over_the_same_orders_do_not_wait_for_each_other(
    with_deposit, bought_again, pay, owed
):
    one = with_deposit()
    two = bought_again(one)

    answers = _together(
        lambda: pay((one, "10.00"), (two, "10.00")),
        lambda: pay((two, "10.00"), (one, "10.00")),
        lambda: pay((one, "10.00"), (two, "10.00")),
    )

    assert [answer.status_code for answer in answers] == [201] * 3
    assert (owed(one), owed(two)) == ("70.00", "20.00")


def test_credit_is_not_used_twice(with_deposit, bought_again, pay, owed):
    # Given a credit of 20 and two orders
    deal = with_deposit()
    pay(deal, "120.00", excess="credit")
    one, two = bought_again(deal), bought_again(deal)

    # When it is used for both at the same moment
    answers = _together(
        lambda: pay(one, "20.00", method="credit"), lambda: pay(two, "20.00", method="credit")
    )

    # Then it pays for one of them
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    assert sorted([owed(one), owed(two)]) == ["30.00", "50.00"]


def test_shipping_and_refunding_the_deposit_do_not_both_win(with_deposit, pay, acting, api_as, api):
    for _round in range(5):
        # Given an order whose deposit is paid, so that goods may leave
        deal = with_deposit()
        pay(deal, "30.00")
        finance = api_as("finance")

        def ship(deal=deal) -> bool:
            from bus import publish

            with acting("warehouse"):
                picture = lock([deal.deal_id])[deal.deal_id]
                if picture.deposit_open > 0:
                    return False
                publish(deal.fact(Shipped, lines=(deal.goods(10),)))
                return True

        # When the goods leave and the deposit goes back at the same moment
        body = {"order": deal.number, "amount": "30.00", "method": "cash", "reason": "取消"}
        shipped, refunded = _together(
            ship, lambda finance=finance, body=body: finance.post("finance/refunds", body)
        )

        # Then one of the two has happened
        assert shipped is not (refunded.status_code == 201)


def test_a_return_and_its_refund_agree(with_deposit, pay, ship, acting, api_as, api, bus_idle):
    for _round in range(3):
        deal = with_deposit()
        pay(deal, "100.00")
        ship(deal, 10)
        finance = api_as("finance")

        def bring_back(deal=deal) -> None:
            from bus import publish

            with acting("warehouse"):
                lock([deal.deal_id])
                publish(deal.fact(Returned, lines=(deal.goods(3),)))

        body = {"order": deal.number, "amount": "30.00", "method": "cash", "reason": "退货"}
        _none, refunded = _together(
            bring_back, lambda finance=finance, body=body: finance.post("finance/refunds", body)
        )
        bus_idle()

        # Then money went back only for goods that had come back, and all figures agree
        told = api.get(f"deals/{deal.number}").json
        assert told["credited"] == "30.00"
        assert told["owed"] == ("0.00" if refunded.status_code == 201 else "-30.00")
