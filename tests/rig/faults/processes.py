"""Processes are killed, stopped and paused, as kernels, upgrades and starved machines do."""

import signal
import time

from tests.rig.company import open_for_business
from tests.rig.kinds import fault
from tests.rig.world import LONG, World


@fault("nothing")
def nothing(_world: World) -> str:
    """For comparison."""
    time.sleep(5)
    return "5 s of trade"


@fault("workers killed (kill -9), one after the other", 3, 4)
def kill_workers(world: World) -> str:
    """As the kernel does when memory is short."""
    for _ in range(4):
        for worker in world.workers:
            time.sleep(0.4)
            worker.restart_after(signal.SIGKILL)
    return "8 kills"


@fault("web process killed (kill -9) in the middle of requests", 1, 2)
def kill_web(world: World) -> str:
    """Clients ask again with the same key."""
    for _ in range(4):
        open_for_business(world)
        time.sleep(1.5)
        world.web.restart_after(signal.SIGKILL)
    return "4 kills"


@fault("workers and web ended gracefully (SIGTERM), every other time told twice within 50 ms", 6)
def terminate(world: World) -> str:
    """As an upgrade does, and as somebody who cannot wait does."""
    stops = 0
    for gap in (0.0, 0.01, 0.05):
        for program in world.programs:
            open_for_business(world)
            time.sleep(0.3)
            if stops % 2:
                program.send(signal.SIGTERM)
                time.sleep(gap)
            program.restart_after(signal.SIGTERM)
            stops += 1
    return f"{stops} stops"


@fault("a worker paused (SIGSTOP), then let go on", 7)
def pause(world: World) -> str:
    """Its noted deliveries are another's meanwhile."""
    for _ in range(60 if LONG else 15):
        world.workers[0].send(signal.SIGSTOP)
        time.sleep(1)
    world.workers[0].send(signal.SIGCONT)
    return f"{60 if LONG else 15} s"
