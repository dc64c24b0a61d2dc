"""Measure the forecasts by what customers did afterwards, beside the plain rules.

    .venv/bin/python benchmarks/forecasts.py [FILE] [--weeks 39] [--made SEED] [--as-of DATE]

FILE is a CSV of orders: order_ref, ordered_on, customer_ref, sku, quantity, amount. What was bought
before DATE (else in its first weeks) is known; the weeks after it judge. With --made it measures
on made-up shops as well, in which the customers' ways are known to be of all kinds.

The run-out is judged by those who had bought on three days or more and came back in the weeks that
judge. The plain rules add the last or the mean interval to the last purchase; a day that has passed
already is moved on by whole intervals ("rolled") or to the first day that is left ("moved").
Purchases, days on which somebody bought, are judged for everybody who had bought at all.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path
from statistics import fmean
from time import perf_counter

import click
from bgnbd import Seen, expected, fit
from made_shops import shops

from core.ids import derived_id
from core.rhythm.forecasts import ENOUGH, outlooks, runouts
from core.rhythm.purchases import Purchase, by_sku
from core.rhythm.queries import History

WEEK = 7


@dataclass
class Split:
    """The histories before the day, and on which days customers bought after it."""

    as_of: date
    weeks: int
    known: list[History] = field(default_factory=list)
    #: By customer, and by customer and product.
    visits: dict[str, set[date]] = field(default_factory=lambda: defaultdict(set))
    next_on: dict[tuple[str, str], date] = field(default_factory=dict)


def split(bought: Iterable[tuple[str, Purchase]], as_of: date | None, weeks: int) -> Split:
    """Cut what was bought in two."""
    rows = sorted(bought, key=lambda each: each[1].day)
    made = Split(as_of or rows[0][1].day + timedelta(weeks=weeks), weeks)
    before: dict[str, list[Purchase]] = defaultdict(list)
    for customer, each in rows:
        if each.day < made.as_of:
            before[customer].append(each)
        elif each.day < made.as_of + timedelta(weeks=weeks):
            made.visits[customer].add(each.day)
            made.next_on.setdefault((customer, each.sku), each.day)
    made.known = [History(derived_id(who), who, tuple(each)) for who, each in before.items()]
    return made


def read(file: Path) -> Iterator[tuple[str, Purchase]]:
    """Read a file of orders."""
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            day = date.fromisoformat(row["ordered_on"])
            yield row["customer_ref"], Purchase(day, Decimal(row["quantity"]), sku=row["sku"])


def judge_runout(given: Split) -> None:
    """Print how far the days named lie from the days on which they came."""
    rules = _rules(given)
    begun = perf_counter()
    ours = {(who, sku): day for who, sku, day in runouts(lambda: given.known, given.as_of)}
    seconds = perf_counter() - begun
    judged = [key for key in ours if key in given.next_on]
    click.echo(
        f"  run-out: {len(judged)} of {len(ours)} with {ENOUGH} purchase days or more came back"
        f" ({seconds:.1f} s)"
    )
    for name, named in {**rules, "lamplit": ours}.items():
        wrong = [abs((named[key] - given.next_on[key]).days) for key in judged]
        near = sum(each <= WEEK for each in wrong) / len(wrong)
        click.echo(f"    {name:<24}{fmean(wrong):8.1f} days {near:8.1%} within 7 days")


def _rules(given: Split) -> dict[str, dict[tuple[str, str], date]]:
    found: dict[str, dict[tuple[str, str], date]] = defaultdict(dict)
    for history in given.known:
        for sku, bought in by_sku(history.purchases).items():
            days = sorted({each.day for each in bought})
            if len(days) < ENOUGH:
                continue
            whole = (days[-1] - days[0]).days
            for name, gap in (
                ("last interval", (days[-1] - days[-2]).days),
                ("mean interval", whole / (len(days) - 1)),
            ):
                key, at = (history.reference, sku), days[-1] + timedelta(days=round(gap))
                left = given.as_of + timedelta(days=1)
                late = max(0, ceil((left - at).days / gap))
                found[f"{name}, rolled"][key] = at + timedelta(days=round(late * gap))
                found[f"{name}, moved"][key] = max(at, left)
    return found


def judge_purchases(given: Split) -> None:
    """Print how far the numbers expected lie from how often they came."""
    begun = perf_counter()
    ours = dict(outlooks(lambda: given.known, given.as_of, given.weeks))
    seconds = perf_counter() - begun
    came = {each.reference: len(given.visits[each.reference]) for each in given.known}
    named = {
        "nobody comes": dict.fromkeys(came, 0.0),
        "BG/NBD, mean": _bg_nbd(given),
        "lamplit, mean": {who: each.mean for who, each in ours.items()},
        "lamplit, median": {who: float(each.median) for who, each in ours.items()},
    }
    click.echo(f"  purchases: {len(came)} customers, {sum(came.values())} in all ({seconds:.1f} s)")
    for name, each in named.items():
        wrong = fmean(abs(each[who] - times) for who, times in came.items())
        squared = fmean((each[who] - times) ** 2 for who, times in came.items()) ** 0.5
        total = sum(each.values())
        click.echo(f"    {name:<24}{wrong:8.4f} error {squared:8.4f} rms {total:10.0f} in all")


def _bg_nbd(given: Split) -> dict[str, float]:
    seen = {each.reference: _seen(each.purchases, given.as_of) for each in given.known}
    kinds = Counter(seen.values())
    model = fit(kinds)
    numbers = {kind: expected(model, kind, given.weeks) for kind in kinds}
    return {who: numbers[kind] for who, kind in seen.items()}


def _seen(bought: Sequence[Purchase], as_of: date) -> Seen:
    days = sorted({each.day for each in bought})
    now = as_of - timedelta(days=1)
    return Seen(len(days) - 1, (days[-1] - days[0]).days / 7, (now - days[0]).days / 7)


def judge(name: str, given: Split) -> None:
    """Print both."""
    click.echo(f"{name}: known before {given.as_of}, judged by {given.weeks} weeks from then on")
    judge_runout(given)
    judge_purchases(given)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("file", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--weeks", default=39, show_default=True, help="Known, and judged by.")
@click.option("--made", "seed", type=int, help="Measure made-up shops, drawn from this seed.")
def main(file: Path | None, as_of: object, weeks: int, seed: int | None) -> None:
    """Measure the forecasts on FILE and on made-up shops."""
    day = date.fromisoformat(f"{as_of:%Y-%m-%d}") if as_of else None
    if file is not None:
        judge(file.name, split(read(file), day, weeks))
    for name, rows in shops(seed) if seed is not None else ():
        first = date(2025, 1, 1)
        bought = [
            (row.customer, Purchase(first + timedelta(row.day), Decimal(row.quantity), sku=row.sku))
            for row in rows
        ]
        judge(name, split(bought, first + timedelta(weeks=weeks), weeks))


if __name__ == "__main__":
    main()
