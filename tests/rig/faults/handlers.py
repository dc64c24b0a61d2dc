"""Handlers that fail, kill their process, lock one another out, and letters sent by the dying."""

import time
from collections import Counter
from collections.abc import Callable
from unittest import mock
from uuid import UUID, uuid4

from sqlalchemy import text

import bus
from core.db import db, reading, unit_of_work
from tests.rig.company import an_app
from tests.rig.kinds import expect, fault
from tests.rig.programs import watched_over
from tests.rig.world import World

TROUBLE, LETTERS = "drill.trouble", 6


@fault(
    "poison: a handler that raises, one that kills its process, a payload nobody can read", 5, 21
)
def poison(world: World) -> str:
    """Each ends as a dead letter, before which only its own order waits; people settle them."""
    with watched_over(world.workers) as deaths:
        raising, killing, garbled = (_publish_badly(world, what) for what in _BAD)
        _until(world, lambda: len(_dead(world)) == 3, "not all bad events became dead letters")
        time.sleep(0.5)
        _publish(world, uuid4(), "nothing")
        _until(world, lambda: _open(world) == 6, "others wait behind a dead letter, too")
        stands = _standing(world)
        expect((stands["dead"], stands["blocked"]) == (3, 6), f"it stands at {stands}")
        errors = {row["error_class"] for row in _dead(world)}
        expect(errors == {"Trouble", "ProcessDied", "Poison"}, f"they died of {errors}")
        (world.home / "drill-mended").touch()
        _settle_by_hand(world, raising, garbled)
        _until(world, lambda: _open(world) == 0, "what waited did not go on")
    (world.home / "drill-mended").unlink()
    heard = {subject: _heard(world, subject) for subject in (raising, killing, garbled)}
    expect(list(heard.values()) == [[1, 2, 3], [1, 2, 3], [2, 3]], f"heard: {heard}")
    acts = [act["what"] for act in world.trade.ask("GET", "bus/acts")["items"]]
    expect(sorted(acts[:3]) == ["retry", "retry_all", "skip"], f"noted acts: {acts[:3]}")
    return f"3 dead letters, {deaths[0]} deaths of workers; tried again 2, given up 1"


@fault("two handlers that lock the same rows in opposite order", 22)
def deadlock(world: World) -> str:
    """PostgreSQL ends one of them; the bus tries it again."""
    before, many = _deadlocks(world), 12
    from modules.drill.events import ShelvesWanted

    for _ in range(many):
        with unit_of_work(an_app(world)):
            bus.publish(ShelvesWanted(subject_id=uuid4()))
        time.sleep(0.3)
    _until(world, lambda: _open(world, "drill.left") + _open(world, "drill.right") == 0, "stuck")
    # PostgreSQL tells its figures some seconds late.
    _until(world, lambda: _deadlocks(world) > before, "there was no deadlock", 20)
    found = _deadlocks(world) - before
    taken = _values(world, "select taken from drill_shelf where id <= 2")
    expect(len(set(taken)) == 1 and taken[0] % many == 0, f"the shelves were taken {taken} times")
    return f"{found} deadlocks"


@fault("workers die between sending a letter and noting that", 27)
def die_after_sending(world: World) -> str:
    """Sent once, and once more for each death, with the same key."""
    from modules.drill.events import LetterWanted

    with watched_over(world.workers) as deaths:
        for number in range(LETTERS):
            with unit_of_work(an_app(world)):
                bus.publish(LetterWanted(subject_id=uuid4(), deadly=number % 2 == 0))
        waiting = "select count(*) from bus_effect where status = 0"
        time.sleep(2)
        _until(world, lambda: _values(world, waiting) == [0], "letters are stuck")
    sent = Counter((world.home / "drill-sent").read_text().split())
    expect(len(sent) == LETTERS, f"{len(sent)} of {LETTERS} letters were sent")
    expect(max(sent.values()) <= 2, f"a letter was sent {max(sent.values())} times")
    expect(deaths[0], "no worker died")
    return f"{LETTERS} letters, {deaths[0]} deaths, {sent.total()} sendings"


_BAD = ("raises", "kills its process", "garbled")


def _publish_badly(world: World, what: str) -> UUID:
    """Publish something bad and two good things behind it; returns what it is about."""
    subject = uuid4()
    if what == "garbled":
        payload = {"subject_id": str(subject), "what": ["no", "such", "thing"]}
        with mock.patch("bus.outbox.encode", return_value=payload):
            _publish(world, subject, "nothing")
    else:
        _publish(world, subject, what)
    for _ in range(2):
        _publish(world, subject, "nothing")
    return subject


def _publish(world: World, subject: UUID, what: str) -> None:
    from modules.drill.events import TroubleMade

    with unit_of_work(an_app(world)):
        bus.publish(TroubleMade(subject_id=subject, what=what))


def _settle_by_hand(world: World, raising: UUID, garbled: UUID) -> None:
    """Do what a person does on the screen of dead letters, by REST."""
    ids = {row["aggregate_id"]: str(row["id"]) for row in _dead(world)}
    who, ask = {"subscriber": TROUBLE}, world.trade.ask
    ask("POST", "bus/deliveries/retry", who | {"event_id": ids[raising]})
    ask("POST", "bus/deliveries/retry-all", who | {"error_class": "ProcessDied"})
    reason = {"event_id": ids[garbled], "reason": "nobody can read it"}
    ask("POST", "bus/deliveries/skip", who | reason)


def _dead(world: World) -> list[dict[str, object]]:
    statement = (
        "select e.id, e.aggregate_id, d.error_class from bus_delivery d "
        "join bus_event e on e.pos = d.event_pos where d.status = 1"
    )
    with reading(an_app(world)):
        return [dict(row) for row in db.session.execute(text(statement)).mappings()]


def _standing(world: World) -> dict[str, object]:
    items = world.trade.ask("GET", "bus/subscribers")["items"]
    return next(one for one in items if one["subscriber"] == TROUBLE)


def _open(world: World, subscriber: str = TROUBLE) -> int:
    statement = "select count(*) from bus_delivery where status = 0 and subscriber = '{}'"
    return int(_values(world, statement.format(subscriber))[0])


def _heard(world: World, subject: UUID) -> list[int]:
    statement = "select seq from drill_heard where aggregate_id = '{}' order by id"
    return _values(world, statement.format(subject))


def _deadlocks(world: World) -> int:
    which = "where datname = current_database()"
    return int(_values(world, f"select deadlocks from pg_stat_database {which}")[0])


def _values(world: World, statement: str) -> list[int]:
    with reading(an_app(world)):
        return list(db.session.scalars(text(statement)))


def _until(world: World, sound: Callable[[], bool], otherwise: str, patience: float = 240) -> None:
    end = time.monotonic() + patience
    while not sound():
        expect(time.monotonic() < end, f"{otherwise}: {_standing(world)}")
        time.sleep(0.1)
