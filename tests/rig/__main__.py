"""`make faults`: break real programs while clients trade, and write what came of it.

ONLY="Redis"        only the faults with this in their names
"""

import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from statistics import quantiles

import click

from core.clock import now
from core.config import CHECKOUT
from core.testing.servers import postgresql_server, redis_server
from tests.rig.company import found, settle, wrong
from tests.rig.faults import FAULTS, Kind
from tests.rig.load import Client, Ledger
from tests.rig.programs import World

DOCUMENT = CHECKOUT / "docs" / "faults.md"
CLIENTS = 3
HEAD = (
    "what was done",
    "how much",
    "acts acknowledged",
    "p95 of an act",
    "all caught up after",
    "verdict",
)
BEGINNING = """# What was broken, and what came of it

Real PostgreSQL (fsync on), Redis, one web process and two workers. Three clients sell and take
payments by HTTP while the fault is made; a client asks again with the same Idempotency-Key until it
is answered. Afterwards every acknowledged order and payment is there once, every view and deal is
what the log says (`lamplit doctor`), there is no dead letter, nothing is open, and the reconciler
finds nothing missing.

Written by `make faults` on {day}.

"""
END = """

Not run here: a full disk; a moved clock; an answer to COMMIT that is lost on the way, poison events
and events that kill their process (the simulator does these); two handlers in a deadlock; old and
new code side by side; a restored backup; SQLite under faults of the operating system; several
computers.
"""


def main() -> int:
    """Run the faults; 1 when anything was lost, doubled or stuck."""
    only = os.environ.get("ONLY", "")
    kinds = [kind for kind in FAULTS if only.lower() in kind.name.lower()]
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        database = stack.enter_context(postgresql_server(careful=True))
        world = World(home, database, stack.enter_context(redis_server()))
        stack.callback(world.end)
        token, customer = found(world)
        for program in world.programs:
            program.start()
        time.sleep(4)
        rows = [_try(world, kind, token, customer) for kind in kinds]
    if not only:
        DOCUMENT.write_text(_document(rows), encoding="utf-8")
    return int(any("nothing lost" not in row[-1] for row in rows))


def _try(world: World, kind: Kind, token: str, customer: str) -> tuple[str, ...]:
    ledger = Ledger()
    clients = [Client(world.port, token, customer, ledger) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    done = kind.do(world)
    for client in clients:
        client.finish()
    for client in clients:
        client.join(100)
    recovered = settle(world)
    faults = wrong(world, ledger)
    if recovered == float("inf"):
        faults.append("deliveries are stuck")
    p95 = quantiles(ledger.seconds, n=20)[-1] * 1000 if len(ledger.seconds) > 1 else 0.0
    verdict = "; ".join(faults) or "nothing lost, doubled or out of order"
    row = (
        kind.name, done, str(ledger.acts), f"{p95:.0f} ms", f"{recovered:.1f} s", verdict,
    )  # fmt: skip
    click.echo("  ".join(row))
    return row


def _document(rows: list[tuple[str, ...]]) -> str:
    table = [_line(HEAD), _line(("---",) * len(HEAD)), *(_line(row) for row in rows)]
    return BEGINNING.format(day=now().date()) + "\n".join(table) + END


def _line(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cells) + " |"


sys.exit(main())
