"""Redis is emptied, killed, silent, full, and told the same a thousand times."""

import os
import signal
import time

import redis

from bus.actors import Actors
from bus.broker import broker
from tests.rig.kinds import expect, fault
from tests.rig.world import LONG, World

AWAY = 300 if LONG else 8


@fault("every subscriber poked a thousand times for nothing, in disorder", 8, 9)
def poke_again(world: World) -> str:
    """A poke says nothing; only the rows do."""
    through = broker(world.redis_url)
    actors, names = Actors(through), ("finance", "warehouse", "service", "drill")
    for number in range(4000):
        actors.drain.send(names[number * 7 % 4])
    through.close()
    time.sleep(3)
    return "4,000 pokes"


@fault("Redis emptied (FLUSHALL)", 10, 11)
def flush(world: World) -> str:
    """Every poke under way is gone."""
    with redis.Redis.from_url(world.redis_url) as client:
        for _ in range(20):
            client.flushall()
            time.sleep(0.2)
    return "20 times"


@fault("Redis killed, away for a while, started again without its memory", 10, 11, 12)
def kill_redis(world: World) -> str:
    """Its memory is gone, too."""
    again = world.redis.kill()
    time.sleep(AWAY)
    again()
    time.sleep(2)
    return f"{AWAY} s away"


@fault("Redis killed and started again with its file (appendonly)", 11)
def kill_redis_with_file(world: World) -> str:
    """What was noted as under way is there again."""
    with redis.Redis.from_url(world.redis_url) as client:
        client.config_set("appendonly", "yes")
    for _ in range(3):
        time.sleep(1)
        world.redis.kill(more=("--appendonly", "yes"))()
    with redis.Redis.from_url(world.redis_url) as client:
        client.config_set("appendonly", "no")
    return "3 kills"


@fault("Redis silent (SIGSTOP): it neither answers nor refuses", 12)
def silent_redis(world: World) -> str:
    """The worst of its ways to be away."""
    pid = world.redis.pid()
    os.kill(pid, signal.SIGSTOP)
    time.sleep(AWAY)
    os.kill(pid, signal.SIGCONT)
    return f"{AWAY} s silent"


@fault("Redis full (maxmemory): noeviction, then allkeys-lru", 13)
def full_redis(world: World) -> str:
    """It refuses every poke, or forgets them without a word."""
    with redis.Redis.from_url(world.redis_url) as client:
        for policy in ("noeviction", "allkeys-lru"):
            client.config_set("maxmemory-policy", policy)
            client.config_set("maxmemory", "1mb")
            time.sleep(4)
            expect(policy == "allkeys-lru" or _refuses(client), "Redis was not full")
        client.config_set("maxmemory", "0")
        client.config_set("maxmemory-policy", "noeviction")
    return "4 s each"


def _refuses(client: "redis.Redis") -> bool:
    try:
        client.set("rig", "full")
    except redis.ResponseError:
        return True
    return False
