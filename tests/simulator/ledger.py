"""What somebody outside knows of a run, and what must hold of the database whatever happened."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session

from bus import subscribers
from bus.kept import Kept
from bus.subscribers import State, Subscriber
from bus.tables import DEAD, DONE, OPEN, SKIPPED, bus_delivery, bus_event
from tests.simulator.cast import act, heard, total

#: As many attempts as anybody has, and as often as history is told before each event is alone.
MOST_TRIES = 4 + 4


class Violation(AssertionError):
    """Something that must never be is."""


class Ledger:
    """Which acts were begun, and which were said to be done."""

    def __init__(self) -> None:
        self.attempted: set[int] = set()
        self.acknowledged: set[int] = set()
        #: Dead letters that a person retried or skipped.
        self.mended: set[tuple[str, int]] = set()
        self.found_missing = 0

    def check_tries(self, tries: Mapping[tuple[str, int], int]) -> None:
        """Check that nobody tries for ever what kills the process each time."""
        for (name, pos), count in tries.items():
            few = count <= MOST_TRIES or (name, pos) in self.mended
            _must(few, f"{name} tried the deadly {pos} {count} times")

    def check_safety(self, session: Session) -> None:
        """Check what holds at every moment."""
        self._check_log(session)
        _must(self.found_missing == 0, f"{self.found_missing} deliveries were never written")
        for me in subscribers.installed(session.connection()):
            self._check_effects(session, me)

    def check_liveness(self, session: Session) -> None:
        """Check what holds once the trouble is over: everybody has heard everything."""
        for me in subscribers.installed(session.connection()):
            _must(me.state == State.ENABLED, f"{me.name} is still {me.state}")
            found = _deliveries(session, me.name)
            known = _heard(session, me.name)
            stuck = {row.aggregate_id: row.seq for row in found.values() if row.status == DEAD}
            for event in _concerning(session, me):
                row = found.get(event.pos)
                status = row.status if row is not None else DONE
                _must(
                    status != OPEN or _is_behind(event, stuck, me),
                    f"{me.name} has not heard {event.pos}, and nothing stands before it",
                )
                told = status != DONE or event.pos in known
                _must(told, f"{me.name} was never told of {event.pos}")

    def _check_log(self, session: Session) -> None:
        """I1: an event and its act are both there or neither; what was said to be done is."""
        acts = {number for (number,) in _ACTS.rows(session.connection(), {})}
        rows = _LOG.rows(session.connection(), {})
        told = {row.payload["number"] for row in rows if row.type == "shop.counted"}
        _must(acts == told, f"acts without event {acts - told}, events without act {told - acts}")
        lost = self.acknowledged - acts
        _must(not lost, f"acknowledged and lost: {lost}")
        _must(acts <= self.attempted, f"never attempted: {acts - self.attempted}")
        last: dict[Any, int] = defaultdict(int)
        for row in rows:
            _must(row.seq == last[row.aggregate_id] + 1, f"event {row.pos} is out of its order")
            last[row.aggregate_id] = row.seq

    def _check_effects(self, session: Session, me: Subscriber) -> None:
        """I2, I3: every event was heard at most once, in its aggregate's order, without a hole."""
        rows = _HEARD.rows(session.connection(), {"name": me.name})
        positions = [row.pos for row in rows]
        _must(len(set(positions)) == len(positions), f"{me.name} has heard twice: {positions}")
        kept = _SUM.scalar(session.connection(), {"name": me.name})
        _must(kept == sum(positions), f"{me.name}'s sum is {kept}, not {sum(positions)}")
        found = _deliveries(session, me.name)
        for pos in positions:
            row = found.get(pos)
            _must(row is None or row.status == DONE, f"{me.name} heard {pos}, which is not done")
        for row in found.values():
            _must(row.attempts <= me.max_attempts, f"{me.name} tried {row.event_pos} too often")
            done = row.status == DONE and row.event_pos not in positions
            _must(not done, f"{me.name} is said to have heard {row.event_pos}, and has not")
        self._check_order(session, me, rows, found)

    def _check_order(
        self, session: Session, me: Subscriber, rows: Any, found: dict[int, Row[Any]]
    ) -> None:
        streams: dict[Any, list[int]] = defaultdict(list)
        for event in _concerning(session, me):
            streams[event.aggregate_id].append(event.pos)
        reached: dict[Any, int] = defaultdict(int)
        known = {row.pos for row in rows}
        for row in rows:
            late = (me.name, row.pos) in self.mended
            _must(
                row.pos > reached[row.aggregate_id] or (late and me.on_dead == "continue"),
                f"{me.name} heard {row.pos} after {reached[row.aggregate_id]} of the same thing",
            )
            reached[row.aggregate_id] = max(reached[row.aggregate_id], row.pos)
        for thing, last in reached.items():
            for pos in streams[thing]:
                passed = pos > last or pos in known or _may_be_missing(found.get(pos), me)
                _must(passed, f"{me.name} has heard {last} but not {pos} before it")


def _may_be_missing(row: Row[Any] | None, me: Subscriber) -> bool:
    """Given up by a person, or dead where others may pass; never simply forgotten."""
    if row is None:
        return False
    passable = (SKIPPED, DEAD, OPEN) if me.on_dead == "continue" else (SKIPPED,)
    return row.status in passable


def _is_behind(event: Row[Any], stuck: dict[Any, int], me: Subscriber) -> bool:
    return me.on_dead == "block" and stuck.get(event.aggregate_id, event.seq) < event.seq


def _deliveries(session: Session, name: str) -> dict[int, Row[Any]]:
    rows = _DELIVERIES.rows(session.connection(), {"name": name})
    return {row.event_pos: row for row in rows}


def _heard(session: Session, name: str) -> set[int]:
    return {row.pos for row in _HEARD.rows(session.connection(), {"name": name})}


def _concerning(session: Session, me: Subscriber) -> list[Row[Any]]:
    return [row for row in _LOG.rows(session.connection(), {}) if _listens(me, row)]


def _listens(me: Subscriber, row: Row[Any]) -> bool:
    kinds = me.wants.keys() & {row.type, row.fact}
    return any(me.wants[kind] for kind in kinds) if row.historical else bool(kinds)


_ACTS = Kept(select(act.c.number))
_LOG = Kept(select(bus_event).order_by(bus_event.c.pos))
_HEARD = Kept(select(heard).where(heard.c.subscriber == bindparam("name")).order_by(heard.c.id))
_SUM = Kept(select(total.c.positions).where(total.c.subscriber == bindparam("name")))
_DELIVERIES = Kept(select(bus_delivery).where(bus_delivery.c.subscriber == bindparam("name")))


def _must(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Violation(otherwise)
