"""The simulator finds what it is made to find: bugs that are planted here, one at a time.

A planted bug is a patch of a function, applied by a test; there is no switch for it in the bus.
"""

import logging

import pytest
from sqlalchemy import bindparam, select, text, update

from bus import claims, delivery, failures, subscribers
from bus.runtime import moment, runtime
from bus.sweeper import Sweeper
from bus.tables import bus_delivery, bus_subscriber
from bus.waves import hand_over
from tests.simulator.runs import simulator

#: Seeds in which a bug must show.
ENOUGH = 150
_table = bus_delivery.c


@pytest.fixture
def finds(monkeypatch):
    """Run seeds until something is violated, and return what."""
    monkeypatch.setattr(logging.getLogger("bus"), "disabled", True)

    def look(**how) -> str:
        with simulator() as simulated:
            for seed in range(ENOUGH):
                if violation := simulated.run(seed, **how).violation:
                    return violation
        return ""

    return look


def test_done_is_marked_before_the_handler(monkeypatch, finds):
    def mark_then_hand_over(name, rows, *, alone):
        with runtime().unit_of_work() as session:
            taken = delivery._take(session.connection(), name, rows)
            delivery._mark_done(session.connection(), name, list(taken))
        with runtime().unit_of_work():
            hand_over(name, delivery._in_turn(rows, taken))

    monkeypatch.setattr(delivery, "_work", mark_then_hand_over)

    assert "is said to have heard" in finds(settles=False)


def test_nothing_keeps_the_order(monkeypatch, finds):
    def any_due(now):
        columns = (_table.event_pos, _table.aggregate_id, _table.seq, _table.attempts)
        mine = (_table.subscriber == bindparam("name"), text("status = 0"), _table.next_at <= now)
        me = bus_subscriber.c.name == bindparam("name")
        return select(*columns).join(bus_subscriber, me).where(*mine)

    monkeypatch.setattr(claims, "due", any_due)
    monkeypatch.setattr(claims, "_with_followers", lambda _connection, _name, heads: list(heads))
    monkeypatch.setattr(
        delivery, "_in_turn", lambda _rows, taken: [t.event for t in taken.values()]
    )

    found = finds(settles=False)

    assert "before it" in found or "of the same thing" in found


def test_attempts_are_counted_after_the_handler(monkeypatch, finds):
    record = failures.record_failure

    def only_lease(connection, name, rows):
        if rows:
            these = _table.event_pos.in_([row.event_pos for row in rows])
            statement = update(bus_delivery).where(_table.subscriber == name, these)
            connection.execute(statement.values(next_at=moment(connection, claims.LEASE)))

    def count_then_record(name, row, error):
        with runtime().unit_of_work() as session:
            this = (_table.subscriber == name, _table.event_pos == row.event_pos)
            more = _table.attempts + 1
            session.execute(update(bus_delivery).where(*this).values(attempts=more))
        record(name, row, error)

    monkeypatch.setattr(claims, "_note", only_lease)
    monkeypatch.setattr(delivery, "record_failure", count_then_record)

    assert "tried the deadly" in finds(settles=False, trouble=120)


def test_a_lost_poke_is_found_by_nobody(monkeypatch, finds):
    monkeypatch.setattr(Sweeper, "sweep", lambda _self: None)

    found = finds(settles=True)

    assert "and nothing stands before it" in found or "is still" in found


def test_a_switch_forgets_how_far_a_module_is(monkeypatch, finds):
    change = subscribers.change

    def forget_mark(connection, name, **values):
        if values.get("state") == "disabled":
            values["mark"] = 0
        change(connection, name, **values)

    monkeypatch.setattr(subscribers, "change", forget_mark)
    # What its deliveries say of it is forgotten, too.
    monkeypatch.setattr("bus.history._already_told", lambda *_: set())

    found = finds(settles=True)

    assert "has heard twice" in found or "is still catching_up" in found
