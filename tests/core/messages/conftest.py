"""A customer who can be written to, by day, and a hand that brings everything out of the house."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

import bus
from core import clock
from core.customers.models import Customer
from core.db import db, unit_of_work

#: Ten in the morning in Shanghai, and eleven at night.
MORNING = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)


@pytest.fixture
def by_day():
    """It is ten in the morning."""
    with clock.pretending(MORNING):
        yield MORNING


@pytest.fixture
def li(app, api):
    """Ms Li, with a mobile number, an address and an e-mail address."""
    card = {"name": "李丽", "phones": ["13800138000"], "addresses": ["上海市徐汇区漕溪北路88号"]}
    customer_id = api.post("customers", card).json["id"]
    with unit_of_work(app):
        row = db.session.get_one(Customer, UUID(customer_id))
        row.title, row.email = "女士", "li@example.com"
    return customer_id


@pytest.fixture
def out(app):
    """Let go what waits to leave the house."""

    def send():
        with app.app_context():
            return bus.send_effects()

    return send
