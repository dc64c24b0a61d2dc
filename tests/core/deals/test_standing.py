"""Where a deal stands and who has the ball, at every turn of its life."""

from decimal import Decimal

import pytest
from flask_babel import force_locale

from core.clock import today
from core.deals.facts import (
    Cancelled,
    CancelledLine,
    ConcernRaised,
    ConcernSettled,
    Delivered,
    Due,
    Paid,
    Refunded,
    Shipped,
)
from core.deals.queries import deal
from core.deals.standing import next_step, steps
from core.ids import new_id

DEPOSIT = Due(amount=Decimal("30.00"), before_shipping=True, kind="earnest")
REST = Due(amount=Decimal("70.00"), kind="balance")


@pytest.fixture
def state(acting):
    """States that something happened to a deal, and tells how it stands then."""
    from bus import publish

    def happen(sold, *facts):
        with acting("sales"), force_locale("en"):
            for kind, more in facts:
                publish(sold.fact(kind, **more))
            picture = deal(sold.number)
            marks = {label: mark for label, mark, _note in steps(picture)}
            return picture.stage, next_step(picture).text, marks

    return happen


def paid(amount):
    return Paid, {"payment_id": new_id(), "amount": Decimal(amount), "method": "cash"}


def refunded(amount):
    return Refunded, {"payment_id": new_id(), "amount": Decimal(amount), "method": "cash"}


def moved(kind, sold, quantity):
    return kind, {"lines": (sold.goods(quantity),)}


def called_off(sold, quantity):
    amount = Decimal(quantity) * 10
    line = CancelledLine(line_id=sold.line_id, quantity=Decimal(quantity), amount=amount)
    return Cancelled, {"lines": (line,)}


def test_from_the_order_to_the_last_cent(a_deal, state):
    sold = a_deal(10, dues=(DEPOSIT, REST))
    name = "龙井 × 10"

    # The deposit holds the goods, then the warehouse has the ball, then finance again.
    stage, text, marks = state(sold)
    assert (stage, text) == ("deposit", "Waiting for Finance: deposit ¥30.00 before shipping")
    assert marks == {
        "Ordered": "done", "Deposit": "now", "Shipped": "next", "Delivered": "next", "Paid": "next"
    }  # fmt: skip
    assert state(sold, paid("30.00"))[:2] == ("to_ship", f"Waiting for Warehouse: {name}")
    stage, text, marks = state(sold, moved(Shipped, sold, 4))
    assert (stage, text) == ("part_shipped", "Waiting for Warehouse: 龙井 × 6")
    assert marks["Shipped"] == "now"
    stage, text, _ = state(sold, moved(Shipped, sold, 6))
    assert (stage, text) == ("shipped", "Waiting for Warehouse: the goods are on their way")
    stage, text, _ = state(sold, moved(Delivered, sold, 10))
    assert (stage, text) == ("shipped", "Waiting for Finance: balance ¥70.00")
    stage, text, marks = state(sold, paid("70.00"))
    assert (stage, text) == ("done", "Everything is delivered and paid.")
    assert set(marks.values()) == {"done"}


def test_a_cancelled_order_waits_for_its_deposit_to_go_back(a_deal, state):
    sold = a_deal(10, dues=(DEPOSIT, REST))

    stage, text, marks = state(sold, paid("30.00"), called_off(sold, 10))
    assert stage == "cancelled"
    assert text == "Waiting for Finance: give back ¥30.00 or keep it as credit"
    assert marks["Cancelled"] == "done"

    _stage, text, marks = state(sold, refunded("30.00"))
    assert text == "Cancelled. Nothing is left to do."
    assert marks == {"Ordered": "done", "Cancelled": "now"}


def test_what_is_called_off_need_not_be_shipped(a_deal, state):
    sold = a_deal(10)

    stage, _text, _marks = state(sold, moved(Shipped, sold, 4), called_off(sold, 6))

    assert stage == "shipped"


def test_goods_without_a_price_are_shipped_all_the_same(a_deal, acting):
    from bus import publish
    from core.deals.facts import Sold, SoldLine

    # A gift: nothing is owed from the first moment, and yet it is not done.
    gift = a_deal(1)
    line = SoldLine(
        line_id=new_id(), sku="TEA", name="赠品", unit="kg", quantity=Decimal(1),
        unit_price=Decimal("0.00"), amount=Decimal("0.00"), tax=Decimal("0.00"),
    )  # fmt: skip
    with acting("sales"):
        publish(
            Sold(
                deal_id=new_id(), number="GIFT-1", customer_id=gift.customer_id,
                customer_name="李丽", currency="CNY", happened_on=today(),
                seller_id=new_id(), seller_name="王伟", lines=(line,),
            )
        )  # fmt: skip
        assert deal("GIFT-1").stage == "to_ship"


def test_a_worry_holds_what_it_says(a_deal, state):
    sold = a_deal(10)
    concern = new_id()
    raised = {"concern_id": concern, "kind": "complaint", "text": "颜色不对"}

    _stage, held, _marks = state(sold, (ConcernRaised, raised | {"holds": "shipping"}))
    _stage, free, _marks = state(sold, (ConcernSettled, {"concern_id": concern}))

    assert held == "Held until it is settled: 颜色不对"
    assert free == "Waiting for Warehouse: 龙井 × 10"


def test_what_is_owed_may_be_held_too(a_deal, state):
    sold = a_deal(10)
    raised = {"concern_id": new_id(), "kind": "complaint", "text": "破损", "holds": "collection"}

    _stage, text, _marks = state(sold, moved(Delivered, sold, 10), (ConcernRaised, raised))

    assert text == "¥100.00 are owed; held until it is settled: 破损"


def test_a_day_that_is_over_is_said(a_deal, state, acting):
    from datetime import timedelta

    with acting("sales"):
        yesterday = today() - timedelta(days=1)
    late = a_deal(10, dues=(Due(amount=Decimal("100.00"), on=yesterday, kind="balance"),))

    _stage, text, _marks = state(late, moved(Delivered, late, 10))

    assert text == f"Waiting for Finance: ¥100.00, overdue since {yesterday}"
