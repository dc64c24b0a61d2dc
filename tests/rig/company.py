"""The company that trades in the rig, and what must be true of it afterwards."""

import time
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import bus
from core.app import Lamplit, create_app
from core.company import Company, found_company
from core.config import Settings
from core.customers.services import create_customer
from core.db import db, reading, unit_of_work
from core.deals.models import Deal
from core.doctor import examine
from core.people import services as people
from core.people.sample import add_sample_people
from core.products.services import create_product
from core.setup import migrate
from tests.rig.load import Ledger
from tests.rig.programs import World


@lru_cache
def _made(home: str, database_url: str, redis_url: str) -> Lamplit:
    from pathlib import Path

    return create_app(Settings(Path(home), database_url, redis_url))


def an_app(world: World) -> Lamplit:
    """An application on the world's database, for whoever watches."""
    return _made(str(world.home), world.database_url, world.redis_url)


def found(world: World) -> tuple[str, str]:
    """Set the company up; returns a token and the id of its customer."""
    migrate(Settings(world.home, world.database_url, world.redis_url))
    app = an_app(world)
    with unit_of_work(app):
        found_company(Company())
        add_sample_people()
    with unit_of_work(app):
        customer = create_customer("上海晨光").id
        create_product("TEA", "龙井", "盒", Decimal("2.00"))
        return people.create_token("admin"), str(customer)


def settle(world: World, patience: float = 90.0) -> float:
    """Wait until nothing is open; returns how many seconds that took."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        with suppress(DBAPIError), reading(an_app(world)):
            states = bus.loads()
            if all(not load.open and load.state == "enabled" for load in states):
                return time.monotonic() - begun
        time.sleep(0.1)
    return float("inf")


def wrong(world: World, ledger: Ledger) -> list[str]:
    """Return what is not as it must be; nothing when all is well."""
    app, found_ = an_app(world), []
    with reading(app):
        deals = {row.number: row for row in db.session.query(Deal)}
        lost = ledger.orders - deals.keys()
        if lost:
            found_.append(f"{len(lost)} acknowledged orders lost")
        for number, cents in ledger.paid.items():
            received = int(deals[number].received * 100) if number in deals else 0
            # A payment whose answer was lost may be there in addition.
            if received < cents or received > 200:
                found_.append(f"{number}: received {received}, acknowledged {cents}")
        dead = db.session.scalar(text("select count(*) from bus_delivery where status = 1"))
        if dead:
            found_.append(f"{dead} dead letters")
    report = examine(app)
    if not report.healthy:
        found_.append(report.lines[-1])
    with app.app_context():
        if missed := bus.reconcile():
            found_.append(f"{missed} deliveries were never written")
    return found_
