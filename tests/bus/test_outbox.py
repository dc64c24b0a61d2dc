"""An event is stored with its cause or not at all."""

import threading
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

import bus
from bus.outbox import before_publish, on_publish
from bus.tables import bus_event
from tests.bus.company import a_listener, a_number_event, things


def test_a_stored_event_says_who_said_what_about_what(company):
    sold = a_number_event("deals.sold")

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

        quotation: str | None = None

    (thing,) = things(1)
    (stored,) = company.publish(OrderPlaced(thing_id=thing, number=5, quotation="Q-1"))

    (row,) = company.log()
    assert (row.pos, row.id, row.aggregate_id, row.seq) == (stored.pos, stored.id, thing, 1)
    assert (row.type, row.fact, row.aggregate_type) == ("sales.order_placed", "deals.sold", "thing")
    assert row.payload == {
        "thing_id": str(thing),
        "number": 5,
        "historical": False,
        "quotation": "Q-1",
    }
    assert stored.kinds == ("sales.order_placed", "deals.sold")
    assert (stored.actor, stored.at, stored.historical) == ("Wang", row.at, False)


def test_what_is_rolled_back_was_never_published(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()

    with company.unit_of_work() as session:
        bus.publish(counted(thing_id=things(1)[0], number=1))
        session.rollback()

    assert company.log() == []
    assert company.deliveries("finance") == []


def test_nothing_is_published_outside_a_transaction(company):
    counted = a_number_event()
    with company.engine.connect() as connection:
        if company.is_sqlite:
            connection.exec_driver_sql("COMMIT")
        else:
            connection.connection.driver_connection.rollback()
            connection.connection.driver_connection.autocommit = True
        from sqlalchemy.orm import Session

        company.connect_session(Session(bind=connection))
        with pytest.raises(bus.NoTransaction):
            bus.publish(counted(thing_id=things(1)[0], number=1))


def test_an_invalid_event_is_refused_and_leaves_no_trace(company):
    counted = a_number_event()

    with pytest.raises(bus.InvalidEvent, match=r"Counted\.number must be int"):
        company.publish(counted(thing_id=things(1)[0], number="one"))

    assert company.log() == []


def test_what_nobody_declared_is_not_published(company):
    class Rumour(bus.Event):
        """Somebody says something."""

    with pytest.raises(bus.InvalidEvent, match="not declared"):
        company.publish(Rumour())


def test_only_those_who_listen_and_are_on_get_a_delivery(company):
    counted, other = a_number_event(), a_number_event("shop.other")
    a_listener("finance", counted)
    a_listener("warehouse", other)
    a_listener("service", counted)
    company.open_for_business()
    with company.unit_of_work():
        bus.disable("service")

    company.publish(counted(thing_id=things(1)[0], number=1))

    assert company.states("finance") == ["open"]
    assert company.states("warehouse") == []
    assert company.states("service") == []


def test_settled_history_spares_those_who_do_not_want_it(company):
    counted = a_number_event()
    a_listener("finance", counted)
    a_listener("service", counted, historical=False)
    a_listener("warehouse", counted, historical=False)
    a_listener("warehouse", counted)
    company.open_for_business()
    (thing,) = things(1)

    company.publish(
        counted(thing_id=thing, number=1, historical=True), counted(thing_id=thing, number=2)
    )
    bus.drain_all()

    assert company.heard_by("finance") == [1, 2]
    assert company.heard_by("service") == [2]
    assert company.heard_by("warehouse") == [1, 2, 2]


def test_two_clerks_at_once_leave_one_gapless_order(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    (thing,) = things(1)
    start = threading.Barrier(2)

    def clerk(first: int) -> None:
        start.wait()
        for number in range(first, first + 20):
            company.publish(counted(thing_id=thing, number=number))

    clerks = [threading.Thread(target=clerk, args=(first,)) for first in (100, 200)]
    for each in clerks:
        each.start()
    for each in clerks:
        each.join()
    bus.drain("finance")

    log = company.log()
    assert [row.seq for row in log] == list(range(1, 41))
    heard = company.heard_by("finance")
    assert heard == [row.payload["number"] for row in log]
    assert [n for n in heard if n < 200] == list(range(100, 120))


def test_many_events_are_stored_in_their_order(company):
    counted = a_number_event()
    a_listener("finance", counted)
    company.open_for_business()
    known, *new = things(120)
    company.publish(counted(thing_id=known, number=0))

    with company.unit_of_work():
        stored = bus.publish_many(
            [counted(thing_id=thing, number=n) for n in (1, 2, 3) for thing in (known, *new)]
        )
    bus.drain_all()

    assert [each.pos for each in stored] == sorted(each.pos for each in stored)
    assert company.heard_by("finance", known) == [0, 1, 2, 3]
    for thing in new[::20]:
        assert company.heard_by("finance", thing) == [1, 2, 3]


def test_events_without_an_aggregate_have_no_order(company):
    @bus.event("shop.rang")
    class BellRang(bus.Event):
        """Somebody has rung the bell."""

        number: int

    first, second = company.publish(BellRang(number=1), BellRang(number=2))

    assert (first.seq, second.seq) == (1, 1)
    assert first.aggregate_id == first.id != second.aggregate_id


def test_the_core_may_guard_and_follow_a_publish(company):
    counted = a_number_event()
    seen = []

    def guard(events):
        seen.append(("before", [each.number for each in events]))

    def follow(stored):
        rows = bus_event.select().where(bus_event.c.pos == stored[0].pos)
        from bus.runtime import runtime

        seen.append(("after", runtime().session().execute(rows).one().id == stored[0].id))

    from bus import outbox

    before_publish(guard)
    on_publish(follow)
    try:
        company.publish(counted(thing_id=things(1)[0], number=9))
    finally:
        outbox._forehooks.remove(guard)
        outbox._hooks.remove(follow)

    assert seen == [("before", [9]), ("after", True)]


def test_the_events_of_one_transaction_belong_together(company):
    counted = a_number_event()
    (thing,) = things(1)

    one, two = company.publish(counted(thing_id=thing, number=1), counted(thing_id=thing, number=2))
    (three,) = company.publish(counted(thing_id=thing, number=3))

    assert isinstance(one.correlation_id, UUID)
    assert one.correlation_id == two.correlation_id != three.correlation_id


def test_the_database_itself_keeps_the_log_from_being_edited(company):
    counted = a_number_event()
    company.publish(counted(thing_id=things(1)[0], number=1))

    for change in (update(bus_event).values(actor="Nobody"), delete(bus_event)):
        with pytest.raises(DBAPIError, match="append-only"), company.unit_of_work() as session:
            session.execute(change)

    with company.reading() as session:
        assert session.scalar(select(bus_event.c.actor)) == "Wang"
