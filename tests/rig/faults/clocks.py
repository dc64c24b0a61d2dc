"""The clocks of processes are a day ahead, a day behind, or tremble."""

import time
from uuid import uuid4

import bus
from core.db import unit_of_work
from tests.rig.company import an_app, open_for_business
from tests.rig.kinds import fault
from tests.rig.world import World

#: What a process runs first: its clock, of which all its clocks are made, is another one then.
AHEAD = "import time; _real = time.time; time.time = lambda: _real() + 86400"
BEHIND = "import time; _real = time.time; time.time = lambda: _real() - 86400"
TREMBLING = (
    "import time, random; _real = time.time; time.time = lambda: _real() + random.uniform(-.3, .3)"
)


@fault("one worker's clock a day ahead, the other's a day behind, the web's trembling by 0.3 s", 20)
def move_clocks(world: World) -> str:
    """What is due is told by PostgreSQL's clock, which all share."""
    clocks = (TREMBLING, AHEAD, BEHIND)
    for program, clock in zip(world.programs, clocks, strict=True):
        program.exchange(before=clock)
    open_for_business(world)
    time.sleep(8)
    for program in world.programs:
        program.exchange(before="")
    return "8 s"


@fault(
    "the clock a day ahead, set back with a failed delivery waiting, then behind",
    20,
    place="embedded",
)
def move_only_clock(world: World) -> str:
    """What waits until tomorrow is found stranded and freed."""
    from modules.drill.events import TroubleMade

    (program,) = world.programs
    program.exchange(before=AHEAD)
    open_for_business(world)
    with unit_of_work(an_app(world)):
        bus.publish(TroubleMade(subject_id=uuid4(), what="raises"))
    time.sleep(4)
    (world.home / "drill-mended").touch()
    program.exchange(before=BEHIND)
    open_for_business(world)
    time.sleep(4)
    program.exchange(before="")
    open_for_business(world)
    return "twice some seconds"
