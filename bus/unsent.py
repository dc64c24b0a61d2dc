"""What could not be sent, and what a person does about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, text, update

from bus.acts import note_act
from bus.errors import WrongState
from bus.runtime import moment, runtime
from bus.tables import DEAD, OPEN, SKIPPED, bus_effect

_table = bus_effect.c


@dataclass(frozen=True)
class Unsent:
    """An effect that waits, or needs a person."""

    key: str
    kind: str
    subscriber: str | None
    noted_at: datetime
    next_at: datetime
    attempts: int
    is_dead: bool
    error: str | None


def unsent_effects(limit: int = 50) -> list[Unsent]:
    """What was not sent yet, the dead ones first."""
    columns = (_table.key, _table.kind, _table.subscriber, _table.noted_at, _table.next_at)
    statement = (
        select(*columns, _table.attempts, (_table.status == DEAD), _table.error)
        .where(text("status < 2"))
        .order_by(_table.status.desc(), _table.id)
        .limit(limit)
    )
    return [Unsent(*row) for row in runtime().session().connection().execute(statement)]


def retry_effect(key: str, *, by: str) -> None:
    """Try a dead effect anew, with all its attempts."""
    connection = runtime().session().connection()
    _change(key, status=OPEN, attempts=0, next_at=moment(connection), error=None, error_class=None)
    note_act("retry_effect", _subscriber(key), by=by, why=key)


def skip_effect(key: str, *, by: str, reason: str) -> None:
    """Give a dead effect up for good."""
    if not reason.strip():
        raise WrongState("say why it is not sent")
    _change(key, status=SKIPPED)
    note_act("skip_effect", _subscriber(key), by=by, why=f"{key}: {reason.strip()}")


def _change(key: str, **values: object) -> None:
    statement = update(bus_effect).where(_table.key == key, _table.status == DEAD)
    if not runtime().session().connection().execute(statement.values(**values)).rowcount:
        raise WrongState(f"{key} does not wait for a person")


def _subscriber(key: str) -> str:
    statement = select(_table.subscriber).where(_table.key == key)
    return runtime().session().connection().scalar(statement) or ""
