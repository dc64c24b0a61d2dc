"""A deal as everybody sees it: plain values, safe to keep after the transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from core.clock import today
from core.deals.fold import value_of
from core.deals.models import Deal, DealConcern, DealLine
from core.deals.plan import parts
from core.money import ZERO


@dataclass(frozen=True)
class Line:
    """One line with its independent counters."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    unit_price: Decimal
    amount: Decimal
    tax: Decimal
    ordered: Decimal
    cancelled: Decimal
    cancelled_amount: Decimal
    shipped: Decimal
    delivered: Decimal
    returned: Decimal

    @property
    def to_ship(self) -> Decimal:
        """What may still be shipped or cancelled."""
        return self.ordered - self.cancelled - self.shipped

    @property
    def with_customer(self) -> Decimal:
        """What the customer holds and could bring back."""
        return self.shipped - self.returned

    def value(self, quantity: Decimal) -> Decimal:
        """Return the worth of a quantity at the order's price."""
        return value_of(self, quantity)


@dataclass(frozen=True)
class DueStep:
    """One step of the plan and how much of it is still open."""

    amount: Decimal
    on: date | None
    before_shipping: bool
    kind: str
    open: Decimal
    #: What falls due on its day: what of it is open, and no more than is owed in all.
    falling: Decimal


@dataclass(frozen=True)
class Concern:
    """A worry about the deal."""

    concern_id: UUID
    kind: str
    text: str
    holds: str
    raised_at: datetime
    raised_by: str | None
    settled_at: datetime | None


@dataclass(frozen=True)
class Picture:
    """Who sold what to whom, what was shipped, what is owed."""

    deal_id: UUID
    number: str
    customer_id: UUID
    customer: str
    seller_id: UUID
    salesperson: str
    currency: str
    sold_on: date
    promised_on: date | None
    historical: bool
    ordered: Decimal
    cancelled: Decimal
    shipped: Decimal
    delivered: Decimal
    returned: Decimal
    invoiced: Decimal
    credited: Decimal
    received: Decimal
    refunded: Decimal
    written_off: Decimal
    owed: Decimal
    overdue: Decimal
    #: Its place on a board; the counters decide what is possible.
    stage: str
    lines: tuple[Line, ...]
    dues: tuple[DueStep, ...]
    concerns: tuple[Concern, ...]

    @property
    def kept(self) -> Decimal:
        """Money received and not given back."""
        return self.received - self.refunded

    @property
    def reduced(self) -> Decimal:
        """What of the orders is not to be paid: called off, credited or given up."""
        return self.cancelled + self.credited + self.written_off

    @property
    def net(self) -> Decimal:
        """What the customer has to pay in all."""
        return self.ordered - self.reduced

    @property
    def with_customer(self) -> Decimal:
        """The worth, at order prices, of the goods that the customer has."""
        return sum((line.value(line.with_customer) for line in self.lines), ZERO)

    @property
    def refundable(self) -> Decimal:
        """Money that may be given back: all that does not pay for goods the customer has."""
        return max(ZERO, self.kept - min(self.with_customer, max(self.net, ZERO)))

    @property
    def deposit_open(self) -> Decimal:
        """What must still be paid before goods may leave."""
        return sum((due.open for due in self.dues if due.before_shipping), ZERO)

    @property
    def due_on(self) -> date | None:
        """The first day on which something of the plan that is still open falls due."""
        return min((due.on for due in self.dues if due.on and due.falling > 0), default=None)

    @property
    def fully_cancelled(self) -> bool:
        """Whether nothing of it is to be delivered any more and nothing was."""
        return all(line.ordered == line.cancelled for line in self.lines)

    @property
    def fully_shipped(self) -> bool:
        """Whether nothing is left to ship."""
        return all(line.to_ship == 0 for line in self.lines)

    def holds(self, what: str) -> list[Concern]:
        """Return the open concerns that hold "shipping" or "collection"."""
        return [each for each in self.concerns if each.holds == what and each.settled_at is None]


_NAMED_OTHERWISE = {"deal_id", "customer", "salesperson", "overdue", "lines", "dues", "concerns"}
_FIGURES = [name for name in Picture.__dataclass_fields__ if name not in _NAMED_OTHERWISE]
_LINE = list(Line.__dataclass_fields__)
_CONCERN = list(Concern.__dataclass_fields__)


def picture_of(row: Deal) -> Picture:
    """Return the picture of a row; `overdue` is as of the company's today."""
    dues = _steps(row)
    return Picture(
        deal_id=row.id,
        customer=row.customer_name,
        salesperson=row.seller_name,
        overdue=overdue(dues, today()),
        lines=tuple(_line(line) for line in row.lines),
        dues=dues,
        concerns=tuple(_concern(concern) for concern in row.concerns),
        **{name: getattr(row, name) for name in _FIGURES},
    )


def overdue(dues: Sequence[DueStep], day: date) -> Decimal:
    """Return what fell due before a day and is still to be paid."""
    return sum((due.falling for due in dues if due.on and due.on < day), ZERO)


def _steps(row: Deal) -> tuple[DueStep, ...]:
    kept = row.received - row.refunded
    return tuple(
        DueStep(due.amount, due.on_day, due.before_shipping, due.kind, part.open, part.falling)
        for due, part in zip(row.dues, parts(row.dues, row.owed, kept), strict=True)
    )


def _line(row: DealLine) -> Line:
    return Line(**{name: getattr(row, name) for name in _LINE})


def _concern(row: DealConcern) -> Concern:
    return Concern(**{name: getattr(row, name) for name in _CONCERN})
