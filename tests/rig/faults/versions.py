"""Old and new code side by side: the new one publishes what the old one cannot read."""

import shutil
import time
from pathlib import Path

from sqlalchemy import text

from core.config import CHECKOUT
from core.db import db, reading
from tests.rig.company import an_app, open_for_business
from tests.rig.kinds import expect, fault
from tests.rig.world import World

_OLD = '''@event("deals.sold", aggregate="deal_id")
class Sold(Fact):
    """Goods or work were sold to a customer. `dues` is the whole plan as it stands now."""
'''
_NEW = '''@upcast("deals.sold", 1)
def _without_channel(payload: dict[str, object]) -> dict[str, object]:
    return {"channel": "unknown", **payload}


@event("deals.sold", aggregate="deal_id", version=2)
class Sold(Fact):
    """Goods or work were sold to a customer, through a channel."""

    channel: str = "counter"
'''
_PARKED = "select count(*) from bus_delivery where status = 0 and error_class = 'NewerVersion'"
_NEWER = "select count(*) from bus_event where fact = 'deals.sold' and fact_version = 2"


@fault("an upgrade while people work: new code sells in a version that the old cannot read", 21, 25)
def upgrade(world: World) -> str:
    """The old worker leaves what is newer to the new ones. The company stays with the new code."""
    tree, (old, other) = _newer_code(world.home / "newer"), world.workers
    time.sleep(2)
    other.exchange(tree=tree)
    world.web.exchange(tree=tree)
    open_for_business(world)
    end, parked = time.monotonic() + 12, 0
    while time.monotonic() < end:
        time.sleep(0.2)
        parked = max(parked, _count(world, _PARKED))
    expect(parked, "the old worker met nothing newer")
    old.exchange(tree=tree)
    newer = _count(world, _NEWER)
    expect(newer > 20, f"only {newer} sales are of the newer version")
    return f"{newer} sales of the newer version, {parked} at once parked by the old worker"


def _newer_code(tree: Path) -> Path:
    """A copy of the code in which what is sold has a second version."""
    for part in ("bus", "core", "modules"):
        unwanted = shutil.ignore_patterns("__pycache__")
        shutil.copytree(CHECKOUT / part, tree / part, ignore=unwanted)
    facts = tree / "core" / "deals" / "facts.py"
    code = facts.read_text(encoding="utf-8")
    expect(_OLD in code, "the declaration of what is sold looks different today")
    code = code.replace(_OLD, _NEW).replace("from bus import Event, event", _IMPORT)
    facts.write_text(code, encoding="utf-8")
    return tree


_IMPORT = "from bus import Event, event, upcast"


def _count(world: World, statement: str) -> int:
    with reading(an_app(world)):
        return int(db.session.scalar(text(statement)) or 0)
