"""`make faults`: break real programs while clients trade, and write what came of it.

ONLY="Redis,clock"  only the faults with one of these in their names; the page keeps the others
LONG=1              what lasts, lasts long: minutes instead of seconds
"""

import importlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from statistics import quantiles

import click

from core.clock import now
from core.config import CHECKOUT
from tests.rig.company import found, open_for_business, settle, wrong
from tests.rig.kinds import KINDS, Kind, Place, Wrong
from tests.rig.load import Ledger
from tests.rig.report import SOUND, Outcome, document
from tests.rig.world import LONG, Impossible, World, embedded, scaled, small_disk

DOCUMENT = CHECKOUT / "docs" / "faults.md"
#: What came of each kind of fault when it was last made.
KEPT = CHECKOUT / "var" / "faults.json"
#: In the order of the table; the upgrade comes last on its company, which keeps the new code.
FILES = (
    "processes",
    "broker",
    "database",
    "handlers",
    "rebuilds",
    "clocks",
    "versions",
    "file",
    "disks",
)


def main() -> int:
    """Run the faults; 1 when anything was lost, doubled or stuck."""
    for name in FILES:
        importlib.import_module(f"tests.rig.faults.{name}")
    wanted = os.environ.get("ONLY", "").lower().split(",")
    KINDS.sort(key=lambda kind: list(_PLACES).index(kind.place))
    kinds = [kind for kind in KINDS if any(word in kind.name.lower() for word in wanted)]
    sound = True
    for place, here in groupby(kinds, key=lambda kind: kind.place):
        for outcome in _outcomes(place, list(here)):
            click.echo("  ".join(outcome.cells))
            sound = sound and outcome.is_sound
            _keep(outcome)
    return int(not sound)


def _keep(outcome: Outcome) -> None:
    """Keep it beside those of other runs, and write the page when there is one of every kind."""
    KEPT.parent.mkdir(exist_ok=True)
    kept = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    kept[outcome.name] = outcome
    KEPT.write_text(json.dumps(kept), encoding="utf-8")
    if all(kind.name in kept for kind in KINDS):
        outcomes = [Outcome(*kept[kind.name]) for kind in KINDS]
        DOCUMENT.write_text(document(outcomes), encoding="utf-8")


def _outcomes(place: Place, kinds: list[Kind]) -> Iterator[Outcome]:
    """Do all the faults of one place, on one company."""
    try:
        with _PLACES[place]() as world:
            found(world)
            for kind in kinds:
                yield _try(world, kind)
    except Impossible as reason:
        for kind in kinds:
            yield Outcome(kind.name, "", 0, 0, 0, str(reason), _day(), LONG, 0)


def _try(world: World, kind: Kind) -> Outcome:
    trade, faults, done, begun = world.trade, list[str](), "", time.monotonic()
    trade.ledger = Ledger()
    open_for_business(world)
    trade.begin()
    try:
        done = kind.do(world)
    except Wrong as error:
        faults.append(str(error))
    trade.end()
    recovered = settle(world)
    if recovered == float("inf"):
        faults.append("deliveries are stuck")
    faults += wrong(world)
    if trade.ledger.unanswered:
        faults.append(f"{trade.ledger.unanswered} acts were never answered")
    seconds = trade.ledger.seconds
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else 0.0
    verdict, took = "; ".join(faults) or SOUND, time.monotonic() - begun
    return Outcome(kind.name, done, trade.ledger.acts, p95, recovered, verdict, _day(), LONG, took)


def _day() -> str:
    return str(now().date())


@contextmanager
def _scaled_on_small_disk() -> Iterator[World]:
    with small_disk(200) as folder, scaled(folder) as world:
        yield world


@contextmanager
def _embedded_on_small_disk() -> Iterator[World]:
    with small_disk(40) as folder, embedded(folder) as world:
        yield world


_PLACES: dict[Place, Callable[[], AbstractContextManager[World]]] = {
    "scaled": scaled,
    "embedded": embedded,
    "embedded on a small disk": _embedded_on_small_disk,
    "scaled on a small disk": _scaled_on_small_disk,
}


# Told to end, it ends what it has started, too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
sys.exit(main())
