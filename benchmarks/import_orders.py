"""Measure how long a company's order history takes to come in, and what that costs.

    .venv/bin/python benchmarks/import_orders.py [FILE] [--orders 70000] [--currency USD]

Without a FILE (CSV: order_ref, ordered_on, customer_ref, sku, quantity, amount) one is made: as
many orders as asked for, of a third as many customers, over eighteen months. It works on a
database of its own and leaves nothing behind.
"""

import csv
import random
import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter

import click

import bus
from core.app import create_app
from core.company import Company, found_company
from core.config import Settings
from core.db import reading, unit_of_work
from core.imports import runs, services, shelf
from core.people.sample import add_sample_people
from core.setup import migrate
from core.testing.clients import ScreenClient

HEAD = ("order_ref", "ordered_on", "customer_ref", "sku", "quantity", "amount")
#: What a person who waits for a page still calls at once.
SWIFT = 0.2
PAGES = (
    "/sales/orders",
    "/sales/orders?stage=done",
    "/sales/orders?q={number}",
    "/sales/board",
    "/customers",
    "/deals?q={number}",
    "/sales/orders/{number}",
    "/search?q={number}",
)


def made_file(path: Path, orders: int) -> Path:
    """Write a file of orders that look like a mail-order shop's."""
    chance = random.Random(1997)  # the same file every time
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for at in range(orders):
            day = date(1997, 1, 1) + timedelta(days=at * 545 // orders)
            quantity = chance.choice((1, 1, 1, 2, 2, 3, 5))
            cents = sum(chance.randrange(999, 1999) for _ in range(quantity))
            customer = f"C{chance.randrange(orders // 3 + 1):06d}"
            writer.writerow((f"P{at:07d}", day, customer, "CD", quantity, f"{cents / 100:.2f}"))
    return path


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long a block took."""
    begun = perf_counter()
    yield
    click.echo(f"{what:<42}{perf_counter() - begun:8.1f} s")


def take_in(file: Path, currency: str) -> int:
    """Check the file and take it in; return how many orders were new."""
    with file.open("rb") as stream, unit_of_work():
        row = services.open_import(
            "orders", shelf.keep(stream), file_name=file.name, currency=currency, language="en"
        )
        import_id = row.id
    with timed("check of every row"):
        finding = runs.check(import_id)
    if not finding.good:
        raise click.ClickException(f"{finding.bad_rows} of {finding.rows} rows are bad.")
    longest, before = 0.0, perf_counter()

    def chunk_done(_done: int, _total: int) -> None:
        nonlocal longest, before
        longest, before = max(longest, perf_counter() - before), perf_counter()

    with timed("orders in the books"):
        runs.take_in(import_id, chunk_done)
    click.echo(f"{'longest chunk':<42}{longest * 1000:8.0f} ms")
    return finding.rows


def browse(client: ScreenClient, number: str) -> None:
    """Open the pages that people open all day and print how long each takes."""
    for page in PAGES:
        address = page.format(number=number)
        client.get(address)  # the first time compiles the template
        begun = perf_counter()
        answer = client.get(address)
        seconds = perf_counter() - begun
        if answer.status_code != 200:
            raise click.ClickException(f"{address} answers {answer.status_code}")
        note = "" if seconds < SWIFT else "   <-- too slow"
        click.echo(f"{address:<42}{seconds * 1000:8.0f} ms{note}")


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--orders", default=70_000, show_default=True, help="How many to make up.")
@click.option("--currency", default="USD", show_default=True)
def main(file: Path | None, orders: int, currency: str) -> None:
    """Import orders into an empty company and measure it."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        settings = Settings(home=home)
        migrate(settings)
        app = create_app(settings)
        app.test_client_class = ScreenClient
        with unit_of_work(app):
            found_company(Company())
            add_sample_people()
        source = file or made_file(home / "orders.csv", orders)
        with app.app_context():
            count = take_in(source, currency)
            with timed("departments caught up"):
                bus.drain_all()
            with reading():
                click.echo(f"{'still waiting':<42}{sum(load.open for load in bus.loads()):8}")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        click.echo(f"{'orders':<42}{count:8}\n{'most memory':<42}{memory:8} MB")
        _browse_as_admin(app, source)


def _browse_as_admin(app: object, source: Path) -> None:
    with source.open(encoding="utf-8") as file:
        number = next(csv.DictReader(file))["order_ref"]
    client: ScreenClient = app.test_client().sign_in("admin")  # type: ignore[attr-defined]
    browse(client, number)


if __name__ == "__main__":
    main()
