"""A person sees what happened, who heard of it, and what waits."""

from datetime import UTC, datetime, timedelta

import bus
from bus.queries import first_position
from tests.bus.company import a_listener, a_number_event, things


def test_events_are_found_by_what_they_are_about_who_did_them_and_when(company):
    sold = a_number_event("deals.sold")

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

    mine, yours = things(2)
    (first,) = company.publish(OrderPlaced(thing_id=mine, number=1))
    company.person = "Li"
    second, third = company.publish(
        OrderPlaced(thing_id=yours, number=2), OrderPlaced(thing_id=mine, number=3)
    )

    def found(**wanted):
        with company.reading():
            return [each.payload["number"] for each in bus.events(**wanted)]

    assert found() == [3, 2, 1]
    assert found(aggregate_id=mine) == [3, 1]
    assert found(kind="deals.sold") == found(kind="sales.order_placed") == [3, 2, 1]
    assert found(actor="Wang") == [1]
    assert found(correlation_id=second.correlation_id) == [3, 2]
    assert found(until=first.at) == []
    assert found(since=third.at + timedelta(hours=1)) == []
    assert found(limit=2) == [3, 2]
    assert found(limit=2, before=second.pos) == [1]
    with company.reading():
        assert bus.event_by_id(first.id).payload["number"] == 1


def test_events_of_a_kind_are_read_along_both_indexes_of_kinds(company):
    plans = [
        company.plan(lambda: bus.events(kind="deals.sold")),
        company.plan(lambda: list(bus.log("deals.sold", "deals.paid"))),
    ]

    for plan in plans:
        assert "ix_bus_event_type_pos" in plan
        assert "ix_bus_event_fact_pos" in plan
        assert "TEMP B-TREE" not in plan
        assert "SCAN bus_event" not in plan
        assert "Seq Scan" not in plan


def test_days_and_dead_letters_are_found_without_reading_everything(company):
    a_listener("finance", a_number_event("deals.sold"))
    company.open_for_business()
    plans = [
        company.plan(lambda: first_position(datetime(2026, 3, 2, tzinfo=UTC))),
        company.plan(lambda: bus.deliveries(state="dead")),
        company.plan(lambda: bus.deliveries(state="open")),
    ]

    for plan in plans:
        assert "SCAN bus_event" not in plan
        assert "SCAN bus_delivery" not in plan
        assert "Seq Scan on bus_event" not in plan
        assert "Seq Scan on bus_delivery" not in plan


def test_a_page_of_a_kind_is_whole_whichever_way_its_events_are_of_it(company):
    # Given a bare fact, and events of two kinds that state it
    sold = a_number_event("deals.sold")

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

    (thing,) = things(1)
    stored = company.publish(
        *(kind(thing_id=thing, number=n) for n, kind in enumerate([sold, OrderPlaced] * 3))
    )

    # Then every page is full, in order, and nothing is left out
    def page(**more):
        with company.reading():
            return [e.payload["number"] for e in bus.events(kind="deals.sold", limit=4, **more)]

    assert page() == [5, 4, 3, 2]
    assert page(before=stored[2].pos) == [1, 0]
    with company.reading():
        assert [e.payload["number"] for e in bus.log("deals.sold", chunk=2)] == list(range(6))


def test_the_log_is_read_in_pieces_oldest_first(company):
    counted, other = a_number_event(), a_number_event("shop.other")
    (thing,) = things(1)
    company.publish(*(counted(thing_id=thing, number=n) for n in range(7)))
    company.publish(other(thing_id=thing, number=99))

    with company.reading():
        assert [e.payload["number"] for e in bus.log("shop.counted", chunk=3)] == list(range(7))
        assert len(list(bus.log())) == 8


def test_deliveries_are_found_by_state_subscriber_and_event(company):
    counted = a_number_event()

    def fail(given):
        if given.number == 1:
            raise bus.Poison("unreadable")

    a_listener("finance", counted, first=fail)
    a_listener("service", counted)
    company.open_for_business()
    bad, good = things(2)
    event, _, _ = company.publish(
        counted(thing_id=bad, number=1),
        counted(thing_id=bad, number=2),
        counted(thing_id=good, number=3),
    )
    bus.drain("finance")

    def found(**wanted):
        with company.reading():
            rows = bus.deliveries(**wanted)
        return [(row.subscriber, row.pos - event.pos + 1, row.state) for row in rows]

    assert found(state="dead") == [("finance", 1, "dead")]
    assert found(subscriber="finance") == [
        ("finance", 3, "done"),
        ("finance", 2, "open"),
        ("finance", 1, "dead"),
    ]
    assert found(event_id=event.id) == [("finance", 1, "dead"), ("service", 1, "open")]
    assert found(state="open", limit=2) == [("service", 3, "open"), ("finance", 2, "open")]
    assert found(limit=1, before=(event.pos + 2, "finance")) == [("service", 3, "open")]
    assert found(limit=1, before=(event.pos + 2, "service")) == [("finance", 2, "open")]
    assert len(found(aggregate_id=bad, before=event.pos + 1)) == 2


def test_the_load_of_every_subscriber_is_seen(company):
    counted = a_number_event()
    a_listener("finance", counted)
    a_listener("service", counted)
    company.open_for_business()
    company.publish(counted(thing_id=things(1)[0], number=1))
    bus.drain("service")

    with company.reading():
        finance, service = bus.loads()

    assert (finance.subscriber, finance.open, finance.dead) == ("finance", 1, 0)
    assert finance.lag > 0
    assert (service.open, service.lag) == (0, 0.0)
