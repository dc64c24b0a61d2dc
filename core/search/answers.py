"""What the search box answers: each customer and order with the balance owed, at once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from core.company import company
from core.customers.resolution import resolve
from core.deals.queries import by_numbers, owed_by
from core.search import index
from core.search.index import Found
from core.search.kinds import Kind, kind_named


@dataclass(frozen=True)
class Balance:
    """What is owed in one currency."""

    owed: Decimal
    currency: str

    @property
    def owing(self) -> bool:
        """Whether something is still to be paid."""
        return self.owed > 0


@dataclass(frozen=True)
class Answer:
    """One result, ready to be shown."""

    kind: str
    label: str
    icon: str
    ref: str
    title: str
    subtitle: str
    url: str
    customer_id: UUID | None
    #: Per currency, the company's first; empty where nobody can owe anything.
    balances: tuple[Balance, ...]

    @property
    def owing(self) -> bool:
        """Whether something is still to be paid in any currency."""
        return any(balance.owing for balance in self.balances)


def answers(q: str, limit: int = 20) -> list[Answer]:
    """Return what answers the question, best first, with what is owed on it."""
    found = index.find(q, limit)
    customers = owed_by({UUID(one.ref) for one in found if one.kind == "customer"})
    orders = by_numbers(one.ref for one in found if one.kind == "order")
    result = []
    for one, kind, label in _labelled(found):
        if one.kind == "customer":
            owed = customers.get(UUID(one.ref), {})
            result.append(_answer(one, kind, label, _balances(owed) or (_nothing(),)))
        elif one.kind == "order" and (deal := orders.get(one.ref)):
            balance = Balance(deal.owed, deal.currency)
            result.append(_answer(one, kind, label, (balance,), deal.customer))
        else:
            result.append(_answer(one, kind, label, ()))
    return result


def _labelled(found: Sequence[Found]) -> Iterator[tuple[Found, Kind, str]]:
    """Yield those whose kind is known, with its label: looked up for each kind, not each row."""
    kinds = {name: kind_named(name) for name in {one.kind for one in found}}
    labels = {name: (kind, str(kind.label)) for name, kind in kinds.items() if kind is not None}
    return ((one, *labels[one.kind]) for one in found if one.kind in labels)


def _answer(
    one: Found, kind: Kind, label: str, balances: Sequence[Balance], subtitle: str = ""
) -> Answer:
    return Answer(
        kind=one.kind,
        label=label,
        icon=kind.icon,
        ref=one.ref,
        title=one.title,
        subtitle=subtitle or one.subtitle,
        url=kind.link(one.ref),
        customer_id=resolve(one.customer_id) if one.customer_id else None,
        balances=tuple(balances),
    )


def _balances(owed: dict[str, Decimal]) -> tuple[Balance, ...]:
    home = company().currency
    return tuple(
        Balance(owed[currency], currency)
        for currency in sorted(owed, key=lambda each: (each != home, each))
        if owed[currency] or len(owed) == 1
    )


def _nothing() -> Balance:
    return Balance(Decimal(0), company().currency)


def balances_of(customer_ids: Iterable[UUID]) -> dict[UUID, tuple[Balance, ...]]:
    """Return what each of these customers owes, for lists and cards."""
    return {
        customer_id: _balances(owed) or (_nothing(),)
        for customer_id, owed in owed_by(customer_ids).items()
    }
