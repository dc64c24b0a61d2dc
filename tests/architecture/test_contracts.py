"""What one department tells, the others still understand: today's events and yesterday's.

`samples/` keeps events as they were stored, one file for each shape that an event has ever had.
They are never edited; a new shape adds a file:  make samples
"""

import json
from pathlib import Path

import pytest

from bus.codec import decode, encode
from bus.errors import BusError
from bus.events import Event, catalogue, event
from bus.readings import reading, readings
from core.testing.conformance.examples import examples

SAMPLES = Path(__file__).parent / "samples"


def kept(name):
    """The payloads of an event that were kept, oldest first."""
    return [json.loads(path.read_text()) for path in sorted(SAMPLES.glob(f"{name}.*.json"))]


def shape(payload):
    """Which fields a payload has, however deep."""
    if isinstance(payload, dict):
        return {key: shape(value) for key, value in sorted(payload.items())}
    return [shape(each) for each in payload[:1]] if isinstance(payload, list) else None


def full_example(cls):
    return encode(next(iter(examples(cls))))


def own_events():
    return {
        name: declaration
        for name, declaration in sorted(catalogue.by_type.items())
        if declaration.cls.__module__.startswith(("core.", "modules."))
    }


def misread(view, name):
    """Why a reading or event cannot be built from what was kept; nothing when it can."""
    for payload in kept(name):
        try:
            decode(payload, view)
        except BusError as error:
            return str(error)
    return None


def test_every_event_is_kept_in_its_present_shape(modules, request):
    for name, declaration in own_events().items():
        payload = full_example(declaration.cls)
        if shape(payload) not in [shape(each) for each in kept(name)]:
            if not request.config.getoption("--keep-samples"):
                pytest.fail(f"{name} has a new shape: run `make samples` and commit the new file")
            number = len(kept(name)) + 1
            path = SAMPLES / f"{name}.{number:02}.json"
            path.write_text(json.dumps(payload, indent=2, ensure_ascii=False) + "\n")


def test_every_event_still_reads_what_was_kept_of_it(modules):
    for name, declaration in own_events().items():
        assert misread(declaration.cls, name) is None, name


def test_every_reading_reads_what_was_kept_of_its_event(modules):
    for name, views in readings.items():
        for view in views:
            if view.__module__.startswith("modules."):
                assert kept(name), f"{view.__qualname__} reads {name}, of which no sample is kept"
                assert misread(view, name) is None, view


def test_every_fact_that_a_department_tells_can_be_read_as_the_fact(modules):
    for name, declaration in own_events().items():
        if declaration.fact is not None:
            assert misread(declaration.fact.cls, name) is None, name


def test_every_event_says_what_has_happened(modules):
    for name, declaration in own_events().items():
        sentence = (declaration.cls.__doc__ or "").strip()
        assert sentence.endswith("."), name
        assert len(sentence.split()) > 3, name


def test_a_field_taken_away_or_retyped_is_noticed(modules):
    # Given a reading that wants what an order never said, and one that takes a date for a number,
    @reading("sales.order_placed")
    class Wishful:
        weight: str

    @reading("sales.order_placed")
    class Mistaken:
        happened_on: int

    try:
        # when they are held against what was kept, then both are refused.
        assert misread(Wishful, "sales.order_placed")
        assert misread(Mistaken, "sales.order_placed")
    finally:
        for view in (Wishful, Mistaken):
            readings["sales.order_placed"].remove(view)


def test_an_event_that_lost_a_field_no_longer_reads_its_past(modules):
    assert not misread(catalogue.by_type["deals.paid"].cls, "deals.paid")

    @event("deals.paid_otherwise", aggregate="deal_id")
    class PaidOtherwise(Event):
        """Money was received, but in a field of another name."""

        deal_id: str
        sum: str

    try:
        assert misread(PaidOtherwise, "deals.paid")
    finally:
        del catalogue.by_type["deals.paid_otherwise"]
