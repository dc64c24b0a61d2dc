"""What is done to the programs while clients trade; each ends with everything running again."""

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
import redis

from tests.rig.programs import World

Fault = Callable[[World], str]


@dataclass(frozen=True)
class Kind:
    """One fault: what a person calls it, and how it is done."""

    name: str
    do: Fault


FAULTS: list[Kind] = []


def fault(name: str) -> Callable[[Fault], Fault]:
    """Add a fault to the table."""

    def register(do: Fault) -> Fault:
        FAULTS.append(Kind(name, do))
        return do

    return register


@fault("nothing")
def nothing(_world: World) -> str:
    """For comparison."""
    time.sleep(5)
    return "5 s of trade"


@fault("workers killed (kill -9), one after the other")
def kill_workers(world: World) -> str:
    """As the kernel does when memory is short."""
    for _ in range(6):
        for worker in world.workers:
            time.sleep(0.4)
            worker.restart_after(signal.SIGKILL)
    return "12 kills"


@fault("web process killed (kill -9) in the middle of requests")
def kill_web(world: World) -> str:
    """Clients ask again with the same key."""
    for _ in range(4):
        time.sleep(1.5)
        world.web.restart_after(signal.SIGKILL)
    return "4 kills"


@fault("workers and web ended gracefully (SIGTERM)")
def terminate(world: World) -> str:
    """As an upgrade does."""
    for _ in range(2):
        for program in world.programs:
            time.sleep(0.7)
            program.restart_after(signal.SIGTERM)
    return "6 stops"


@fault("a worker paused for 15 s (SIGSTOP), then let go on")
def pause(world: World) -> str:
    """Its noted deliveries are another's meanwhile."""
    world.workers[0].send(signal.SIGSTOP)
    time.sleep(15)
    world.workers[0].send(signal.SIGCONT)
    return "15 s"


@fault("Redis emptied (FLUSHALL)")
def flush(world: World) -> str:
    """Every poke under way is gone."""
    with redis.Redis.from_url(world.redis_url) as client:
        for _ in range(20):
            client.flushall()
            time.sleep(0.2)
    return "20 times"


@fault("Redis killed, away for 8 s, started again")
def kill_redis(world: World) -> str:
    """Its memory is gone, too."""
    again = world.redis.kill()
    time.sleep(8)
    again()
    time.sleep(2)
    return "8 s away"


@fault("Redis silent for 8 s (SIGSTOP): it neither answers nor refuses")
def silent_redis(world: World) -> str:
    """The worst of its ways to be away."""
    import os

    pid = world.redis.pid()
    os.kill(pid, signal.SIGSTOP)
    time.sleep(8)
    os.kill(pid, signal.SIGCONT)
    return "8 s silent"


@fault("Redis full (maxmemory, noeviction)")
def full_redis(world: World) -> str:
    """It refuses every poke."""
    with redis.Redis.from_url(world.redis_url) as client:
        client.config_set("maxmemory-policy", "noeviction")
        client.config_set("maxmemory", "1mb")
        time.sleep(6)
        client.config_set("maxmemory", "0")
    return "6 s full"


@fault("PostgreSQL's backends ended in mid-transaction")
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


@fault("PostgreSQL restarted at once (immediate shutdown)")
def restart_postgresql(world: World) -> str:
    """It recovers from its log; everybody connects again."""
    for _ in range(2):
        time.sleep(1)
        again = world.postgresql.kill(signal.SIGQUIT)
        again()
        time.sleep(4)
    return "2 restarts"


@fault("a transaction left open for 10 s")
def idle_in_transaction(world: World) -> str:
    """Live delivery does not wait for it."""
    with psycopg.connect(world.database_url) as connection:
        connection.execute("create table if not exists rig_idle (n int)")
        connection.execute("insert into rig_idle values (1)")
        time.sleep(10)
        connection.rollback()
    return "10 s"


@fault("modules switched off and on under load")
def switch_modules(world: World) -> str:
    """Nothing may be missed and nothing heard twice."""
    import bus
    from core.db import unit_of_work
    from tests.rig.company import an_app

    app = an_app(world)
    switched = 0
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
