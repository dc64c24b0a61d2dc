"""Measure the bus with the real departments, beside what the machine itself can do.

    .venv/bin/python benchmarks/departments.py [--backend sqlite] [--scale 1.0] [--json FILE]

Every figure is one run; a machine at other work halves it, so the load stands beside. PostgreSQL
waits for the disk at every commit, and two worker processes deliver.
"""

import json
import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from unittest import mock

import click
import psycopg
from bench import Bench, Waits, backend
from measured import Measured, rate

import bus
from core.db import unit_of_work
from core.registry import switchboard


def ceilings(bench: Bench) -> None:
    """What the machine can do without us."""
    bench.note("python: sums of ten thousand numbers", rate(300, lambda: sum(range(10_000))), "/s")
    if bench.is_scaled:
        with psycopg.connect(bench.settings.database_url, autocommit=True) as connection:
            connection.execute("create table ceiling (n bigint)")
            insert = "insert into ceiling values (1)"
            bench.note(
                "raw commits", rate(bench.times(500), lambda: connection.execute(insert)), "/s"
            )
        return
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlite3.connect(Path(folder) / "ceiling", isolation_level=None)
        raw.execute("pragma journal_mode=wal")
        raw.execute("pragma synchronous=full")
        raw.execute("create table ceiling (n bigint)")
        commits = rate(bench.times(500), lambda: raw.execute("insert into ceiling values (1)"))
        bench.note("raw commits", commits, "/s")


def backlog(bench: Bench, company: Measured) -> None:
    """What waits is worked off."""
    flows = [company.order() for _ in range(bench.times(800))]
    for flow in flows:
        company.pay(flow)
    count = company.open()
    with bench.workers():
        begun = time.perf_counter()
        bus.runtime.runtime().poker.drain({"finance", "warehouse", "service"})
        company.until_idle()
        bench.note("backlog: deliveries", count / (time.perf_counter() - begun), "/s")


def flows(bench: Bench, company: Measured) -> None:
    """Whole orders by the services, all departments caught up."""
    count = bench.times(100)
    with bench.workers():
        begun = time.perf_counter()
        for _ in range(count):
            company.flow()
        company.until_idle()
        bench.note("flows by services", count / (time.perf_counter() - begun), "flows/s")


def live(bench: Bench, company: Measured) -> None:
    """Events at a steady pace: how long until every department has taken them in."""
    if bench.is_scaled:
        return  # the waits are counted in the workers' processes: see lamplit_delivery_wait_seconds
    waits = Waits()
    before = bus.runtime.runtime()
    bus.runtime._connected[:] = [bus.runtime.replace(before, observer=waits)]
    pace, seconds = 60.0, max(2.0, 10.0 * bench.scale)
    with bench.workers():
        begun = time.perf_counter()
        done = 0
        while time.perf_counter() - begun < seconds:
            company.order()
            done += 1
            time.sleep(max(0.0, begun + done / pace - time.perf_counter()))
        span = time.perf_counter() - begun
        company.until_idle()
    bus.runtime._connected[:] = [before]
    bench.note("live: deliveries", len(waits.seconds) / span, "/s")
    bench.note("live: wait p50", median(waits.seconds) * 1000, "ms")
    bench.note("live: wait p95", quantiles(waits.seconds, n=20)[-1] * 1000, "ms")


