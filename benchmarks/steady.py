"""A company at work and at rest: how long its events wait at a steady pace, and what rest costs."""

import time
from statistics import median, quantiles

import psutil
from bench import Bench
from measured import Measured, patience_of
from sqlalchemy import select

from bus.subscriptions import subscriptions
from bus.tables import bus_delivery, bus_event
from core.db import reading

#: Deliveries a second, the first one asked for; a slower one is tried when the waits are too long.
PACES = (400, 300, 200, 100, 50)
#: Milliseconds within which 95 of 100 deliveries are to be done.
FLOOR = {"sqlite": 60.0, "postgresql": 100.0}
#: A till hands in so many sales at a time.
BUNDLE = 4


def live(bench: Bench, company: Measured) -> None:
    """Sales at a steady pace, told on the cores that take them in: until everybody has them.

    A sale is told as a till tells it, by the bare fact and a few in one transaction: the order form
    of the department of sales alone would take the whole machine at this pace.
    """
    floor = FLOOR["postgresql" if bench.is_scaled else "sqlite"]
    with bench.workers():
        _run(company, 20, 0.5)  # the first ones load classes and make plans
        for pace in PACES:
            reached, waits = _run(company, pace, max(1.0, 15.0 * bench.scale))
            p95 = quantiles(waits, n=20)[-1]
            bench.note(f"live at {pace}/s: told", reached, "deliveries/s")
            bench.note(f"live at {pace}/s: wait p50", median(waits), "ms")
            bench.note(f"live at {pace}/s: wait p95", p95, "ms")
            if p95 < floor and reached > 0.97 * pace:
                bench.note(f"live: most within {floor:.0f} ms", reached, "deliveries/s")
                return
    bench.note(f"live: most within {floor:.0f} ms", 0, "deliveries/s")


def _departments() -> set[str]:
    """Who hears of a sale, and is waited for: not who takes in what comes in its own time."""
    return {
        name
        for name in subscriptions.subscribers()
        if "deals.sold" in subscriptions.wants(name) and not patience_of(name)
    }


def _run(company: Measured, pace: float, seconds: float) -> tuple[float, list[float]]:
    """Tell so many a second; returns how many it was, and the waits in milliseconds."""
    act = BUNDLE * len(_departments())
    before = company.last_position()
    begun, told = time.perf_counter(), 0
    while (passed := time.perf_counter() - begun) < seconds:
        if told * act <= pace * passed:
            company.sell_many(BUNDLE)
            told += 1
        else:
            time.sleep(max(0.0, told * act / pace - passed))
    span = time.perf_counter() - begun
    company.until_idle()
    return told * act / span, _waits(company, before)


def _waits(company: Measured, after: int) -> list[float]:
    """From the publishing to the mark "done", both by the clock of the log, whoever did the work.

    Either moment lies just before its commit; so the difference is that from commit to commit.
    """
    query = (
        select(bus_event.c.at, bus_delivery.c.done_at)
        .join(bus_delivery, bus_delivery.c.event_pos == bus_event.c.pos)
        .where(bus_event.c.pos > after)
        .where(bus_delivery.c.subscriber.in_(_departments()))
    )
    with reading(company.app) as session:
        return [max(0.0, (done - at).total_seconds() * 1000) for at, done in session.execute(query)]


def idle(bench: Bench, company: Measured) -> None:
    """What nothing costs, over a minute of jobs, once what was left over is done."""
    seconds = max(1.0, 60.0 * bench.scale)
    with bench.workers():
        company.until_idle()
        time.sleep(2)
        watched = _watched(bench)
        before = {name: _cpu(found) for name, found in watched.items()}
        time.sleep(seconds)
        for name, found in watched.items():
            spent = (_cpu(found) - before[name]) / seconds * 100
            bench.note(f"idle: {name}", spent, "% of a core")


def _watched(bench: Bench) -> dict[str, list[psutil.Process]]:
    """Whose time is counted: ours and the servers that were started for this run."""
    me = psutil.Process()
    if not bench.is_scaled:
        return {"web, workers and broker in one": [me]}
    family = me.children(recursive=True)
    workers = {process.pid for process in bench.processes}
    ours = [each for each in family if each.pid in workers or each.name() == "redis-server"]
    postgresql = [each for each in family if each.name().startswith("postgres")]
    return {"two workers and Redis": ours, "PostgreSQL": postgresql}


def _cpu(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes if process.is_running()]
    return sum(each.user + each.system for each in times)
