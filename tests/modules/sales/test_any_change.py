"""Whatever is changed, cancelled and shipped in whatever order: order and deal say the same."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bus import publish
from core.clock import today
from core.deals.facts import GoodsLine, Shipped
from core.deals.locking import lock
from core.errors import DomainError
from core.money import ZERO
from modules.sales import services
from modules.sales.drafts import DepositRule, LineDraft, OrderDraft
from modules.sales.services.cancelling import Unwanted

QUANTITIES = st.decimals("0.001", "12", places=3, allow_nan=False)
PRICES = st.none() | st.decimals("0.00", "99.99", places=2, allow_nan=False)
DISCOUNTS = st.none() | st.decimals("0", "100", places=3, allow_nan=False)
LINES = st.lists(
    st.builds(
        LineDraft,
        sku=st.sampled_from(["AC", "A4"]),
        quantity=QUANTITIES,
        unit_price=PRICES,
        discount_percent=DISCOUNTS,
    ),
    min_size=1,
    max_size=3,
)
RULES = st.none() | st.builds(
    DepositRule,
    kind=st.sampled_from(["earnest", "prepayment"]),
    percent=st.decimals("0.001", "100", places=3, allow_nan=False),
    before_shipping=st.booleans(),
)
ACTS = st.lists(
    st.tuples(st.just("change"), LINES)
    | st.tuples(st.just("deposit"), RULES)
    | st.tuples(st.sampled_from(["cancel", "ship"]), st.fractions(0, 1, max_denominator=4)),
    max_size=6,
)


def part(quantity, share):
    return (quantity * share.numerator / share.denominator).quantize(Decimal("0.001"), "ROUND_DOWN")


def do(order, what, how):
    """Do one act; what the rules refuse changes nothing."""
    picture = lock([order.id])[order.id]
    if what == "change":
        services.change_order(order.number, {"lines": how})
    elif what == "deposit":
        services.change_order(order.number, {"deposit": how})
    elif what == "cancel":
        gone = [
            Unwanted(line_id=line.line_id, quantity=part(line.to_ship, how))
            for line in picture.lines
            if part(line.to_ship, how)
        ]
        services.cancel_order(order.number, reason="x", lines=gone)
    else:
        left = [
            GoodsLine(line_id=line.line_id, quantity=part(line.to_ship, how))
            for line in picture.lines
            if part(line.to_ship, how)
        ]
        if left:
            publish(
                Shipped(
                    deal_id=order.id, number=order.number, customer_id=picture.customer_id,
                    customer_name=picture.customer, currency=picture.currency,
                    happened_on=today(), lines=tuple(left),
                )
            )  # fmt: skip


@pytest.mark.usefixtures("goods")
@given(lines=LINES, rule=RULES, acts=ACTS)
@settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_order_and_deal_never_contradict(acting, customer, lines, rule, acts):
    from uuid import UUID

    from core.db import db

    with acting("sales"):
        draft = OrderDraft(customer_id=UUID(customer), lines=lines, deposit=rule)
        order = services.confirm_order(services.write_quotation(draft).number)
        for what, how in acts:
            try:
                with db.session.begin_nested():
                    do(order, what, how)
            except DomainError:
                db.session.refresh(order)
        picture = lock([order.id])[order.id]

        # The order's lines and total are what the deal says is still wanted.
        assert order.total == picture.ordered - picture.cancelled == picture.owed
        wanted = {line.line_id: line.ordered - line.cancelled for line in picture.lines}
        assert {line.id: line.quantity for line in order.lines} == wanted
        assert sum((line.amount for line in order.lines), ZERO) == order.total
        # The plan asks for exactly that, deposit first.
        assert sum((due.amount for due in picture.dues), ZERO) == order.total
        assert all(due.amount > 0 for due in picture.dues)
        # What was shipped is still there, at a value that the line can bear.
        for line in picture.lines:
            assert line.cancelled + line.shipped <= line.ordered
            assert line.amount - line.cancelled_amount == line.value(line.ordered - line.cancelled)
        assert (order.state == "cancelled") == picture.fully_cancelled
