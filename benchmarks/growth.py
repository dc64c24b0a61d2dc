"""Whether a company pays for having traded for long: the same work, with a long log."""

import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import NamedTuple

from bench import Bench
from ceilings import python_speed
from filling import Filling
from measured import Measured

import bus
from core import clock
from core.db import reading
from core.log.journeys import journey

#: Events in the log before and after.
SHORT, LONG = 10_000, 10_000_000


def growth(bench: Bench, company: Measured) -> None:
    """Measure at both lengths; what a delivery costs may differ by a fifth."""
    filling = Filling(company.app, company.flow_pattern())
    short, long = max(500, bench.times(SHORT)), max(5000, bench.times(LONG))
    filling.grow(short)
    before = _measure(bench, company, short)
    begun = time.perf_counter()
    filling.grow(long)
    bench.note(f"log of {long:,}: filled in", time.perf_counter() - begun, "s")
    after = _measure(bench, company, long)
    bench.note("backlog at the long log / at the short one", after.rate / before.rate, "x")
    bench.note("the machine's own speed then / before", after.speed / before.speed, "x")


class _Found(NamedTuple):
    """Deliveries in a second, and how fast the machine was meanwhile: it changes by itself."""

    rate: float
    speed: float


def _measure(bench: Bench, company: Measured, length: int) -> _Found:
    label = f"log of {length:,}:"
    rates, spans, speeds = list[float](), list[float](), list[float]()
    for _ in range(3):
        for _ in range(bench.times(1500)):
            begun = time.perf_counter()
            company.sell()
            spans.append(time.perf_counter() - begun)
        rates.append(company.worked_off(bench))
        speeds.append(python_speed())
    bench.note(f"{label} a sale told", median(spans) * 1000, "ms")
    bench.note(f"{label} backlog", median(rates), "deliveries/s")
    for name, question in _questions(company).items():
        bench.note(f"{label} {name}", _seconds(company, question) * 1000, "ms")
    return _Found(median(rates), median(speeds))


def _questions(company: Measured) -> dict[str, Callable[[], object]]:
    """What the screens of the bus ask."""
    now = clock.now()
    month, yesterday = now - timedelta(days=31), now - timedelta(days=1)
    lately = {"since": yesterday, "until": now}
    return {
        "newest events": lambda: bus.events(limit=51),
        "events of a common kind": lambda: bus.events(kind="deals.paid", limit=51),
        "events of a kind never told": lambda: bus.events(kind="deals.written_off", limit=51),
        "events of one day": lambda: bus.events(**lately, limit=51),
        "events of a kind on one day": lambda: bus.events(kind="deals.paid", **lately, limit=51),
        "a stranger's events of a month": lambda: bus.events(actor="Nobody", since=month, limit=51),
        "one order's path": lambda: journey(company.some_deal()),
        "newest deliveries": lambda: bus.deliveries(limit=51),
        "dead letters": lambda: bus.deliveries(state="dead", limit=51),
        "how everybody stands": bus.loads,
    }


def _seconds(company: Measured, question: Callable[[], object]) -> float:
    spans = list[float]()
    for _ in range(5):
        with reading(company.app):
            begun = time.perf_counter()
            question()
            spans.append(time.perf_counter() - begun)
    return median(spans)
