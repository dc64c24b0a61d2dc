"""The few locks that keep publishers, switches and drainers out of one another's way.

On SQLite a write transaction is the only one at its time, so nothing more is needed there.
"""

from zlib import crc32

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from bus.errors import Busy

#: How long a switch waits for publishers and handlers, and a page for another worker's row.
PATIENCE, PATIENCE_OF_PAGES = "5s", "3s"

_SPACE = 0x6C616D70
_LOG, _WORK, _TURN = 0, 1, 2


def _key(kind: int, subscriber: str) -> dict[str, int]:
    number = crc32(subscriber.encode())
    return {"space": _SPACE + kind, "key": number - (1 << 32) if number >= 1 << 31 else number}


def _is_postgresql(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def share_log(connection: Connection) -> None:
    """Publish beside other publishers; a switch waits until all of them are done."""
    if _is_postgresql(connection):
        connection.execute(_SHARE, _key(_LOG, ""))


def hold_log(connection: Connection) -> None:
    """Keep every publisher out: what lies in the log now is complete."""
    _hold(connection, _key(_LOG, ""))


def share_subscriber(connection: Connection, subscriber: str) -> None:
    """Work for a subscriber; switching it waits until this transaction is over."""
    if _is_postgresql(connection):
        connection.execute(_SHARE, _key(_WORK, subscriber))


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


def take_turn(connection: Connection, subscriber: str) -> bool:
    """Whether nobody else drains the subscriber; two drainers only halve each other's batches."""
    if not _is_postgresql(connection):
        return True
    return bool(connection.scalar(_TRY, _key(_TURN, subscriber)))


def turns_meet(connection: Connection) -> bool:
    """Whether a drainer may find that it is another process's turn, and leave without a look."""
    return _is_postgresql(connection)


def limit_waiting(connection: Connection) -> None:
    """Let a page wait for another worker's row for a moment only."""
    if _is_postgresql(connection):
        connection.execute(_LIMIT, {"limit": PATIENCE_OF_PAGES})


_LIMIT = text("SELECT set_config('lock_timeout', :limit, true)")
_SHARE = text("SELECT pg_advisory_xact_lock_shared(:space, :key)")
_HOLD = text("SELECT pg_advisory_xact_lock(:space, :key)")
_TRY = text("SELECT pg_try_advisory_xact_lock(:space, :key)")
