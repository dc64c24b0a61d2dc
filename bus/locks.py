"""The few locks that keep publishers, switches and drainers out of one another's way.

On SQLite a write transaction is the only one at its time, so nothing more is needed there.
"""

from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bus.errors import Busy
from bus.kept import Kept

#: How long a switch waits for publishers and handlers, and a page for another worker's row.
PATIENCE, PATIENCE_OF_PAGES = "5s", "3s"

_SPACE = 0x6C616D70
_LOG, _WORK, _TURN = 0, 1, 2


def _key(kind: int, subscriber: str) -> dict[str, int]:
    number = crc32(subscriber.encode())
    return {"space": _SPACE + kind, "key": number - (1 << 32) if number >= 1 << 31 else number}


def _named(kind: int, subscriber: str, name: str) -> dict[str, int]:
    return {f"{name}_{part}": value for part, value in _key(kind, subscriber).items()}


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def share_log(connection: Connection) -> None:
    """Publish beside other publishers; a switch waits until all of them are done."""
    if _is_postgresql(connection):
        _SHARE.first(connection, _key(_LOG, ""))


def hold_log(connection: Connection) -> None:
    """Keep every publisher out: what lies in the log now is complete."""
    _hold(connection, _key(_LOG, ""))


def share_subscriber(connection: Connection, subscriber: str, *, alone: bool = False) -> None:
    """Work for a subscriber; switching it waits until this transaction is over.

    Alone, other drainers are to leave, as far as none of them has the turn.
    """
    if _is_postgresql(connection):
        turn = _named(_TURN, subscriber, "turn") if alone else {}
        said = _SHARE_ALONE if alone else _SHARE
        said.first(connection, {**_key(_WORK, subscriber), **turn})


def hold_subscriber(connection: Connection, subscriber: str) -> None:
    """Let nobody work for the subscriber during this transaction."""
    _hold(connection, _key(_WORK, subscriber))


def _hold(connection: Connection, key: dict[str, int]) -> None:
    if not _is_postgresql(connection):
        return
    connection.execute(_LIMIT, {"limit": PATIENCE})
    try:
        connection.execute(_HOLD, key)
    except OperationalError as error:
        raise Busy(f"somebody has been writing for more than {PATIENCE}: try again") from error
    connection.execute(_LIMIT, {"limit": "0"})


def begin_claim(connection: Connection, subscriber: str) -> bool:
    """Whether nobody else drains the subscriber; two drainers only halve each other's batches.

    Losing the note of a claim in a crash is harmless, so its commit need not wait for the disk.
    """
    if not _is_postgresql(connection):
        return True
    return bool(_CLAIM.scalar(connection, _key(_TURN, subscriber)))


def turns_meet(connection: Connection) -> bool:
    """Whether a drainer may find that it is another process's turn, and leave without a look."""
    return _is_postgresql(connection)


def begin_claim_of_one(connection: Connection) -> None:
    """Let a page wait for another worker's row for a moment only; its note is no loss either."""
    if _is_postgresql(connection):
        connection.execute(_CLAIM_ONE, {"limit": PATIENCE_OF_PAGES})


_LIMIT = text("SELECT set_config('lock_timeout', :limit, true)")
_SHARE = Kept(text("SELECT pg_advisory_xact_lock_shared(:space, :key)"))
_HOLD = text("SELECT pg_advisory_xact_lock(:space, :key)")
_SHARE_ALONE = Kept(
    text(
        "SELECT pg_advisory_xact_lock_shared(:space, :key),"
        " pg_try_advisory_xact_lock(:turn_space, :turn_key)"
    )
)
_CLAIM_ONE = text(
    "SELECT set_config('lock_timeout', :limit, true), set_config('synchronous_commit', 'off', true)"
)
_CLAIM = Kept(
    text(
        "SELECT pg_try_advisory_xact_lock(:space, :key),"
        " set_config('synchronous_commit', 'off', true)"
    )
)
