"""A disk runs full, and room is made again."""

import shutil
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import redis

from tests.rig.kinds import expect, fault
from tests.rig.world import World

MEGABYTE = 1024 * 1024


@fault("the disk full under SQLite, then room again", 18, place="embedded on a small disk")
def fill_disk_of_file(world: World) -> str:
    """What is refused is refused whole, in words; the rest goes on when there is room."""
    time.sleep(3)
    ballast = _fill(world)
    time.sleep(8)
    stood_still = _stands_still(world)
    ballast.unlink()
    refusals = world.trade.ledger.refusals
    expect(stood_still, "there was room all the time")
    expect(set(refusals) == {503}, f"not only 503: {dict(refusals)}")
    time.sleep(2)
    return f"{refusals[503]} requests refused with 503 in 8 s"


@fault("the disk full under PostgreSQL and Redis's file", 18, place="scaled on a small disk")
def fill_disk_of_servers(world: World) -> str:
    """PostgreSQL may even end; it is started again when there is room."""
    with redis.Redis.from_url(world.redis_url) as client:
        client.config_set("appendonly", "yes")
    time.sleep(3)
    command = world.postgresql.command()
    pid = world.postgresql.pid()
    ballast = _fill(world)
    time.sleep(3)
    with suppress(psycopg.Error), psycopg.connect(world.database_url, autocommit=True) as one:
        for _ in range(8):  # its log needs a new file
            one.execute("select pg_switch_wal()")
            one.execute("create table if not exists rig_switch ()")
            one.execute("drop table rig_switch")
    time.sleep(4)
    stood_still = _stands_still(world)
    ballast.unlink()
    time.sleep(2)
    ended = not Path(f"/proc/{pid}").exists() or _is_zombie(pid)
    if ended:
        world.postgresql.start(command)
    expect(stood_still, "there was room all the time")
    time.sleep(6)
    refused = world.trade.ledger.refusals.total()
    return f"{refused} requests refused; PostgreSQL {'ended' if ended else 'went on'}"


def _fill(world: World) -> Path:
    """Leave no room; returns what takes it."""
    if world.disk is None:
        raise LookupError("this company has no disk of its own")
    ballast = world.disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while shutil.disk_usage(world.disk).free:
            file.write(b"\0" * min(MEGABYTE, shutil.disk_usage(world.disk).free))
    ballast.chmod(0o600)
    return ballast


def _stands_still(world: World) -> bool:
    before = world.trade.ledger.acts
    time.sleep(2)
    return world.trade.ledger.acts == before


def _is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
