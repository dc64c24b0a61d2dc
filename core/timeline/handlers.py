"""The core listens to everything that is told about a customer, and notes when that was last.

It hears every kind of event with a `customer_id`, of whichever module: a fact, or an event that is
kept in order by the customer.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from typing import cast
from uuid import UUID

from sqlalchemy import Table

from bus import delivery_context, reading, subscribe, subscriber_policy
from bus.events import catalogue
from bus.kept import Kept
from bus.rows import by_name
from core.customers.models import CustomerTouch
from core.db import connection, dialect_name, upsert

# What the core notes for itself is for lists and for the night: nobody waits for it.
subscriber_policy("core", patience=0.5)

#: History that was taken over knows the day alone.
_NOON = time(12, tzinfo=UTC)


def kinds() -> Iterator[str]:
    """Yield the kinds of events that say whom they are about; what extends a fact is one of it."""
    for declaration in list(catalogue.by_type.values()):
        fields = declaration.cls.__dataclass_fields__
        if declaration.fact is None and declaration.aggregate and "customer_id" in fields:
            yield declaration.type


def _listen(kind: str) -> None:
    @reading(kind)
    class Touched:
        """Whom an event is about, and on which day it happened."""

        customer_id: UUID
        happened_on: date | None = None

    def touch(told: list[Touched]) -> None:
        """Note when the customers were last heard of."""
        context = delivery_context()
        assert context is not None, "handlers run in a delivery"  # noqa: S101
        last: dict[UUID, datetime] = {}
        for each in told:
            event = context.of(each)
            day = each.happened_on if event.historical else None
            at = datetime.combine(day, _NOON) if day else event.at
            last[each.customer_id] = max(at, last.get(each.customer_id, at))
        note(last)

    touch.__qualname__ = f"touch by {kind}"
    subscribe(batch=True, subscriber="core")(touch)


def note(last: dict[UUID, datetime]) -> None:
    """Write down when each customer was last heard of, unless something later is known."""
    rows = [{"customer_id": each, "touched_at": at} for each, at in sorted(last.items())]
    _noting(dialect_name()).run(connection(), rows)


@cache
def _noting(dialect: str) -> Kept:
    table = cast("Table", CustomerTouch.__table__)
    statement = upsert(table, dialect).values(by_name("customer_id", "touched_at"))
    newer = statement.excluded.touched_at
    noting = statement.on_conflict_do_update(
        index_elements=["customer_id"],
        set_={"touched_at": newer},
        where=table.c.touched_at < newer,
    )
    return Kept(noting)


for _kind in kinds():
    _listen(_kind)
