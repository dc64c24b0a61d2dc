"""What people did to the bus: kept with who, when and why, in the transaction of the act."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from bus.runtime import runtime
from bus.tables import bus_admin_log, bus_event


@dataclass(frozen=True)
class Act:
    """One act, such as the retry of a dead letter."""

    id: int
    at: datetime
    who: str
    what: str
    subscriber: str
    #: The event that it was about, if it was about one.
    pos: int | None
    type: str | None
    why: str


def note_act(
    what: str, subscriber: str, *, by: str | None, why: str = "", position: int | None = None
) -> None:
    """Keep an act, in the caller's transaction."""
    runtime().session().connection().execute(
        insert(bus_admin_log).values(
            at=runtime().clock(),
            who=by or "",
            what=what,
            subscriber=subscriber,
            event_pos=position,
            why=why,
        )
    )


def acts(*, before: int | None = None, limit: int = 50) -> list[Act]:
    """The last acts, the newest first; `before` is the id at which the last page ended."""
    table = bus_admin_log.c
    columns = (table.id, table.at, table.who, table.what, table.subscriber, table.event_pos)
    statement = (
        select(*columns, bus_event.c.type, table.why)
        .outerjoin(bus_event, bus_event.c.pos == table.event_pos)
        .order_by(table.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(table.id < before)
    return [Act(*row) for row in runtime().session().connection().execute(statement)]
