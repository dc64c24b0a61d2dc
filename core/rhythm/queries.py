"""The purchase histories of all customers, one customer at a time, however many there are."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, type_coerce

from core.columns import Money, Quantity
from core.customers.models import Customer, CustomerAlias
from core.customers.resolution import resolve, same_customer
from core.db import db
from core.deals.models import Deal, DealLine
from core.money import to_money
from core.rhythm.hindsight import Later, later_changes
from core.rhythm.purchases import Purchase

#: So many customers are in memory at once.
CHUNK = 500
#: So many rows are fetched at once where one row is little.
_READ = 5000


@dataclass(frozen=True, slots=True)
class History:
    """What one customer bought, oldest first."""

    customer_id: UUID
    #: Her number in another system, under which an import knows her; else the id of her card.
    reference: str
    purchases: tuple[Purchase, ...]


def purchases(before: date | None = None, *, chunk: int = CHUNK) -> Iterator[History]:
    """Yield every customer who ever bought, in the order of the cards' ids.

    What was cancelled or returned does not count; free goods and taken-over history do. Cards
    that are the same customer are one history.

    Args:
        before: only what was sold before this day, as it stood then.
        chunk: how many cards are read at once.
    """
    aliases = _aliases()
    after: UUID | None = None
    while cards := _cards(after, chunk):
        first, after = cards[0][0], cards[-1][0]
        leading = [(id_, code) for id_, code in cards if id_ not in aliases]
        others = _others([id_ for id_, _code in leading], aliases)
        whose: ColumnElement[bool] = Deal.customer_id.between(first, after)
        if others:
            whose = or_(whose, Deal.customer_id.in_(others))
        bought = _bought(whose, before)
        for id_, code in leading:
            if id_ in bought:
                yield History(id_, code or _code_of(id_, others) or str(id_), bought[id_])


def purchases_of(customer_id: UUID) -> tuple[Purchase, ...]:
    """Return what one customer bought until now, oldest first, under all her cards."""
    return purchases_by([customer_id]).get(resolve(customer_id), ())


def purchases_by(customer_ids: Iterable[UUID]) -> dict[UUID, tuple[Purchase, ...]]:
    """Return what these customers bought until now, by the cards that stand for them."""
    ids = {one for each in customer_ids for one in same_customer(each)}
    return _bought(Deal.customer_id.in_(sorted(ids)), None)


def histories(customer_ids: Iterable[UUID], before: date) -> Iterator[History]:
    """Yield what these customers bought before a day, as it stood then, in the order of ids."""
    ids = sorted({resolve(each) for each in customer_ids})
    for start in range(0, len(ids), CHUNK):
        cards = {one for each in ids[start : start + CHUNK] for one in same_customer(each)}
        bought = _bought(Deal.customer_id.in_(sorted(cards)), before)
        for id_ in sorted(bought):
            yield History(id_, str(id_), bought[id_])


class Buyer(NamedTuple):
    """A card, since when there are purchases on it, and what was bought on several days."""

    customer_id: UUID
    since: date
    again: tuple[str, ...]


def buyers(before: date) -> Iterator[Buyer]:
    """Yield every card on which anything was sold before a day, whatever became of it."""
    first, last = func.min(Deal.sold_on), func.max(Deal.sold_on)
    query = (
        select(Deal.customer_id, DealLine.sku, first.label("since"), (first < last).label("again"))
        .join(DealLine, DealLine.deal_id == Deal.id)
        .where(Deal.sold_on < before)
        .group_by(Deal.customer_id, DealLine.sku)
        .order_by(Deal.customer_id)
    )
    rows = db.session.execute(query.execution_options(yield_per=_READ))
    for id_, same in groupby(rows, key=itemgetter(0)):
        of_card = list(same)
        again = tuple(row.sku for row in of_card if row.again)
        yield Buyer(id_, min(row.since for row in of_card), again)


def anything_before(day: date) -> bool:
    """Say whether anything was sold before a day."""
    return db.session.scalar(select(Deal.id).where(Deal.sold_on < day).limit(1)) is not None


def _aliases() -> set[UUID]:
    return set(db.session.scalars(select(CustomerAlias.alias_id)))


def _cards(after: UUID | None, chunk: int) -> list[tuple[UUID, str | None]]:
    query = select(Customer.id, Customer.code).order_by(Customer.id).limit(chunk)
    rows = db.session.execute(query if after is None else query.where(Customer.id > after))
    return [(row.id, row.code) for row in rows]


def _others(leading: Sequence[UUID], aliases: set[UUID]) -> dict[UUID, str | None]:
    """Return the other cards of these customers, each with its number."""
    if not aliases:
        return {}
    ids = {other for id_ in leading for other in same_customer(id_)} & aliases
    query = select(Customer.id, Customer.code).where(Customer.id.in_(ids))
    return {row.id: row.code for row in db.session.execute(query)}


def _code_of(id_: UUID, others: Mapping[UUID, str | None]) -> str | None:
    codes = (code for other, code in others.items() if code and resolve(other) == id_)
    return min(codes, default=None)


def _bought(whose: ColumnElement[bool], before: date | None) -> dict[UUID, tuple[Purchase, ...]]:
    """Return what these customers bought, under the cards that stand for them."""
    query = (
        select(
            Deal.customer_id, Deal.sold_on, Deal.currency, DealLine.line_id, DealLine.sku,
            type_coerce(DealLine.ordered - DealLine.cancelled, Quantity()).label("bought"),
            type_coerce(DealLine.amount - DealLine.cancelled_amount, Money()).label("paid"),
            DealLine.returned,
        )
        .join(DealLine, DealLine.deal_id == Deal.id)
        .where(whose)
        .order_by(Deal.customer_id, Deal.sold_on, Deal.id, DealLine.position)
    )  # fmt: skip
    later: Mapping[UUID, Later] = {}
    if before is not None:
        query = query.where(Deal.sold_on < before)
        later = later_changes(whose, before)
    found: dict[UUID, list[Purchase]] = defaultdict(list)
    for id_, rows in groupby(db.session.execute(query), key=lambda row: row.customer_id):
        kept = [one for row in rows if (one := _kept(row, later.get(row.line_id))) is not None]
        if kept:
            found[resolve(id_)] += kept
    return {id_: tuple(sorted(each, key=lambda one: one.day)) for id_, each in found.items()}


def _kept(row: Any, later: Later | None) -> Purchase | None:
    """Return what the customer kept of a line, or nothing."""
    bought, paid, returned = row.bought, row.paid, row.returned
    if later is not None:
        bought, paid, returned = (
            bought - later.bought, paid - later.paid, returned - later.returned
        )  # fmt: skip
    kept = bought - returned
    if kept <= 0:
        return None
    amount = to_money(paid * kept / bought) if returned else paid
    return Purchase(row.sold_on, kept, amount, row.currency, row.sku)
