"""What telling others adds to an act: an order is confirmed with the bus, and with less of it."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from statistics import median
from unittest import mock

from bench import Bench
from measured import Measured

Without = Callable[[], AbstractContextManager[object]]


def publishing(bench: Bench, company: Measured) -> None:
    """Compare the same act with all of a publish, with parts of it, and with nothing told.

    They take turns, so that a machine at other work slows all of them alike. "All that telling
    adds" is event, deal, search and deliveries, with what they add to the commit.
    """
    ways: dict[str, Without] = {
        "all": ExitStack,
        "no picture": _unpictured,
        "no deliveries": _unheard,
        "nothing": _untold,
    }
    seconds: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(bench.times(150)):
        for way, without in ways.items():
            begun = time.perf_counter()
            with without():
                company.order()
            seconds[way].append(time.perf_counter() - begun)
    found = {way: median(spans) * 1000 for way, spans in seconds.items()}
    bench.note("an order confirmed", found["all"], "ms")
    bench.note("all that telling adds to it", found["all"] - found["nothing"], "ms")
    bench.note("of that the bus itself", found["no picture"] - found["nothing"], "ms")
    bench.note("of that the deliveries", found["all"] - found["no deliveries"], "ms")
    _alone(bench, company)


def _alone(bench: Bench, company: Measured) -> None:
    """One fact in a transaction of its own, and without its deliveries."""
    seconds: dict[str, list[float]] = {"all": [], "no deliveries": []}
    for _ in range(bench.times(300)):
        for way, without in (("all", ExitStack), ("no deliveries", _unheard)):
            begun = time.perf_counter()
            with without():
                company.sell()
            seconds[way].append(time.perf_counter() - begun)
    whole, less = (median(seconds[way]) * 1000 for way in ("all", "no deliveries"))
    bench.note("a sale told, with its commit", whole, "ms")
    bench.note("of that its two deliveries", whole - less, "ms")


def _unpictured() -> AbstractContextManager[object]:
    """The bus stores and addresses the event; the core folds it into no deal and no search."""
    return mock.patch("bus.outbox._hooks", [])


def _unheard() -> AbstractContextManager[object]:
    """Nobody listens."""
    return mock.patch("bus.outbox._address", return_value=set())


def _untold() -> AbstractContextManager[object]:
    """What happened is not told at all: no event, no deal, no deliveries."""
    return mock.patch("bus.outbox.publish_many", return_value=[None])
