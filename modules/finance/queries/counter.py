"""What the clerk at the counter needs: who stands there, what she bought, what she owes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from core.clock import today
from core.customers.models import Customer
from core.customers.queries import customer, named
from core.customers.resolution import resolve
from core.deals import queries as deals
from core.deals.picture import Picture
from core.money import ZERO
from core.search import index
from core.search.answers import Balance, balances_of
from modules.finance.queries.credit import credit_of

#: More open orders of one customer than this are not shown at the counter.
_ORDERS = 30
_CANDIDATES = 12
#: What she may have in her hand: an order, a receipt, an invoice.
_KINDS = ("customer", "order", "payment", "invoice")


@dataclass(frozen=True)
class Candidate:
    """A customer whom the words may mean."""

    customer: Customer
    balances: Sequence[Balance]
    #: The order by whose number she was found.
    order: str = ""

    @property
    def owed(self) -> Decimal:
        """The most that she owes in one currency."""
        return max((balance.owed for balance in self.balances if balance.owing), default=ZERO)

    def is_named(self, q: str) -> bool:
        """Whether the words are her name or her order's number, and not only like them."""
        words = q.strip().casefold()
        return words in (self.customer.name.casefold(), self.order.casefold())


def candidates(q: str) -> list[Candidate]:
    """Return the customers meant by a name, its sound, a phone number or an order's number.

    Whoever was named exactly comes first, then whoever owes most: she is likely to have come.
    """
    orders: dict[UUID, str] = {}
    for found in index.find(q, limit=2 * _CANDIDATES, kinds=_KINDS):
        if found.customer_id is not None:
            number = found.ref if found.kind == "order" and _names(q, found.ref) else ""
            orders.setdefault(resolve(found.customer_id), number)
    ids = list(orders)[:_CANDIDATES]
    cards, balances = named(ids), balances_of(ids)
    people = [Candidate(cards[id_], balances[id_], orders[id_]) for id_ in ids if id_ in cards]
    return sorted(people, key=lambda one: (not one.is_named(q), -one.owed))


def _names(q: str, number: str) -> bool:
    """Tell whether the words are (a part of) this order's number, not its goods or its buyer."""
    return any(map(str.isdecimal, q)) and q.strip().casefold() in number.casefold()


@dataclass(frozen=True)
class OpenOrder:
    """An order on which something is owed, and what to ask for now."""

    deal: Picture
    #: "deposit", "overdue", "due" or "balance".
    why: str
    ask: Decimal
    since: date | None = None
    #: What of it is the deposit, without which the goods do not leave.
    deposit: Decimal = ZERO

    @property
    def is_due(self) -> bool:
        """Whether it is to be asked for today."""
        return self.why != "balance"


@dataclass(frozen=True)
class Till:
    """A customer at the counter."""

    customer: Customer
    orders: Sequence[OpenOrder]
    #: What she bought before and has settled, newest first.
    settled: Sequence[Picture]
    credit: dict[str, Decimal]

    @property
    def currency(self) -> str:
        """The currency of what she owes; one payment has one."""
        return self.orders[0].deal.currency if self.orders else ""

    def proposal(self, chosen: Collection[str]) -> Decimal:
        """Return what to ask for the chosen orders."""
        return sum((one.ask for one in self.orders if one.deal.number in chosen), ZERO)

    def preset(self, order: str = "") -> list[str]:
        """Return the orders to pay now: the one that was asked for, else whatever is due."""
        numbers = [one.deal.number for one in self.orders]
        if order in numbers:
            return [order]
        same = [one for one in self.orders if one.deal.currency == self.currency]
        return [one.deal.number for one in same if one.is_due] or numbers[:1]


def till(customer_id: UUID) -> Till:
    """Return everything about the customer at the counter."""
    card = customer(customer_id)
    owing = deals.deals(customer_id=card.id, owing=True, limit=_ORDERS).items
    recent = deals.deals(customer_id=card.id, limit=5).items
    orders = sorted(map(open_order, owing), key=_most_pressing)
    return Till(
        customer=card,
        orders=orders,
        settled=[deal for deal in recent if deal.owed <= 0],
        credit=credit_of(card.id),
    )


def open_order(deal: Picture) -> OpenOrder:
    """Say what of an order is to be asked for: what is due, or else all that is owed.

    Money settles the deposit first, so a deposit that is open is asked for with what is due.
    """
    deposit = min(deal.owed, deal.deposit_open)
    dated = [step for step in deal.dues if step.on and not step.before_shipping]
    due = sum((step.open for step in dated if step.on and step.on <= today()), ZERO)
    ask = min(deal.owed, max(deal.overdue, due) + deposit)
    if deal.overdue > 0:
        return OpenOrder(deal, "overdue", ask, deal.due_on, deposit)
    if due > 0:
        return OpenOrder(deal, "due", ask, today(), deposit)
    if deposit > 0:
        return OpenOrder(deal, "deposit", deposit, deposit=deposit)
    return OpenOrder(deal, "balance", deal.owed, deal.due_on)


def _most_pressing(order: OpenOrder) -> tuple[int, date, str]:
    rank = ("overdue", "due", "deposit", "balance").index(order.why)
    return rank, order.since or order.deal.sold_on, order.deal.number
