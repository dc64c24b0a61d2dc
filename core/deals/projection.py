"""Fold every published fact into its deal, inside the publisher's own transaction.

The deal is no subscriber: when a department's act is committed, the picture is already true.
"""

from collections.abc import Sequence

from bus import Event, StoredEvent
from core.db import db
from core.deals.errors import DealUnknown
from core.deals.facts import Fact, Sold
from core.deals.fold import Stated, entry, opened
from core.deals.locking import held_rows
from core.deals.models import Deal, DealEntry
from core.deals.rows import write
from core.live.hints import hint
from core.search import index


def hold(events: Sequence[Event]) -> None:
    """Lock the deals of these facts before the bus writes anything.

    Always deal first, then the bus's own rows: the same order as an act that took the lock
    itself, so two of them cannot wait for each other.
    """
    if ids := {each.deal_id for each in events if isinstance(each, Fact)}:
        db.session.info["deals_held"] = held_rows(ids)


def project(stored: Sequence[StoredEvent]) -> None:
    """Fold the facts among these events, in their order, and tell screens and search."""
    stated = [(each, each.event) for each in stored if isinstance(each.event, Fact)]
    if not stated:
        return
    held: dict[object, Deal] = db.session.info.pop("deals_held")
    entries: list[DealEntry] = []
    for each, fact in stated:
        deal = held.get(fact.deal_id)
        if deal is None:
            deal = held[fact.deal_id] = _open(fact)
        told = Stated(fact, each.at, each.actor)
        entries.append(entry(deal, told, each.id, each.pos, each.type))
    write(held.values(), entries)
    sold = {fact.deal_id: None for _, fact in stated if isinstance(fact, Sold)}
    index.put_many([_words(held[deal_id]) for deal_id in sold])
    for number in {fact.number for _, fact in stated if not fact.historical}:
        hint("deals", number)


def _open(fact: Fact) -> Deal:
    if not isinstance(fact, Sold):
        raise DealUnknown(number=fact.number)
    return opened(fact)


def _words(deal: Deal) -> index.Entry:
    return index.Entry(
        kind="order",
        ref=deal.number,
        title=deal.number,
        subtitle=deal.customer_name,
        words=(deal.number, deal.customer_name, *(line.name for line in deal.lines)),
        customer_id=deal.customer_id,
    )
