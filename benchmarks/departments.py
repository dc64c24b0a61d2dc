"""Measure the bus with the real departments, beside what the machine itself can do.

    .venv/bin/python benchmarks/departments.py [--backend sqlite] [--scale 1.0] [--json FILE]
    .venv/bin/python benchmarks/departments.py --only memory       # a million deliveries

Every figure is one run; a machine at other work halves it, so the load stands beside, and what
the machine could do by itself in the same run. PostgreSQL waits for the disk at every commit, and
two worker processes deliver. The log of ten million events needs some 15 GB for each database
and about half an hour; `--scale 0.1` makes everything a tenth as large.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

import click
from bench import Bench, Figure, backend
from ceilings import ceilings
from growth import growth
from measured import Measured
from memory import memory
from publishing import publishing
from steady import idle, live

import bus
from core.db import unit_of_work
from core.registry import switchboard


def backlog(bench: Bench, company: Measured) -> None:
    """What waits is worked off."""
    flows = [company.order() for _ in range(bench.times(800))]
    for flow in flows:
        company.pay(flow)
    bench.note("backlog: deliveries", company.worked_off(bench), "/s")


def flows(bench: Bench, company: Measured) -> None:
    """Whole orders by the services, all departments caught up."""
    count = bench.times(100)
    with bench.workers():
        begun = time.perf_counter()
        for _ in range(count):
            company.flow()
        company.until_caught_up()
        bench.note("flows by services", count / (time.perf_counter() - begun), "flows/s")


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
        company.until_caught_up()
        bench.note("flows by HTTP", count / (time.perf_counter() - begun), "flows/s")
    bench.note("one act p50", median(seconds) * 1000, "ms")
    bench.note("one act p95", quantiles(seconds, n=20)[-1] * 1000, "ms")


def catching_up(bench: Bench, company: Measured) -> None:
    """A department comes back to what it has missed."""
    with unit_of_work(company.app):
        switchboard.disable("finance", by=None)
    for _ in range(bench.times(1000)):
        company.order()
    company.until_heard()
    with unit_of_work(company.app):
        waiting = bus.waiting("finance")
        switchboard.enable("finance", by=None)
    begun = time.perf_counter()
    with company.app.app_context():
        bus.catch_up("finance")
    bench.note("catch-up: events", waiting / (time.perf_counter() - begun), "/s")


BACKENDS = ("sqlite", "postgresql")
Part = Callable[[Bench, Measured], None]
PARTS: tuple[Part, ...] = (
    backlog, flows, http, live, catching_up, publishing, idle, growth,
)  # fmt: skip
#: Takes long, and runs only when it is asked for.
LONG: tuple[Part, ...] = (memory,)


def measure(name: str, scale: float, only: tuple[str, ...] = ()) -> dict[str, Figure]:
    """Run the parts on one backend."""
    with backend(name) as settings:
        bench = Bench(settings, scale)
        click.echo(f"--- {name}")
        ceilings(bench)
        company = Measured(settings)
        for part in (*PARTS, *LONG):
            if part.__name__ in only or (not only and part in PARTS):
                part(bench, company)
        return bench.figures


NAMES = [part.__name__ for part in (*PARTS, *LONG)]


@click.command()
@click.option(
    "--backend", "chosen", type=click.Choice(["sqlite", "postgresql", "both"]), default="both"
)
@click.option("--scale", default=1.0, help="How much of everything.")
@click.option("--only", multiple=True, type=click.Choice(NAMES), help="Only these parts.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Where to write the figures.")
def main(chosen: str, scale: float, only: tuple[str, ...], path: Path | None) -> None:
    """Measure the bus."""
    names = BACKENDS if chosen == "both" else (chosen,)
    found = {name: measure(name, scale, only) for name in names}
    if path is not None:
        path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
