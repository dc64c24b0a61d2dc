"""Many events are handed over at once, and still each aggregate's in its order.

The k-th event of every aggregate forms the k-th wave. Inside a wave no two events have an order,
so all of one kind go to a batch handler together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from bus.codec import read
from bus.envelopes import Delivery, Envelope, delivering
from bus.subscriptions import Subscription, subscriptions

Group = list[Envelope]


def hand_over(
    subscriber: str,
    envelopes: Sequence[Envelope],
    *,
    replaying: bool = False,
    rebuilding: bool = False,
) -> None:
    """Run the subscriber's handlers over events that are sorted by their place in the log.

    Rebuilding leaves out the handlers that act: what they did is done.
    """
    for group in _groups(envelopes):
        for subscription in subscriptions.of(subscriber, group[0].kinds):
            if subscription.acts and rebuilding:
                continue
            if subscription.historical or not group[0].historical:
                _call(subscription, group, replaying=replaying)


def _call(subscription: Subscription, group: Group, *, replaying: bool) -> None:
    events: list[Any] = [read(envelope, subscription.target) for envelope in group]
    subscriber, handler = subscription.subscriber, subscription.handler
    if subscription.batch:
        with delivering(Delivery(subscriber, replaying, tuple(group), tuple(events))):
            handler(events)
        return
    for envelope, event in zip(group, events, strict=True):
        with delivering(Delivery(subscriber, replaying, (envelope,), (event,))):
            handler(event)


def _groups(envelopes: Sequence[Envelope]) -> Iterator[Group]:
    seen = Counter[UUID]()
    waves: dict[int, dict[tuple[tuple[str, ...], bool], Group]] = defaultdict(dict)
    for envelope in envelopes:
        wave = waves[seen[envelope.aggregate_id]]
        wave.setdefault((envelope.kinds, envelope.historical), []).append(envelope)
        seen[envelope.aggregate_id] += 1
    for number in sorted(waves):
        yield from waves[number].values()
