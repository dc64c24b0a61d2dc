"""Events are strict when written and tolerant when read."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

import pytest

import bus
from bus.codec import decode, encode, read
from bus.envelopes import Envelope

THING = UUID(int=7)


@dataclass(frozen=True)
class Line:
    sku: str
    quantity: Decimal
    lot: str | None = None


def an_event_of_every_type():
    @bus.event("shop.everything", aggregate="thing_id")
    class Everything(bus.Event):
        """All that the bus can carry."""

        thing_id: UUID
        name: str
        count: int
        agreed: bool
        amount: Decimal
        on: date
        at: datetime
        kind: Literal["earnest", "balance"]
        lines: tuple[Line, ...]
        first: Line | None
        note: str | None
        tags: tuple[str, ...] = ()
        rounds: int = 3

    return Everything(
        thing_id=THING,
        name="上海晨光",
        count=2,
        agreed=True,
        amount=Decimal("1234567890123.45"),
        on=date(2026, 3, 2),
        at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
        kind="earnest",
        lines=(Line("A", Decimal("1.5")), Line("B", Decimal(2), "L1")),
        first=None,
        note=None,
    )


def stored(event, payload, *, version=1, fact=None, fact_version=1):
    return Envelope(
        pos=1,
        id=THING,
        type=event.declaration.type,
        version=version,
        fact=fact,
        fact_version=fact_version,
        aggregate_type="thing",
        aggregate_id=THING,
        seq=1,
        at=datetime(2026, 3, 2, tzinfo=UTC),
        actor=None,
        correlation_id=THING,
        historical=False,
        payload=payload,
    )


def test_an_event_comes_back_as_it_was():
    everything = an_event_of_every_type()

    payload = encode(everything)

    assert payload["amount"] == "1234567890123.45"
    assert payload["lines"][1] == {"sku": "B", "quantity": "2", "lot": "L1"}
    assert decode(payload, type(everything)) == everything


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("amount", 1.5),
        ("amount", Decimal("NaN")),
        ("amount", 1),
        ("count", True),
        ("count", "2"),
        ("agreed", 1),
        ("name", None),
        ("on", datetime(2026, 3, 2, tzinfo=UTC)),
        ("at", datetime(2026, 3, 2)),  # noqa: DTZ001 # a moment without a zone is what is refused
        ("kind", "deposit"),
        ("lines", [Line("A", Decimal(1))]),
        ("lines", (Line("A", 1.5),)),
        ("first", "A"),
        ("thing_id", str(THING)),
    ],
)
def test_a_wrong_value_is_refused_when_written(field, wrong):
    everything = replace(an_event_of_every_type(), **{field: wrong})

    with pytest.raises(bus.InvalidEvent, match=r"must be"):
        encode(everything)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("amount", 1.5),
        ("amount", "1e"),
        ("amount", "Infinity"),
        ("count", True),
        ("count", 1.0),
        ("agreed", "yes"),
        ("on", "2026-13-01"),
        ("at", "2026-03-02T00:00:00"),
        ("kind", "deposit"),
        ("lines", [{"sku": "A"}]),
        ("thing_id", None),
    ],
)
def test_a_wrong_value_is_poison_when_read(field, wrong):
    everything = an_event_of_every_type()
    payload = encode(everything) | {field: wrong}

    with pytest.raises(bus.Poison, match=field):
        decode(payload, type(everything))


def test_all_that_is_wrong_is_said_with_its_place():
    everything = an_event_of_every_type()
    payload = encode(everything)
    payload["lines"][1] |= {"sku": 7, "lot": ["L1"]}
    payload |= {"count": "2", "kind": "loan"}

    with pytest.raises(bus.Poison) as error:
        decode(payload, type(everything))

    for place in ("'lines': {1: {", "'sku'", "'lot'", "'count'", "'kind'"):
        assert place in str(error.value)


def test_a_reading_ignores_what_it_does_not_know_and_fills_what_is_missing():
    everything = an_event_of_every_type()

    @bus.reading("shop.everything")
    class Glimpse:
        """What somebody else needs to know."""

        name: str
        colour: str | None
        size: int = 4

    glimpse = read(stored(everything, encode(everything)), Glimpse)

    assert glimpse == Glimpse(name="上海晨光", colour=None, size=4)


def test_what_is_missing_and_needed_is_poison():
    everything = an_event_of_every_type()
    payload = encode(everything)
    del payload["name"]

    with pytest.raises(bus.Poison, match="name"):
        read(stored(everything, payload), type(everything))


def test_an_unknown_field_is_refused_where_the_reader_says_so():
    everything = an_event_of_every_type()
    payload = encode(everything) | {"surprise": 1}

    assert decode(payload, type(everything)) == everything
    with pytest.raises(bus.Poison, match="surprise"):
        decode(payload, type(everything), unknown="raise")


def test_an_older_version_is_brought_up_step_by_step():
    @bus.event("shop.priced", aggregate="thing_id", version=3)
    class Priced(bus.Event):
        """Something has got a price with its currency."""

        thing_id: UUID
        amount: Decimal
        currency: str

    bus.upcast("shop.priced", 1)(lambda old: {**old, "amount": f"{old.pop('cents') / 100:.2f}"})
    bus.upcast("shop.priced", 2)(lambda old: {**old, "currency": "CNY"})

    event = read(stored(Priced, {"thing_id": str(THING), "cents": 150}), Priced)

    assert event == Priced(thing_id=THING, amount=Decimal("1.50"), currency="CNY")


def test_a_facts_older_version_is_brought_up_for_whoever_hears_the_fact():
    @bus.event("deals.sold", aggregate="thing_id", version=2)
    class Sold(bus.Event):
        """Something was sold, in a currency."""

        thing_id: UUID
        currency: str

    @bus.event("sales.order_placed")
    class OrderPlaced(Sold):
        """A customer has placed an order."""

    bus.upcast("deals.sold", 1)(lambda old: {**old, "currency": "CNY"})
    envelope = stored(OrderPlaced, {"thing_id": str(THING)}, fact="deals.sold")

    assert read(envelope, Sold).currency == "CNY"
    assert read(envelope, OrderPlaced).currency == "CNY"


def test_a_newer_version_is_not_poison_but_not_yet():
    everything = an_event_of_every_type()

    with pytest.raises(bus.NewerVersion):
        read(stored(everything, encode(everything), version=2), type(everything))


def test_a_missing_upcaster_is_said():
    @bus.event("shop.moved", aggregate="thing_id", version=2)
    class Moved(bus.Event):
        """Something has moved."""

        thing_id: UUID

    with pytest.raises(bus.Poison, match="becomes 2"):
        read(stored(Moved, {"thing_id": str(THING)}), Moved)


def test_a_field_that_the_bus_cannot_carry_is_said():
    @bus.event("shop.measured")
    class Measured(bus.Event):
        """Something was measured, carelessly."""

        weight: float

    with pytest.raises(bus.DeclarationError, match=r"Measured\.weight"):
        encode(Measured(weight=1.5))


def test_only_declared_events_are_written():
    class Undeclared(bus.Event):
        """Nobody has heard of it."""

    with pytest.raises(bus.InvalidEvent, match="not declared"):
        encode(Undeclared())
