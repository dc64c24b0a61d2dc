"""SQLite: its only process dies, its file is locked and copied, and two processes share it."""

import shutil
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from core.config import Settings
from tests.rig.company import open_for_business, opened_copy
from tests.rig.kinds import expect, fault
from tests.rig.load import Trade
from tests.rig.world import ADDONS, World

FILE = "lamplit.sqlite3"


@fault("nothing, on SQLite", place="embedded")
def nothing(_world: World) -> str:
    """For comparison."""
    time.sleep(5)
    return "5 s of trade"


@fault("the only process killed (kill -9) in mid-trade", 1, 2, 3, 4, 19, place="embedded")
def kill_everything(world: World) -> str:
    """Screens, workers and database die together."""
    for _ in range(6):
        time.sleep(2)
        world.web.restart_after(signal.SIGKILL)
        open_for_business(world)
    return "6 kills"


@fault("the file locked by another process (sqlite3 BEGIN IMMEDIATE)", 17, place="embedded")
def lock_file(world: World) -> str:
    """People wait, or are told that the database is away; nobody hangs."""
    with closing(sqlite3.connect(world.home / FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        before = world.trade.ledger.acts
        time.sleep(20)
        expect(world.trade.ledger.acts - before <= 3, "somebody wrote all the same")
        other.execute("ROLLBACK")
    refusals = world.trade.ledger.refusals
    expect(set(refusals) <= {503}, f"not only 503: {dict(refusals)}")
    time.sleep(2)
    return f"20 s; {refusals[503]} requests refused with 503, the others waited"


@fault("the power cut: file and log copied in one moment, opened elsewhere", 19, place="embedded")
def copy_file(world: World) -> str:
    """And as operations.md says to do it: by SQLite's own backup."""
    found, acts = [], 0
    for number in range(2):
        time.sleep(3)
        ledger = world.trade.ledger.copy()
        acts = ledger.acts
        copy = world.home / f"copy-{number}"
        copy.mkdir()
        _copy_at_once(world, copy)
        found += opened_copy(Settings(copy, addons=(ADDONS,)), ledger)
        ledger, kept = world.trade.ledger.copy(), world.home / f"backup-{number}"
        kept.mkdir()
        _back_up(world.home / FILE, kept / FILE)
        found += opened_copy(Settings(kept, addons=(ADDONS,)), ledger)
    expect(not found, f"the copy: {'; '.join(found)}")
    return f"2 copies, 2 backups; {acts} acts in the last copy"


@fault("two processes on one SQLite file, clients at both", 26, place="embedded")
def share_file(world: World) -> str:
    """Lamplit never forks; several processes take turns at the file."""
    other, first = World(world.home), world.trade
    second = Trade(other.port, first.token, first.customer, first.ledger)
    other.trade = second
    open_for_business(other)
    second.begin()
    time.sleep(4)
    other.web.restart_after(signal.SIGKILL)
    time.sleep(4)
    second.end()
    other.web.end()
    return "8 s, one of them killed"


def _copy_at_once(world: World, folder: Path) -> None:
    """Copy what a disk would hold if the power went now: the process stands still meanwhile."""
    world.web.send(signal.SIGSTOP)
    for name in (FILE, f"{FILE}-wal"):
        if (world.home / name).exists():
            shutil.copy(world.home / name, folder / name)
    world.web.send(signal.SIGCONT)


def _back_up(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as one, closing(sqlite3.connect(target)) as copy:
        one.backup(copy)
        expect(copy.execute("pragma integrity_check").fetchone() == ("ok",), "a broken backup")
