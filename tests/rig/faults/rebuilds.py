"""A rebuild of a department's books dies on its way, and on either side of its takeover."""

import signal
import time

from sqlalchemy import text

from core.db import db, reading, unit_of_work
from tests.rig.company import an_app
from tests.rig.kinds import expect, fault
from tests.rig.world import World

#: What a process runs first, so that it dies around one of the steps of a rebuild.
_DYING = """
import os, signal
from core.doctor import rebuild
_real = rebuild.{name}
def _dies(*arguments):
    if {after}:
        _real(*arguments)
    os.kill(os.getpid(), signal.SIGKILL)
rebuild.{name} = _dies
"""
#: The log is told; the rest is told; all is written but not committed; committed, not tidied up.
_STEPS = (("_hear_all", True), ("_hear_rest", True), ("take_over", True), ("_remove", False))


@fault("`lamplit bus rebuild finance` killed on its way and at its takeover", 24)
def kill_rebuild(world: World) -> str:
    """The old books stand until the takeover; in the end they are what the log says."""
    spoiled, kills = _spoil(world), 0
    for delay in (0.05, 0.3, 0.6):
        kills += _kill_on_the_way(world, delay)
    for name, after in _STEPS:
        expect(_spoiled(world) == spoiled, f"books were written before {name}")
        dying = _DYING.format(name=name, after=after)
        code = world.program("bus", "rebuild", "finance", before=dying).run()
        expect(code == -signal.SIGKILL, f"it did not die at {name}: {code}")
        kills += 1
    expect(_spoiled(world) == 0, "the books were not put right")
    expect(world.program("bus", "rebuild", "finance").run() == 0, "it could not be run again")
    return f"{kills} kills, {spoiled} spoiled rows"


def _kill_on_the_way(world: World, delay: float) -> bool:
    """Kill a rebuild a little after it has begun to write; tells whether it was still at it."""
    rebuild, shadow = world.program("bus", "rebuild", "finance"), world.home / "rebuild"
    rebuild.start()
    while not (shadow / "finance.sqlite3").exists() and not rebuild.has_died():
        time.sleep(0.02)
    time.sleep(delay)
    under_way = not rebuild.has_died()
    rebuild.send(signal.SIGKILL)
    rebuild.wait()
    return under_way


def _spoil(world: World) -> int:
    """Write nonsense over books in which nothing happens any more; returns into how many rows."""
    statement = "update finance_receivable set customer_name = 'spoiled' where owed = 0"
    with unit_of_work(an_app(world)):
        return int(db.session.connection().execute(text(statement)).rowcount)


def _spoiled(world: World) -> int:
    statement = "select count(*) from finance_receivable where customer_name = 'spoiled'"
    with reading(an_app(world)):
        return int(db.session.scalar(text(statement)) or 0)
