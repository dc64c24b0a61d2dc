"""Whatever goes wrong in whatever order, nothing is lost, doubled or out of its order.

Two thousand runs. What it prints at a failure repeats that run: `make simulate SEED=...`.
"""

import json
import logging
from collections import Counter

import pytest

from tests.simulator.faults import never_fired
from tests.simulator.runs import simulator

#: The runs are cut into so many tests, and each has so many seeds for either kind of run.
TESTS, SEEDS = 10, 100


@pytest.fixture
def simulated(monkeypatch):
    """A simulator; the bus's own warnings are as many as the faults."""
    monkeypatch.setattr(logging.getLogger("bus"), "disabled", True)
    with simulator() as made:
        yield made


@pytest.fixture
def pool(request, tmp_path_factory):
    """What fired in all parts together, once the last of them is done; nothing before that."""
    folder = tmp_path_factory.getbasetemp()
    folder = folder.parent if hasattr(request.config, "workerinput") else folder

    def add(part: int, fired: Counter) -> Counter | None:
        (folder / f"fired-{part}.json").write_text(json.dumps(fired))
        parts = [Counter(json.loads(path.read_text())) for path in folder.glob("fired-*.json")]
        return sum(parts, Counter()) if len(parts) == TESTS else None

    return add


@pytest.mark.parametrize("part", range(TESTS))
def test_nothing_is_violated_and_every_fault_was_met(simulated, pool, part):
    fired = Counter()
    for seed in range(part * SEEDS, (part + 1) * SEEDS):
        for settles in (False, True):
            outcome = simulated.run(seed, settles=settles)
            assert not outcome.violation, str(outcome)
            fired += outcome.fired

    if (together := pool(part, fired)) is not None:
        for name, count in sorted(together.items()):
            print(f"{count:8}  {name}")  # noqa: T201 - shown with a failure
        assert never_fired(together) == []


def test_a_seed_repeats_its_run(simulated):
    first = simulated.run(7, settles=True)
    again = simulated.run(7, settles=True)

    assert first.trace == again.trace
    assert first.fired == again.fired
    assert len(first.trace) > 5
