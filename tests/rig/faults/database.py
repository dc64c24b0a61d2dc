"""PostgreSQL ends sessions, dies, is held up, does not answer, and is set back to a backup."""

import os
import signal
import subprocess
import time
from pathlib import Path
from uuid import uuid4

import psycopg

import bus
from core.db import unit_of_work
from tests.rig.company import an_app, open_for_business
from tests.rig.kinds import expect, fault
from tests.rig.proxy import Proxy
from tests.rig.servers import ready
from tests.rig.world import LONG, World

IDLE = 600 if LONG else 10


@fault("PostgreSQL's backends ended in mid-transaction", 14)
def terminate_backends(world: World) -> str:
    """As an administrator or a lost network does."""
    ended = 0
    for _ in range(10):
        time.sleep(0.6)
        with psycopg.connect(world.database_url, autocommit=True) as connection:
            rows = connection.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid()"
            ).fetchall()
            ended += len(rows)
    return f"{ended} connections"


@fault("PostgreSQL restarted at once (immediate shutdown)", 14)
def restart_postgresql(world: World) -> str:
    """It recovers from its log; everybody connects again."""
    for _ in range(2):
        time.sleep(1)
        world.postgresql.kill(signal.SIGQUIT)()
        ready(world.database_url).close()
        time.sleep(2)
    return "2 restarts"


@fault("COMMITs of the web process and a worker cut off by a proxy", 15)
def lose_answers(world: World) -> str:
    """Every other of them has happened, and nobody who sent one knows."""
    some = world.programs[:2]
    with Proxy(world.database_url) as proxy:
        for program in some:
            through = {"LAMPLIT_DATABASE_URL": proxy.url}
            program.exchange(surroundings=program.surroundings | through)
        open_for_business(world)
        proxy.cutting, end = True, time.monotonic() + 60
        time.sleep(10)
        while min(proxy.kept, proxy.lost) < 2 and time.monotonic() < end:
            time.sleep(0.5)
        proxy.cutting = False
        for program in some:
            straight = {"LAMPLIT_DATABASE_URL": world.database_url}
            program.exchange(surroundings=program.surroundings | straight)
        open_for_business(world)
    expect(proxy.kept > 1 and proxy.lost > 1, "hardly a commit was cut")
    return f"{proxy.kept} commits done but not answered, {proxy.lost} never done"


@fault("a publisher idle in its transaction; others publish, a switch gives up cleanly", 16)
def idle_in_transaction(world: World) -> str:
    """Live delivery does not wait for it; what must keep publishers out says so and leaves."""
    from modules.drill.events import TroubleMade

    app, refused = an_app(world), False
    with unit_of_work(app):
        bus.publish(TroubleMade(subject_id=uuid4(), what="nothing"))
        before = world.trade.ledger.acts
        try:
            with unit_of_work(app):
                bus.disable("warehouse")
        except bus.Busy:
            refused = True
        time.sleep(IDLE)
    expect(refused, "a switch did not give up")
    expect(world.trade.ledger.acts > before, "nobody could trade meanwhile")
    return f"{IDLE} s"


@fault("modules switched off and on under load", 23)
def switch_modules(world: World) -> str:
    """Nothing may be missed and nothing heard twice."""
    app, switched = an_app(world), 0
    for _ in range(100):
        for verb in (bus.disable, bus.enable):
            try:
                with unit_of_work(app):
                    verb("warehouse")
                switched += 1
            except bus.Busy:
                continue
    with unit_of_work(app):
        bus.enable("warehouse")
    return f"{switched} switches"


@fault("set back to a backup (pg_dump) while Redis keeps newer pokes", 28)
def restore_backup(world: World) -> str:
    """What came after the backup is lost with it; all the rest is as it was."""
    dump, trade = world.home / "backup", world.trade
    time.sleep(2)
    kept = trade.ledger.copy()
    _run(world, "pg_dump", "-Fc", "-f", str(dump))
    for worker in world.workers:
        worker.end()
    time.sleep(3)  # pokes gather in Redis
    trade.end()
    later = trade.ledger.acts - kept.acts
    world.web.end()
    with psycopg.connect(world.database_url, autocommit=True) as connection:
        connection.execute("drop schema public cascade")
        connection.execute("create schema public")
    _run(world, "pg_restore", "-d", world.database_url, str(dump))
    trade.ledger = kept
    open_for_business(world)
    expect(later > 20, "nothing came after the backup")
    trade.begin()
    time.sleep(2)
    return f"{later} acts newer than the backup"


def _run(world: World, program: str, *options: str) -> None:
    """Run one of the programs that came with the server, as its version wants it."""
    binary = Path(os.readlink(f"/proc/{world.postgresql.pid()}/exe")).parent / program
    source = [world.database_url] if program == "pg_dump" else []
    done = subprocess.run([binary, *options, *source], check=False, capture_output=True, text=True)
    expect(not done.returncode, f"{program} failed: {done.stderr}")
