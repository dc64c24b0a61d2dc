"""Make a log long: the same events again and again, written by the database itself."""

import os
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from core.app import Lamplit
from core.db import db, unit_of_work

#: Copies of the pattern in one statement: the database need not hold more of it at once.
CHUNK = 100_000
#: For how long the made-up company has traded, and what its upkeep has left of the deliveries.
TRADED, KEPT = 730 * 86_400, 30 / 730


@dataclass(frozen=True)
class Pattern:
    """Events that stand beside one another in the log, of one flow or of many things."""

    first: int
    size: int


class Filling:
    """Writes copies of a pattern behind the end of the log."""

    def __init__(self, app: Lamplit, pattern: Pattern) -> None:
        self._app, self._pattern = app, pattern
        self._rounds = 0

    def repeat(self, rounds: int, *, hearer: str) -> None:
        """Let the same happen to the same things again, with open deliveries for one subscriber."""
        with unit_of_work(self._app) as session:
            connection = session.connection()
            base = self._copy(
                connection,
                rounds,
                aggregate="t.aggregate_id",
                seq=f"t.seq + {self._rounds} + n + 1",
            )
            connection.execute(
                text(
                    "INSERT INTO bus_delivery (subscriber, event_pos, aggregate_id, seq, status,"
                    " attempts, next_at) SELECT :hearer, pos, aggregate_id, seq, 0, 0, at"
                    " FROM bus_event WHERE pos > :base"
                ),
                {"hearer": hearer, "base": base},
            )
            connection.execute(
                text(
                    "UPDATE bus_aggregate SET last_seq = last_seq + :rounds WHERE aggregate_id IN"
                    " (SELECT aggregate_id FROM bus_event WHERE pos BETWEEN :first AND :last)"
                ),
                {"rounds": rounds, **self._bounds()},
            )
        self._rounds += rounds

    def grow(self, events: int) -> None:
        """Let the same have happened to other things, over two years, all of it long done."""
        rounds = events // self._pattern.size
        for begin in range(0, rounds, CHUNK):
            with unit_of_work(self._app) as session:
                connection = session.connection()
                some = min(CHUNK, rounds - begin)
                ago = f"(({rounds} - {begin} - n) * {TRADED / rounds:.6f})"
                thing = _key(connection, "0181", ":base + n * :size")
                base = self._copy(connection, some, aggregate=thing, seq="t.seq", ago=ago)
                self._note_things(connection, base, some)
                self._note_heard(connection, base, keep_after=rounds * (1 - KEPT) - begin)
        with unit_of_work(self._app) as session:
            session.execute(
                text("UPDATE bus_subscriber SET proven = (SELECT max(pos) FROM bus_event)")
            )
        self._settle()

    def _copy(
        self, connection: Connection, rounds: int, *, aggregate: str, seq: str, ago: str = "0"
    ) -> int:
        """Write the events; returns the place behind which they begin."""
        base = connection.scalar(text("SELECT max(pos) FROM bus_event"))
        place = "(:base + n * :size + t.pos - :first + 1)"
        copied = (
            f"SELECT {place}, {_key(connection, '0180', place)}, t.aggregate_type, {aggregate},"  # noqa: S608
            f" {seq}, t.type, t.version, t.fact, t.fact_version, {_moment(connection, ago)},"
            f" t.actor, {_key(connection, '0182', place)}, t.historical, t.payload"
            f" FROM {_series(connection)} CROSS JOIN bus_event t"
            " WHERE t.pos BETWEEN :first AND :last ORDER BY n, t.pos"
        )
        values = {"base": base, "size": self._pattern.size, "rounds": rounds, **self._bounds()}
        connection.execute(text(f"INSERT INTO bus_event {copied}"), values)
        if connection.dialect.name == "postgresql":
            connection.execute(
                text("SELECT setval('bus_event_pos_seq', (SELECT max(pos) FROM bus_event))")
            )
        return int(base or 0)

    def _note_things(self, connection: Connection, base: int, rounds: int) -> None:
        thing = _key(connection, "0181", ":base + n * :size")
        connection.execute(
            text(
                "INSERT INTO bus_aggregate (aggregate_id, last_seq)"  # noqa: S608
                f" SELECT {thing}, :size FROM {_series(connection)} WHERE n >= 0"
            ),
            {"base": base, "size": self._pattern.size, "rounds": rounds},
        )

    def _note_heard(self, connection: Connection, base: int, keep_after: float) -> None:
        """Leave the deliveries of the last month, as they are when they are done."""
        size = self._pattern.size
        connection.execute(
            text(
                "INSERT INTO bus_delivery (subscriber, event_pos, aggregate_id, seq, status,"
                " attempts, next_at, done_at)"
                " SELECT d.subscriber, e.pos, e.aggregate_id, e.seq, 2, 1, e.at, e.at"
                " FROM bus_event e JOIN bus_delivery d"
                " ON d.event_pos = :first + (e.pos - :base - 1) % :size WHERE e.pos > :after"
            ),
            {
                "base": base,
                "size": size,
                "first": self._pattern.first,
                "after": base + max(0, int(keep_after)) * size,
            },
        )

    def _settle(self) -> None:
        """Do at once what comes by itself after so many new rows, but beside what is measured.

        That is PostgreSQL's vacuum, and for both that the disk has everything.
        """
        with self._app.app_context():
            engine = db.engine
        if engine.dialect.name == "postgresql":
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.execute(text("VACUUM ANALYZE"))
        else:
            driver: Any = engine.raw_connection().driver_connection
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.sync()

    def _bounds(self) -> dict[str, int]:
        first = self._pattern.first
        return {"first": first, "last": first + self._pattern.size - 1}


def _series(connection: Connection) -> str:
    """The numbers from 0 up, as many as there are rounds."""
    if connection.dialect.name == "postgresql":
        return "generate_series(0, CAST(:rounds AS bigint) - 1) AS s(n)"
    recursive = "SELECT 0 AS n UNION ALL SELECT n + 1 FROM s WHERE n < :rounds - 1"
    return f"(WITH RECURSIVE s AS ({recursive}) SELECT n FROM s) AS s"  # noqa: S608


def _key(connection: Connection, prefix: str, number: str) -> str:
    """A key that rises with a number, as those do that begin with the time."""
    if connection.dialect.name == "postgresql":
        return f"CAST('{prefix}' || lpad(to_hex(CAST({number} AS bigint)), 28, '0') AS uuid)"
    return f"printf('{prefix}%028x', {number})"


def _moment(connection: Connection, ago: str) -> str:
    if connection.dialect.name == "postgresql":
        return f"now() - interval '1 second' * {ago}"
    return f"strftime('%Y-%m-%d %H:%M:%f000', 'now', '-' || {ago} || ' seconds')"