def http(bench: Bench, company: Measured) -> None:
    """The same flow by HTTP, each act with its token and JSON."""
    program, seconds = company.program(), list[float]()

    def act(path: str, body: dict[str, object]) -> dict[str, object]:
        begun = time.perf_counter()
        answer = program.post(path, body)
        seconds.append(time.perf_counter() - begun)
        if answer.status_code >= 300:
            raise AssertionError(f"{path}: {answer.text}")
        found: dict[str, object] = answer.json
        return found

    def flow() -> None:
        deposit = {"kind": "prepayment", "percent": "50", "before_shipping": True}
        lines = [{"sku": "TEA", "quantity": "2"}]
        customer = str(company.customer)
        order = {"customer_id": customer, "lines": lines, "deposit": deposit, "confirm": True}
        number = act("sales/orders", order)["number"]
        share = [{"order": number, "amount": "100.00"}]
        paid = {"customer_id": customer, "method": "cash", "amount": "100.00", "allocations": share}
        act("finance/payments", paid)
        found = program.get("warehouse/shipments", order=number).json["items"][0]["id"]
        act(f"warehouse/shipments/{found}/ship", {})
        act("finance/invoices", {"order": number})
        act("finance/payments", paid)

    count = bench.times(60)
    with bench.workers():
        begun = time.perf_counter()
        for _ in range(count):
            flow()
        company.until_idle()
        bench.note("flows by HTTP", count / (time.perf_counter() - begun), "flows/s")
    bench.note("one act p50", median(seconds) * 1000, "ms")
    bench.note("one act p95", quantiles(seconds, n=20)[-1] * 1000, "ms")


def catching_up(bench: Bench, company: Measured) -> None:
    """A department comes back to what it has missed."""
    with unit_of_work(company.app):
        switchboard.disable("finance", by=None)
    for _ in range(bench.times(1000)):
        company.order()
    with company.app.app_context():
        bus.drain_all()
    with unit_of_work(company.app):
        waiting = bus.waiting("finance")
        switchboard.enable("finance", by=None)
    begun = time.perf_counter()
    with company.app.app_context():
        bus.catch_up("finance")
    bench.note("catch-up: events", waiting / (time.perf_counter() - begun), "/s")


def publishing(bench: Bench, company: Measured) -> None:
    """What telling others adds to an act: an order is confirmed with and without the bus."""

    def seconds(times: int) -> float:
        spans = []
        for _ in range(times):
            begun = time.perf_counter()
            company.order()
            spans.append(time.perf_counter() - begun)
        return median(spans)

    count = bench.times(150)
    whole = seconds(count)
    with mock.patch("bus.outbox._address", return_value=set()):
        alone = seconds(count)
    bench.note("an order confirmed", whole * 1000, "ms")
    bench.note("of that the deliveries", (whole - alone) * 1000, "ms")


def idle(bench: Bench, _company: Measured) -> None:
    """What nothing costs."""
    seconds = max(3.0, 10.0 * bench.scale)
    if bench.is_scaled:
        return
    with bench.workers():
        time.sleep(1)
        before = time.process_time()
        time.sleep(seconds)
        bench.note("idle", (time.process_time() - before) / seconds * 100, "% of a core")


BACKENDS = ("sqlite", "postgresql")
PARTS: tuple[Callable[[Bench, Measured], None], ...] = (
    backlog, flows, http, live, catching_up, publishing, idle,
)  # fmt: skip


def measure(name: str, scale: float, only: tuple[str, ...] = ()) -> dict[str, float]:
    """Run the parts on one backend."""
    with backend(name) as settings:
        bench = Bench(settings, scale)
        click.echo(f"--- {name}")
        ceilings(bench)
        company = Measured(settings)
        for part in PARTS:
            if not only or part.__name__ in only:
                part(bench, company)
        return bench.figures


@click.command()
@click.option(
    "--backend", "chosen", type=click.Choice(["sqlite", "postgresql", "both"]), default="both"
)
@click.option("--scale", default=1.0, help="How much of everything.")
@click.option("--only", multiple=True, type=click.Choice([part.__name__ for part in PARTS]))
@click.option("--json", "path", type=click.Path(path_type=Path), help="Where to write the figures.")
def main(chosen: str, scale: float, only: tuple[str, ...], path: Path | None) -> None:
    """Measure the bus."""
    names = BACKENDS if chosen == "both" else (chosen,)
    found = {name: measure(name, scale, only) for name in names}
    if path is not None:
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
