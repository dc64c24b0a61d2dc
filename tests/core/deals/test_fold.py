"""Whatever happens to a deal, its figures are the sum of what was stated."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from core.deals import facts
from core.deals.fold import Stated, entry, opened, value_of
from core.ids import new_id
from core.money import ZERO, to_money

DAY = date(2026, 11, 22)
QUANTITIES = st.decimals("0.001", "50", places=3, allow_nan=False)
AMOUNTS = st.decimals("0.00", "5000.00", places=2, allow_nan=False)
PARTS = st.fractions(0, 1, max_denominator=7)


@dataclass
class Story:
    """A deal, and beside it what was stated, added up in the simplest way."""

    deal: object = None
    entries: list = field(default_factory=list)
    sums: dict = field(
        default_factory=lambda: dict.fromkeys(
            ("sold", "cancelled", "credited", "written_off", "paid", "refunded", "invoiced"), ZERO
        )
    )
    deal_id: UUID = field(default_factory=new_id)

    def state(self, kind, **more):
        fact = kind(
            deal_id=self.deal_id, number="SO-1", customer_id=self.deal_id, customer_name="李丽",
            currency="CNY", happened_on=DAY, **more,
        )  # fmt: skip
        if self.deal is None:
            self.deal = opened(fact)
        stated = Stated(fact, datetime(2026, 11, 22, tzinfo=UTC), "王伟")
        self.entries.append(entry(self.deal, stated, new_id(), len(self.entries), "x"))

    def sell(self, quantity, amount, line_id=None):
        line = facts.SoldLine(
            line_id=line_id or new_id(), sku="TEA", name="龙井", unit="kg", quantity=quantity,
            unit_price=ZERO, amount=amount, tax=ZERO,
        )  # fmt: skip
        self.sums["sold"] += amount
        self.state(
            facts.Sold, seller_id=self.deal_id, seller_name="王伟", lines=(line,), dues=self.dues()
        )

    def dues(self):
        return (facts.Due(amount=Decimal("10.00"), before_shipping=True, kind="prepayment"),)

    def move(self, kind, line, quantity):
        goods = facts.GoodsLine(line_id=line.line_id, quantity=quantity)
        self.state(kind, lines=(goods,))

    def call_off(self, line, quantity):
        """As sales does it: the rest of the line stays worth exactly its own value."""
        rest = line.ordered - line.cancelled - quantity
        amount = line.amount - line.cancelled_amount - value_of(line, rest)
        self.sums["cancelled"] += amount
        gone = facts.CancelledLine(line_id=line.line_id, quantity=quantity, amount=amount)
        self.state(facts.Cancelled, lines=(gone,), dues=self.dues())


def part_of(whole, share):
    """Return a part of a quantity, in thousandths."""
    return (whole * share.numerator / share.denominator).quantize(Decimal("0.001"), "ROUND_DOWN")


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["sell", "cancel", "ship", "deliver", "return", "pay", "refund", "credit", "write_off",
             "invoice"]
        ),
        PARTS,
        AMOUNTS,
    ),
    max_size=25,
)  # fmt: skip


def act(story, what, share, amount, at):
    """Do one act as far as the deal allows it, as the departments' services do."""
    line = story.deal.lines[at % len(story.deal.lines)]
    to_ship = line.ordered - line.cancelled - line.shipped
    money = {"pay": "paid", "credit": "credited", "write_off": "written_off", "invoice": "invoiced"}
    kinds = {"pay": facts.Paid, "credit": facts.Credited, "write_off": facts.WrittenOff,
             "invoice": facts.Invoiced}  # fmt: skip
    if what == "sell":
        story.sell(Decimal(1) + part_of(Decimal(5), share), amount)
    elif what == "cancel" and part_of(to_ship, share):
        story.call_off(line, part_of(to_ship, share))
    elif what == "ship" and part_of(to_ship, share):
        story.move(facts.Shipped, line, part_of(to_ship, share))
    elif what == "deliver" and part_of(line.shipped - line.delivered, share):
        story.move(facts.Delivered, line, part_of(line.shipped - line.delivered, share))
    elif what == "return" and part_of(line.shipped - line.returned, share):
        story.move(facts.Returned, line, part_of(line.shipped - line.returned, share))
    elif what == "refund":
        back = to_money((story.sums["paid"] - story.sums["refunded"]) * share.numerator
                        / share.denominator)  # fmt: skip
        story.sums["refunded"] += back
        story.state(facts.Refunded, payment_id=new_id(), amount=back, method="cash")
    elif what in kinds:
        story.sums[money[what]] += amount
        more = {"payment_id": new_id(), "method": "cash"} if what == "pay" else {}
        more |= {"reason": "x"} if what in ("credit", "write_off") else {}
        story.state(kinds[what], amount=amount, **more)


@given(QUANTITIES, AMOUNTS, ACTS)
@settings(deadline=None)
def test_owed_is_what_was_stated_and_lines_never_contradict(quantity, amount, acts):
    # Given something was sold, when anything at all happens to it …
    story = Story()
    story.sell(quantity, amount)
    for at, (what, share, money) in enumerate(acts):
        act(story, what, share, money, at)
    deal, sums = story.deal, story.sums

    # … then what is owed is the sum of what was stated, and nothing else.
    assert deal.owed == (
        sums["sold"] - sums["cancelled"] - sums["credited"] - sums["written_off"]
        - sums["paid"] + sums["refunded"]
    )  # fmt: skip
    # And goods are never in two places, nor more of them than were sold.
    for line in deal.lines:
        assert min(line.cancelled, line.shipped, line.delivered, line.returned) >= 0
        assert line.cancelled + line.shipped <= line.ordered
        assert max(line.delivered, line.returned) <= line.shipped
    # And lines add up to the deal, to the cent.
    assert deal.ordered == sum(line.amount for line in deal.lines)
    assert deal.cancelled == sum(line.cancelled_amount for line in deal.lines)
    for line in deal.lines:
        rest = line.ordered - line.cancelled
        assert line.amount - line.cancelled_amount == value_of(line, rest)
    assert deal.shipped == sum(value_of(line, line.shipped) for line in deal.lines)
    # And whoever looks at its place on the board is not misled about goods or money.
    to_ship = any(line.ordered - line.cancelled > line.shipped for line in deal.lines)
    assert to_ship == (deal.stage in ("deposit", "to_ship", "part_shipped"))
    if deal.stage == "done":
        assert deal.owed <= 0
    assert (deal.stage == "cancelled") == all(e.ordered == e.cancelled for e in deal.lines)


def test_what_the_customer_has_must_have_left_the_house():
    # A delivery that nobody announced as shipped still counts as shipped.
    story = Story()
    story.sell(Decimal(3), Decimal("30.00"))

    story.move(facts.Delivered, story.deal.lines[0], Decimal(2))

    assert (story.deal.lines[0].shipped, story.deal.shipped) == (Decimal(2), Decimal("20.00"))
