"""The company that trades in the rig, and what must be true of it afterwards."""

import sqlite3
import time
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import bus
from core.app import Lamplit, connect_bus, create_app
from core.company import Company, found_company
from core.config import CHECKOUT, Settings
from core.customers.services import create_customer
from core.db import db, reading, unit_of_work
from core.deals.models import Deal
from core.doctor import examine
from core.people import services as people
from core.people.sample import add_sample_people
from core.products.services import create_product
from core.setup import migrate
from tests.rig.load import Ledger, Trade
from tests.rig.world import World

_made = lru_cache(create_app)

#: What each subscriber of the drill has heard, and what it should have heard: both in order.
_HEARD = "select subscriber, aggregate_id, seq from drill_heard order by id"
_TOLD = """
select d.subscriber, e.aggregate_id, e.seq from bus_event e
join bus_delivery d on d.event_pos = e.pos and d.subscriber like 'drill%' and d.status = 2
order by e.seq
"""


def an_app(world: World) -> Lamplit:
    """An application on the world's database, for whoever watches."""
    app = _made(world.settings)
    connect_bus(app)
    return app


def found(world: World) -> None:
    """Set the company up, with somebody who trades."""
    migrate(world.settings)
    app = an_app(world)
    with unit_of_work(app):
        found_company(Company())
        add_sample_people()
    with unit_of_work(app):
        customer = create_customer("上海晨光").id
        create_product("TEA", "龙井", "盒", Decimal("2.00"))
        world.trade = Trade(world.port, people.create_token("admin"), str(customer))


def open_for_business(world: World, patience: float = 120.0) -> None:
    """Start all programs, as often as a supervisor would, and wait until the company answers."""
    end = time.monotonic() + patience
    while True:
        for program in world.programs:
            if program.process is None or program.has_died():
                program.start()
        try:
            world.trade.ask("GET", "bus/subscribers")
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
        else:
            return


def settle(world: World, patience: float = 240.0) -> float:
    """Wait until nothing is open; returns how many seconds that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        with suppress(DBAPIError, sqlite3.Error), reading(an_app(world)):
            states = bus.loads()
            unsent = db.session.scalar(text("select count(*) from bus_effect where status = 0"))
            if not unsent and all(not one.open and one.state == "enabled" for one in states):
                return time.monotonic() - begun
        time.sleep(0.1)
    return float("inf")


def wrong(world: World) -> list[str]:
    """Return what is not as it must be; nothing when all is well."""
    app = an_app(world)
    with reading(app):
        found_ = [*unkept(world.trade.ledger), *_misheard()]
        dead = db.session.scalar(text("select count(*) from bus_delivery where status = 1"))
        if dead:
            found_.append(f"{dead} dead letters")
    found_ += _examined(world, app)
    with app.app_context():
        if missed := bus.reconcile():
            found_.append(f"{missed} deliveries were never written")
    return found_


def unkept(ledger: Ledger) -> list[str]:
    """Return what was acknowledged and is not there (or too often), on the session's database."""
    deals = {row.number: row for row in db.session.query(Deal)}
    found_ = []
    if lost := ledger.orders - deals.keys():
        found_.append(f"{len(lost)} acknowledged orders lost")
    for number, cents in ledger.paid.items():
        received = int(deals[number].received * 100) if number in deals else 0
        # A payment whose answer was lost may be there in addition.
        if received < cents or received > 200:
            found_.append(f"{number}: received {received}, acknowledged {cents}")
    return found_


def _misheard() -> list[str]:
    """What the drill wrote down blindly is each event once, in the order of its deal."""
    heard, told = (_by_stream(statement) for statement in (_HEARD, _TOLD))
    wrong_ = sum(heard.get(stream) != told.get(stream) for stream in heard.keys() | told.keys())
    return [f"{wrong_} deals heard twice, not at all or out of order"] if wrong_ else []


def _by_stream(statement: str) -> dict[Any, list[int]]:
    streams: dict[Any, list[int]] = {}
    for subscriber, aggregate, seq in db.session.execute(text(statement)):
        streams.setdefault((subscriber, aggregate), []).append(seq)
    return streams


def _examined(world: World, app: Lamplit) -> list[str]:
    """What the doctor says; the doctor of the code that the company runs."""
    if world.web.tree != CHECKOUT:
        doctor = world.program("doctor")
        doctor.tree = world.web.tree
        return ["the doctor found a difference"] if doctor.run() else []
    report = examine(app)
    return [] if report.healthy else [report.lines[-1]]


def opened_copy(settings: Settings, ledger: Ledger) -> list[str]:
    """Return what is wrong with a copy of the database that is opened on its own."""
    app = create_app(settings)
    with reading(app):
        missing = unkept(ledger)
    report = examine(app)
    return missing + ([] if report.healthy else [report.lines[-1]])
