"""What came of it all, as docs/faults.md."""

from collections.abc import Sequence
from typing import NamedTuple

from tests.rig.kinds import KINDS
from tests.rig.rows import ROWS

SOUND = "nothing lost, doubled or out of order"
_HEAD = (
    "what was done", "how much", "acts acknowledged", "p95 of an act", "all caught up after",
    "verdict",
)  # fmt: skip
_BEGINNING = """# What was broken, and what came of it

Real programs: PostgreSQL (fsync on), Redis, one web process and two workers; or SQLite with all in
one process. Three clients sell and take payments by HTTP while the fault is made; a client asks
again with the same Idempotency-Key until it is answered. Afterwards every acknowledged order and
payment is there once; every view and deal is what the log says (`lamplit doctor`); a handler that
writes down blindly what it hears has heard each event once, in the order of its deal; there is no
dead letter, nothing is open, no effect unsent, and the reconciler finds nothing missing.

A p95 is of requests that were answered; one that was cut off is asked again and measured anew.

Written by `make faults` on {days}, with {durations} durations, in {minutes:.0f} minutes.
`make faults LONG=1` lets what lasts, last long: a minute for a paused worker, five for Redis, ten
for an idle publisher.

"""
_LIST = """
## The list of faults

What is not made in the rig is made in `tests/simulator`: two thousand seeded companies in one
process, which die at every step of publishing, delivering and replaying.

"""
_MISSING = """
Not made at all: several computers; a power cut of a real disk.
"""


class Outcome(NamedTuple):
    """What came of one kind of fault."""

    name: str
    done: str
    acts: int
    p95: float
    recovered: float
    verdict: str
    day: str
    #: Whether what lasts, lasted long.
    long: bool
    seconds: float

    @property
    def is_sound(self) -> bool:
        """Whether nothing was wrong; what this machine did not let us do is not wrong."""
        return self.verdict == SOUND or self.verdict.startswith("not run")

    @property
    def cells(self) -> tuple[str, ...]:
        """As a line of the table."""
        if self.verdict.startswith("not run"):
            return (self.name, "", "", "", "", self.verdict)
        p95, recovered = f"{self.p95 * 1000:.0f} ms", f"{self.recovered:.1f} s"
        return (self.name, self.done, str(self.acts), p95, recovered, self.verdict)


def document(outcomes: Sequence[Outcome]) -> str:
    """The page."""
    beginning = _BEGINNING.format(
        days=" and ".join(sorted({outcome.day for outcome in outcomes})),
        durations=" and ".join(sorted({"long" if one.long else "short" for one in outcomes})),
        minutes=sum(outcome.seconds for outcome in outcomes) / 60,
    )
    return "".join(
        (
            beginning,
            _table(_HEAD, [outcome.cells for outcome in outcomes]),
            _LIST,
            _table(("#", "fault", "made in"), coverage(outcomes)),
            _MISSING,
        )
    )


def coverage(outcomes: Sequence[Outcome]) -> list[tuple[str, ...]]:
    """Each fault of the list, and what made it."""
    run = {outcome.name for outcome in outcomes if not outcome.verdict.startswith("not run")}
    lines = []
    for row in ROWS:
        kinds = [kind for kind in KINDS if row.number in kind.rows]
        made = [f"rig: {kind.name}" for kind in kinds if kind.name in run]
        left = [f"not run: {kind.name}" for kind in kinds if kind.name not in run]
        where = "; ".join((*made, *left, *([row.elsewhere] if row.elsewhere else [])))
        lines.append((str(row.number), row.fault, where))
    return lines


def _table(head: tuple[str, ...], lines: Sequence[tuple[str, ...]]) -> str:
    rows = (head, ("---",) * len(head), *lines)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in rows)
