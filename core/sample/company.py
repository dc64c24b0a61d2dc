"""Found the sample company and let its departments live through some weeks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Protocol, cast

from flask import Flask, g

import bus
from core import clock
from core.company import Company, CompanyRow, found_company
from core.customers.services import create_customers
from core.db import db, reading, unit_of_work
from core.grades.nightly import regrade
from core.grades.queries import current_rule
from core.grades.rules import Rule
from core.grades.services import save_rule
from core.people.identity import person_by_id
from core.people.queries import person_by_login
from core.people.sample import add_sample_people
from core.products.services import create_products
from core.registry.discovery import Installed
from core.sample.goods import CUSTOMERS, PRODUCTS
from core.segments.services import save_segment

#: How long the company has been at work.
DAYS = 45
_COMPANY = Company(
    name="灯下家居贸易有限公司 Lamplit Home & Tea",
    phone="021-60001234",
    address="上海市黄浦区南京东路100号",
    tax_number="91990101MA0DEM013U",
    bank_account="示范银行 Sample Bank 6222 0000 0000 0000",
    is_sample=True,
)


class Day(Protocol):
    """What a module's sample.py offers."""

    def live_a_day(self, chance: Random) -> None:
        """Do what the department does on such a day, with what it sees; one transaction."""


def is_unfinished() -> bool:
    """Tell whether loading the sample was interrupted."""
    row = db.session.get(CompanyRow, 1)
    return row is not None and row.lived_to is not None


def load_sample(app: Flask) -> None:
    """Set the sample company up; its last day is today. What was interrupted goes on."""
    departments = list(_departments(app))
    day, today = _begin(app)
    while day < today:
        day += timedelta(days=1)
        _live(app, departments, day)
        if day == today:
            _grade(app)
        with unit_of_work(app) as session:
            session.get_one(CompanyRow, 1).lived_to = day if day < today else None


def _grade(app: Flask) -> None:
    """Let the owner say who is an A, a B or a C, and look at the best of them."""
    with _acting(app, "admin"):
        if current_rule() is None:
            save_rule(Rule())
            best = {"field": "card.grade", "op": "is", "value": "A"}
            save_segment("大客户 Best customers", "all", [best])
    regrade(app)
    with app.app_context():
        bus.drain_all()


def _begin(app: Flask) -> tuple[date, date]:
    """Return the last day lived through, and the company's today."""
    with unit_of_work(app) as session:
        row = session.get(CompanyRow, 1)
        if row is None:
            found_company(_COMPANY)
            add_sample_people()
            create_customers(CUSTOMERS)
            create_products(PRODUCTS)
            row = session.get_one(CompanyRow, 1)
            row.lived_to = clock.today() - timedelta(days=DAYS)
        return row.lived_to or clock.today(), clock.today()


def _departments(app: Flask) -> Iterator[tuple[str, Day]]:
    modules: dict[str, Installed] = app.extensions["lamplit_modules"]
    for module in modules.values():
        if part := module.load("sample"):
            yield module.name, cast("Day", part)


def _live(app: Flask, departments: list[tuple[str, Day]], day: date) -> None:
    """Let each department work, one after the other, and hear of what the others did.

    The same day brings the same things every time.
    """
    chance = Random(day.toordinal())  # noqa: S311 - a sample, not a secret
    for hour, (name, department) in enumerate(departments, start=9):
        with reading(app):
            moment = datetime.combine(day, time(hour, chance.randrange(60)), clock.zone())
        with clock.pretending(min(moment, clock.now())):
            with _acting(app, name):
                department.live_a_day(chance)
            with app.app_context():
                bus.drain_all()


@contextmanager
def _acting(app: Flask, login: str) -> Iterator[None]:
    with reading(app):
        row = person_by_login(login)
        person = person_by_id(row.id) if row else None
    with unit_of_work(app):
        if person is not None:
            g.lamplit_person = person
        yield
