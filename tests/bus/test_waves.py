"""A batch handler gets several things at once, and each thing's events in their order."""

import bus
from tests.bus.company import a_listener, a_number_event, things


def test_a_batch_holds_several_things_and_each_in_order(company):
    counted, moved = a_number_event(), a_number_event("shop.moved")
    batches = []
    a_listener("finance", counted, batch=True, first=lambda given: batches.append(list(given)))
    a_listener("finance", moved)
    company.open_for_business()
    mine, yours, theirs = things(3)
    company.publish(
        counted(thing_id=mine, number=1),
        counted(thing_id=mine, number=2),
        counted(thing_id=yours, number=1),
        moved(thing_id=theirs, number=1),
        counted(thing_id=theirs, number=2),
        counted(thing_id=yours, number=2),
    )

    bus.drain("finance")

    assert [[(e.thing_id, e.number) for e in batch] for batch in batches] == [
        [(mine, 1), (yours, 1)],
        [(mine, 2), (theirs, 2), (yours, 2)],
    ]
    assert company.heard_by("finance", theirs) == [1, 2]
    assert company.heard_by("finance", mine) == company.heard_by("finance", yours) == [1, 2]


def test_a_batch_handler_knows_each_events_envelope(company):
    counted = a_number_event()
    seen = []

    def look(given):
        delivery = bus.delivery_context()
        seen.extend((each.number, delivery.of(each).seq) for each in given)

    a_listener("finance", counted, batch=True, first=look)
    company.open_for_business()
    mine, yours = things(2)
    company.publish(counted(thing_id=mine, number=7), counted(thing_id=yours, number=8))

    bus.drain("finance")

    assert seen == [(7, 1), (8, 1)]
    assert bus.delivery_context() is None


def test_a_handler_knows_whose_event_it_handles(company):
    counted = a_number_event()
    seen = []

    def look(_):
        delivery = bus.delivery_context()
        seen.append((delivery.id, delivery.actor, delivery.at, delivery.replaying, delivery.kinds))

    a_listener("finance", counted, first=look)
    company.open_for_business()
    (stored,) = company.publish(counted(thing_id=things(1)[0], number=1))

    bus.drain("finance")

    assert seen == [(stored.id, "Wang", stored.at, False, ("shop.counted",))]


def test_all_of_a_modules_handlers_run_in_one_delivery_in_declared_order(company):
    sold = a_number_event("deals.sold")

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

    @bus.reading("sales.order_placed")
    class Promise:
        """What somebody needs to know of it."""

        number: int

    seen = []
    a_listener("finance", sold, first=lambda e: seen.append("fact"))
    a_listener("finance", Promise, first=lambda e: seen.append("reading"))
    a_listener("finance", OrderPlaced, batch=True, first=lambda e: seen.append("own"))
    company.open_for_business()
    company.publish(OrderPlaced(thing_id=things(1)[0], number=1))

    assert bus.drain("finance") == 1
    assert seen == ["fact", "reading", "own"]
    assert company.heard_by("finance") == [1, 1, 1]


def test_a_broken_batch_is_done_one_by_one(company):
    counted = a_number_event()
    bad, *good = things(4)
    sizes = []

    def fail(given):
        sizes.append(len(given))
        if any(each.thing_id == bad for each in given):
            raise ValueError

    a_listener("finance", counted, batch=True, first=fail)
    company.open_for_business()
    company.publish(*(counted(thing_id=thing, number=1) for thing in (good[0], bad, *good[1:])))

    bus.drain("finance")

    assert sizes == [4, 1, 1, 1, 1]
    assert company.heard_by("finance") == [1, 1, 1]
    assert sorted(company.states("finance")) == ["done", "done", "done", "open"]
