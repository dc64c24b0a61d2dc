"""Sends what was noted: outside every transaction, so that a slow receiver holds up nobody."""

import logging
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from bus.effects import Effect, EffectKind, effect_kinds
from bus.errors import Poison
from bus.kept import Kept
from bus.retries import back_off, told
from bus.rows import among_named
from bus.runtime import moment, named_moment, now_for, runtime
from bus.tables import DEAD, DONE, OPEN, bus_effect

_log = logging.getLogger("bus")
_table = bus_effect.c


class _Taken(NamedTuple):
    """An effect that this process is sending now."""

    id: int
    effect: Effect
    kind: EffectKind


def send_effects() -> int:
    """Send what is due, one after the other; returns how many were tried."""
    tried = 0
    while is_unsent() and (taken := _take()) is not None:
        _send(taken)
        tried += 1
    return tried


def is_unsent() -> bool:
    """Whether there is anything to send; asked without keeping writers from the database."""
    if not effect_kinds:
        return False
    with runtime().looking() as connection:
        return _first_due(connection.dialect.name).first(connection, _asked(connection)) is not None


def _due(dialect: str) -> Any:
    ours = among_named(dialect, _table.kind, "kinds")
    due = _table.next_at <= named_moment(dialect)
    return select(_table.id).where(_table.status == OPEN, due, ours).limit(1)


@cache
def _first_due(dialect: str) -> Kept:
    return Kept(_due(dialect))


@cache
def _next_due(dialect: str) -> Kept:
    oldest = _due(dialect).order_by(_table.next_at, _table.id)
    return Kept(oldest.with_for_update(skip_locked=True))


def _asked(connection: Connection) -> dict[str, Any]:
    return {"kinds": sorted(effect_kinds), **now_for(connection.dialect.name)}


def _take() -> _Taken | None:
    """Count the attempt and keep the others away, before anything leaves the house."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        number = _next_due(connection.dialect.name).scalar(connection, _asked(connection))
        if number is None:
            return None
        row = connection.execute(select(bus_effect).where(_table.id == number)).one()
        kind = effect_kinds[row.kind]
        values: dict[str, Any] = {"attempts": row.attempts + 1}
        if row.attempts >= kind.max_attempts:
            # It never failed, it only never came back: each time its process died.
            values = {"status": DEAD, "error_class": "ProcessDied"}
            values["error"] = f"The process ended {row.attempts} times while this was being sent."
        values["next_at"] = moment(connection, kind.patience)
        connection.execute(update(bus_effect).where(_table.id == number).values(**values))
        effect = Effect(row.key, row.kind, row.payload, row.attempts + 1)
        return _Taken(number, effect, kind)


def _send(taken: _Taken) -> None:
    if taken.effect.attempt > taken.kind.max_attempts:
        return
    try:
        with runtime().surroundings():
            reference = taken.kind.send(taken.effect)
    except Exception as error:
        _note_failure(taken, error)
    else:
        _change(taken, status=DONE, sent_at=runtime().clock(), reference=reference)


def _note_failure(taken: _Taken, error: Exception) -> None:
    values: dict[str, Any] = {"error_class": type(error).__name__, "error": told(error)}
    if isinstance(error, Poison) or taken.effect.attempt >= taken.kind.max_attempts:
        _change(taken, status=DEAD, **values)
    else:
        _change(taken, after=back_off(taken.effect.attempt, taken.id), **values)
    _log.warning(
        "%s could not be sent (attempt %d): %r", taken.effect.key, taken.effect.attempt, error
    )


def _change(taken: _Taken, *, after: timedelta | None = None, **values: Any) -> None:
    """Write the outcome, unless a person or another process has decided meanwhile."""
    with runtime().unit_of_work() as session:
        connection = session.connection()
        if after is not None:
            values["next_at"] = moment(connection, after)
        connection.execute(
            update(bus_effect)
            .where(_table.id == taken.id, _table.status == OPEN)
            .where(_table.attempts == taken.effect.attempt)
            .values(**values)
        )


def forget_sent(before: datetime, limit: int) -> int:
    """Remove effects that were sent before a moment; returns how many."""
    connection = runtime().session().connection()
    old = (
        select(_table.id)
        .where(_table.status == DONE, _table.sent_at < before)
        .order_by(_table.id)
        .limit(limit)
    )
    return connection.execute(bus_effect.delete().where(_table.id.in_(old))).rowcount
