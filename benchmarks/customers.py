"""Measure cards, search and the nightly rules with a million made customers.

    .venv/bin/python benchmarks/customers.py [--backend sqlite] [--count 1000000] [--json FILE]

Filling takes most of the time and is not what is measured: with --home FOLDER a company that was
filled there before is measured again, on SQLite. Two nights of grades are measured: the first after
the owner has set a rule, when everybody who has bought gets one, and the next, when nothing has
changed. Every figure is one run; the load stands beside, and after a time what the processor
worked for it: this process, without PostgreSQL's own.
"""

import json
import resource
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from statistics import median, quantiles

import click
from bench import Bench, backend
from crowd import SKUS, Made, settle
from pypinyin import Style, lazy_pinyin
from sqlalchemy import func, select, text, update

from core.app import Lamplit, create_app
from core.clock import today
from core.company import Company, found_company
from core.customers.models import Customer, CustomerPhone
from core.db import db, reading, unit_of_work
from core.grades.models import GradeRule
from core.grades.nightly import regrade
from core.grades.rules import Rule
from core.people.sample import add_sample_people
from core.products.services import create_product
from core.promises.keeping import keep_all
from core.promises.models import Promise
from core.rhythm.reckoning import reckon
from core.setup import migrate
from core.testing.clients import ApiClient, ScreenClient

_CHUNK = 2000
_ASKED = 200


def fill(bench: Bench, app: Lamplit, count: int) -> list[Made]:
    """Enter the customers; keep a sample of them to be looked for."""
    chance, kept = Random(1), list[Made]()
    begun = time.perf_counter()
    for start in range(0, count, _CHUNK):
        with unit_of_work(app):
            made = settle(min(_CHUNK, count - start), chance)
        kept += chance.sample(made, min(len(made), 5))
        if start and not start % (_CHUNK * 50):
            click.echo(f"  {start:,} customers, {start / (time.perf_counter() - begun):,.0f}/s")
    bench.note("filled: customers", count / (time.perf_counter() - begun), "/s")
    with app.app_context(), db.engine.connect() as connection:
        connection.execute(text("analyze"))
        connection.commit()
    return kept


def found(app: Lamplit) -> list[Made]:
    """Return a sample of customers who were entered by an earlier run."""
    with reading(app):
        where = (CustomerPhone.customer_id == Customer.id, CustomerPhone.position == 0)
        query = select(Customer.id, Customer.name, CustomerPhone.number).where(*where)
        every = db.session.execute(query.order_by(func.random()).limit(5 * _ASKED)).all()
        return [Made(*row) for row in every]


def cards(bench: Bench, app: Lamplit, kept: Sequence[Made]) -> None:
    """The card of somebody, as a browser gets it."""
    app.test_client_class = ScreenClient
    browser = app.test_client().sign_in("admin")  # type: ignore[attr-defined]
    _told(bench, "a card", kept, lambda one: browser.get(f"/customers/{one.id}"))


def searches(bench: Bench, app: Lamplit, kept: Sequence[Made]) -> None:
    """Somebody is looked for, as the search box does."""
    program = ApiClient(app, "admin")

    def ask(q: str) -> object:
        return program.get("search", q=q)

    _told(bench, "search by name", kept, lambda one: ask(one.name))
    _told(bench, "search by part of the phone", kept, lambda one: ask(one.phone[3:9]))
    initials: Callable[[Made], str] = lambda one: "".join(  # noqa: E731
        lazy_pinyin(one.name, style=Style.FIRST_LETTER)
    )
    _told(bench, "search by initials", kept, lambda one: ask(initials(one)))
    _told(bench, "search by two characters", kept, lambda one: ask(one.name[:2]))


def nightly(bench: Bench, app: Lamplit) -> None:
    """One night: what was bought is reckoned, every promise is kept, grades are given."""
    with unit_of_work(app) as session:
        session.execute(
            update(Promise).values(
                active=True, since=today(), kept_to=None, settings=Promise.settings
            )
        )
        for row in session.query(Promise).filter(Promise.kind == "service.maintenance"):
            row.settings = {**row.settings, "products": ["AIRCON"]}
        session.add(GradeRule(kind="quantile", settings=Rule(kind="quantile").as_json()))
    _timed(bench, "rhythms reckoned", lambda: _all_reckoned(app))
    _timed(bench, "every promise kept", lambda: keep_all(app))
    _timed(bench, "first night's grades and stages", lambda: _changed(app))
    _timed(bench, "next night's grades and stages", lambda: _changed(app))


def _all_reckoned(app: Lamplit) -> int:
    reckoned = 0
    while done := reckon(app):
        reckoned += done
    return reckoned


def _changed(app: Lamplit) -> int:
    tally = regrade(app)
    return tally.graded + tally.staged


def _timed(bench: Bench, name: str, act: Callable[[], int]) -> None:
    """Note how many a step of the night was about, how long it took and what memory it needed."""
    begun, worked, before = time.perf_counter(), time.process_time(), _memory()
    bench.note(f"{name}: how many", act(), "")
    bench.note(f"{name} in", time.perf_counter() - begun, "s")
    bench.note(f"{name}: processor", time.process_time() - worked, "s")
    bench.note(f"{name}: more memory", _memory() - before, "MB")


def _told(bench: Bench, name: str, kept: Sequence[Made], ask: Callable[[Made], object]) -> None:
    spans, worked = [], []
    for one in kept[:_ASKED]:
        begun, began = time.perf_counter(), time.process_time()
        answer = ask(one)
        worked.append((time.process_time() - began) * 1000)
        spans.append((time.perf_counter() - begun) * 1000)
        if getattr(answer, "status_code", 200) != 200:
            raise AssertionError(f"{name}: {answer}")
    bench.note(f"{name} p50", median(spans), "ms")
    bench.note(f"{name} p95", quantiles(spans, n=20)[-1], "ms")
    bench.note(f"{name}: processor p95", quantiles(worked, n=20)[-1], "ms")


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(name: str, count: int, home: Path | None) -> dict[str, object]:
    """Fill a database and measure."""
    with backend(name, home) as settings:
        bench = Bench(settings, 1.0)
        migrate(settings)
        app = create_app(settings)
        kept = found(app) or _filled(bench, app, count)
        with reading(app) as session:
            count = session.query(Customer).count()
        click.echo(f"--- {name}, {count:,} customers")
        Random(2).shuffle(kept)
        cards(bench, app, kept)
        searches(bench, app, kept)
        nightly(bench, app)
        return dict(bench.figures)


def _filled(bench: Bench, app: Lamplit, count: int) -> list[Made]:
    with unit_of_work(app):
        found_company(Company())
        add_sample_people()
        for sku in SKUS:
            create_product(sku, sku, "袋", 100)
    return fill(bench, app, count)


@click.command()
@click.option(
    "--backend", "chosen", type=click.Choice(["sqlite", "postgresql", "both"]), default="both"
)
@click.option("--count", default=1_000_000, help="How many customers.")
@click.option("--home", type=click.Path(path_type=Path), help="Where SQLite's company is kept.")
@click.option("--json", "path", type=click.Path(path_type=Path), help="Where to write the figures.")
def main(chosen: str, count: int, home: Path | None, path: Path | None) -> None:
    """Measure cards, search and nights with many customers."""
    names = ("sqlite", "postgresql") if chosen == "both" else (chosen,)
    results = {name: measure(name, count, home) for name in names}
    if path is not None:
        path.write_text(json.dumps(results, indent=2, default=vars) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
