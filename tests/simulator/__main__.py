"""`python -m tests.simulator`: run any number of seeds, or one of them with its trace.

SEEDS=5000          so many, from 0 on
SEEDS=12000..12400  these
SEED=123            one, with all that happened in it
"""

import logging
import os
import sys
from collections import Counter
from collections.abc import Iterable

import click

from tests.simulator.faults import never_fired
from tests.simulator.runs import Outcome, Simulator, simulator

#: A run with faults to its end, and one in which they stop and everything must settle.
KINDS = {"safety": False, "liveness": True}


def main() -> int:
    """Run what the environment asks for; 1 when anything was violated or never tried."""
    logging.getLogger("bus").disabled = True
    with simulator() as simulated:
        if one := os.environ.get("SEED"):
            return _show(simulated, int(one))
        seeds = _seeds(os.environ.get("SEEDS", "2000"))
        return _run(simulated, seeds)


def _show(simulated: Simulator, seed: int) -> int:
    failed = 0
    for kind, settles in KINDS.items():
        outcome = simulated.run(seed, settles=settles)
        click.echo(f"=== {kind}\n{outcome}")
        failed |= bool(outcome.violation)
    return failed


def _run(simulated: Simulator, seeds: range) -> int:
    fired: Counter[str] = Counter()
    for done, seed in enumerate(seeds, start=1):
        for kind, settles in KINDS.items():
            outcome = simulated.run(seed, settles=settles)
            fired += outcome.fired
            if outcome.violation:
                _tell(kind, outcome)
                return 1
        if done % 100 == 0:
            click.echo(f"\r{done} of {len(seeds)} seeds", nl=False, err=True)
    click.echo(f"\n{len(seeds)} seeds, with and without an end of the trouble: nothing violated")
    for name, count in sorted(fired.items()):
        click.echo(f"{count:8}  {name}")
    return _tell_untried(never_fired(fired))


def _tell(kind: str, outcome: Outcome) -> None:
    click.echo(f"\n=== {kind}\n{outcome}\n\nAgain: make simulate SEED={outcome.seed}")


def _tell_untried(names: Iterable[str]) -> int:
    untried = list(names)
    for name in untried:
        click.echo(f"   never  {name}")
    return int(bool(untried))


def _seeds(wanted: str) -> range:
    first, dots, last = wanted.partition("..")
    return range(int(first), int(last) + 1) if dots else range(int(wanted))


sys.exit(main())
