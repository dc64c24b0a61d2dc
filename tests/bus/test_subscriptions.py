"""A handler says what it listens to by what it takes."""

import pytest

import bus
from bus.subscriptions import subscriptions
from tests.bus.company import a_number_event


def in_module(name, function):
    function.__module__ = name
    return function


def test_the_annotation_decides_and_the_module_names_the_subscriber():
    counted = a_number_event()

    def count_stock(given: counted) -> None: ...

    bus.subscribe(in_module("modules.warehouse.handlers", count_stock))

    assert subscriptions.wants("warehouse") == {"shop.counted": True}
    assert subscriptions.subscribers() == {"warehouse": "warehouse"}


def test_the_core_is_one_subscriber():
    counted = a_number_event()

    def index(given: counted) -> None: ...

    bus.subscribe(in_module("core.search.handlers", index))

    assert subscriptions.subscribers() == {"core": "core"}


def test_a_module_may_name_a_second_subscriber():
    counted = a_number_event()

    def remind(given: counted) -> None: ...

    bus.subscribe(subscriber="service.reminders")(in_module("modules.service.handlers", remind))

    assert subscriptions.subscribers() == {"service.reminders": "service"}


def test_handlers_keep_their_order_and_are_not_doubled_by_a_second_import():
    counted = a_number_event()

    def first(given: counted) -> None: ...

    def second(given: counted) -> None: ...

    for _ in range(2):
        for handler in (first, second):
            bus.subscribe(subscriber="finance")(handler)

    found = subscriptions.of("finance", ("shop.counted",))
    assert [each.handler for each in found] == [first, second]


def test_history_is_wanted_when_one_handler_wants_it():
    counted = a_number_event()

    def with_history(given: counted) -> None: ...

    def without(given: counted) -> None: ...

    bus.subscribe(subscriber="a", historical=False)(without)
    assert subscriptions.wants("a") == {"shop.counted": False}

    bus.subscribe(subscriber="a")(with_history)
    assert subscriptions.wants("a") == {"shop.counted": True}


def test_mistakes_are_said_where_they_are_made():
    counted = a_number_event()

    def nothing() -> None: ...

    def number(given: int) -> None: ...

    def one(given: counted) -> None: ...

    for wrong in (nothing, number):
        with pytest.raises(bus.DeclarationError, match="annotate the first parameter"):
            bus.subscribe(subscriber="finance")(wrong)
    with pytest.raises(bus.DeclarationError, match="list"):
        bus.subscribe(subscriber="finance", batch=True)(one)
    with pytest.raises(bus.DeclarationError, match="name the subscriber"):
        bus.subscribe(in_module("elsewhere", one))
    with pytest.raises(bus.DeclarationError, match="block or continue"):
        bus.subscriber_policy("finance", on_dead="perhaps")
