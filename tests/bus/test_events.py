"""Events are declared once, say what happened, and extend one fact at most."""

import pytest

import bus
from bus.events import catalogue
from tests.bus.company import a_number_event


def test_an_event_carries_its_own_name_and_its_facts():
    sold = a_number_event("deals.sold")

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

        quotation: str | None = None

    declaration = catalogue.by_type["sales.order_placed"]
    assert declaration.kinds == ("sales.order_placed", "deals.sold")
    assert declaration.aggregate == "thing_id"
    assert catalogue.by_type["deals.sold"].kinds == ("deals.sold",)


def test_an_event_extends_one_fact_at_most():
    sold, paid = a_number_event("deals.sold"), a_number_event("deals.paid")

    with pytest.raises(bus.DeclarationError, match="one fact at most"):

        @bus.event("sales.sold_and_paid")
        class SoldAndPaid(sold, paid):
            """Over the counter."""

    @bus.event("sales.order_placed")
    class OrderPlaced(sold):
        """A customer has placed an order."""

    with pytest.raises(bus.DeclarationError, match="one fact at most"):

        @bus.event("sales.big_order_placed")
        class BigOrderPlaced(OrderPlaced):
            """A customer has placed a big order."""


def test_a_name_belongs_to_one_event():
    a_number_event("shop.counted")

    with pytest.raises(bus.DeclarationError, match="already declared"):

        @bus.event("shop.counted")
        class Another(bus.Event):
            """Something else."""


def test_an_event_says_what_has_happened():
    with pytest.raises(bus.DeclarationError, match="docstring"):

        @bus.event("shop.mute")
        class Mute(bus.Event):
            number: int


def test_an_aggregate_must_be_a_field():
    with pytest.raises(bus.DeclarationError, match="no field"):

        @bus.event("shop.lost", aggregate="nothing_id")
        class Lost(bus.Event):
            """Ordered by what it does not have."""


def test_events_are_frozen():
    counted = a_number_event()

    with pytest.raises(AttributeError, match="cannot assign"):
        counted(thing_id=None, number=1).number = 2
