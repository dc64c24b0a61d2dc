"""What leaves the house, such as a letter: noted with its cause, sent after the commit.

A database can take back what it wrote; a letter stays sent. So a handler only notes it, once for
each key, in its own transaction. It is sent afterwards, by whoever gets to it first, and a crash
between sending and noting that repeats it with the same key: at least once, and at most once
more for every crash.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bus.envelopes import Delivery, Envelope, delivery_context
from bus.errors import DeclarationError
from bus.rows import upsert
from bus.runtime import moment, runtime
from bus.tables import OPEN, bus_effect

_LONGEST_KEY = 200


@dataclass(frozen=True)
class Effect:
    """Something to send. The key goes along, so that the receiver can refuse a second one."""

    key: str
    kind: str
    payload: Mapping[str, Any]
    #: 1 at the first try.
    attempt: int


#: Sends it, and returns how the receiver calls it, if it says.
Send = Callable[[Effect], str | None]


@dataclass(frozen=True)
class EffectKind:
    """How one kind of effect is sent."""

    name: str
    send: Send
    max_attempts: int
    patience: timedelta


effect_kinds: dict[str, EffectKind] = {}


def sends(
    kind: str, *, max_attempts: int = 10, patience: timedelta = timedelta(minutes=1)
) -> Callable[[Send], Send]:
    """Make a function the one that sends effects of a kind; it runs outside any transaction.

    Parameters:
      max_attempts: After so many tries it waits for a person.
      patience: After this long the sender is taken for dead, and another one tries: longer than
        the function's own time-out.
    """

    def register(send: Send) -> Send:
        effect_kinds[kind] = EffectKind(kind, send, max_attempts, patience)
        return send

    return register


def note_effect(
    kind: str, payload: Mapping[str, Any], *, key: str = "", about: object = None
) -> bool:
    """Note, in the caller's transaction, that something is to be sent; False if it is not.

    It is not when it was noted before, when the module is hearing history, or when the event
    tells of settled history: nobody gets yesterday's letters.

    Parameters:
      payload: Plain values: all that the sender needs.
      key: What makes it the only one of its kind for its event. Outside a handler it stands alone
        and must be given.
      about: In a batch handler, the event that it is about.
    """
    context = delivery_context()
    cause = _cause(context, about)
    if context is not None and cause is not None and (context.replaying or cause.historical):
        return False
    row = {
        "key": _whole_key(kind, key, context, cause),
        "kind": kind,
        "subscriber": context.subscriber if context else None,
        "event_pos": cause.pos if cause else None,
        "payload": dict(payload),
        "status": OPEN,
        "attempts": 0,
        "noted_at": runtime().clock(),
    }
    connection = runtime().session().connection()
    statement = upsert(connection.dialect.name, bus_effect).values(
        **row, next_at=moment(connection)
    )
    statement = statement.on_conflict_do_nothing(index_elements=["key"])
    return bool(connection.execute(statement.returning(bus_effect.c.id)).first())


def _cause(context: Delivery | None, about: object) -> Envelope | None:
    if context is None:
        return None
    return context.of(about) if about is not None else context.envelope


def _whole_key(kind: str, key: str, context: Delivery | None, cause: Envelope | None) -> str:
    if context is None or cause is None:
        if not key:
            raise DeclarationError(f"{kind}: outside a handler an effect needs a key of its own")
        whole = f"{kind}/{key}"
    else:
        whole = f"{kind}/{context.subscriber}/{cause.id}" + (f"/{key}" if key else "")
    if len(whole) > _LONGEST_KEY:
        raise DeclarationError(f"{kind}: the key {whole} has more than {_LONGEST_KEY} characters")
    return whole
