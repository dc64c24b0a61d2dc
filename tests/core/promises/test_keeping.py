"""What a promise asks for comes once, on the event's day, and without a flood after an absence."""

from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from bus import publish
from core.clock import today
from core.db import db
from core.deals.facts import Delivered, Returned
from core.promises import keeping, services
from core.promises.models import Promise
from core.tasks.models import OPEN, WITHDRAWN, Task


@pytest.fixture
def delivered(a_deal, acting, bus_idle):
    """Deliver an order on a day."""

    def deliver(on: date, **more):
        deal = a_deal(quantity=2, **more)
        with acting("warehouse"):
            publish(deal.fact(Delivered, lines=(deal.goods(2),), happened_on=on))
        bus_idle()
        return deal

    return deliver


def test_a_repeated_night_asks_for_nothing_twice(app, delivered, only_promise):
    # Given a promise to call ten days after a delivery, and a delivery ten days ago
    with app.app_context():
        ten_days_ago = today() - timedelta(10)
    delivered(ten_days_ago)
    only_promise("service.follow_up", {"days": 10})

    # When the night comes twice
    keeping.keep_all(app)
    _forget_the_night(app)
    keeping.keep_all(app)

    # Then there is one task, on the event's day
    assert _tasks(app) == [(today_of(app), OPEN)]


def test_an_absence_ends_in_one_late_task_for_each_customer(app, delivered, only_promise):
    # Given a promise that nobody kept for forty days, while a customer had three deliveries
    promise = only_promise("service.follow_up", {"days": 1})
    first = today_of(app) - timedelta(40)
    with app.app_context():
        customer = delivered(first + timedelta(5)).customer_id
    for later in (10, 20):
        delivered(first + timedelta(later), customer_id=customer)
    _withdraw_all(app)
    _kept_to(app, promise, first)

    # When it is kept again
    keeping.keep_all(app)

    # Then she is called about the latest only
    assert _tasks(app) == [(first + timedelta(21), OPEN)]


def test_a_long_absence_is_looked_at_a_few_days_at_a_time(
    app, delivered, only_promise, monkeypatch
):
    # Given a promise that nobody kept for forty days, with deliveries of two customers
    promise = only_promise("service.follow_up", {"days": 1})
    first = today_of(app) - timedelta(40)
    with app.app_context():
        customer = delivered(first + timedelta(5)).customer_id
    delivered(first + timedelta(30), customer_id=customer)
    delivered(first + timedelta(2))
    delivered(first + timedelta(39))
    _withdraw_all(app)
    _kept_to(app, promise, first)
    looked, find = [], keeping.occurrences
    monkeypatch.setattr(
        keeping, "occurrences", lambda *given: looked.append(given[2]) or find(*given)
    )

    # When it is kept again, and once more
    keeping.keep_all(app)
    keeping.keep_all(app)

    # Then every day was looked at once, never more than a week of them, and the latest is asked
    days = [
        each.first + timedelta(n)
        for each in looked
        for n in range((each.last - each.first).days + 1)
    ]
    assert sorted(days) == [first + timedelta(n) for n in range(1, 41)]
    assert max((each.last - each.first).days for each in looked) == 6
    late = [first + timedelta(n) for n in (3, 31)]
    assert sorted(_tasks(app)) == [(on, OPEN) for on in [*late, today_of(app)]]


def test_what_is_promised_from_today_asks_nothing_of_yesterday(app, delivered, only_promise):
    delivered(today_of(app) - timedelta(11))
    only_promise("service.follow_up", {"days": 10})

    keeping.keep_all(app)

    assert _tasks(app) == []


def test_goods_that_come_back_take_the_call_with_them(app, delivered, acting, bus_idle):
    deal = delivered(today_of(app))
    assert {state for _day, state in _tasks(app)} == {OPEN}

    with acting("warehouse"):
        publish(deal.fact(Returned, lines=(deal.goods(2),)))
    bus_idle()

    assert {state for _day, state in _tasks(app)} == {WITHDRAWN}


def test_a_promise_of_a_module_that_is_off_waits_for_it(app, api, delivered, only_promise):
    # Given a delivery ten days ago, a promise for today, and service switched off
    delivered(today_of(app) - timedelta(10))
    only_promise("service.follow_up", {"days": 10})
    api.post("modules/service/disable", {})
    keeping.keep_all(app)
    assert _tasks(app) == []

    # When it is switched on two days later
    api.post("modules/service/enable", {})
    with time_machine.travel(today_of(app) + timedelta(2), tick=True):
        keeping.keep_all(app)

    # Then the customer is called after all, late
    assert len(_tasks(app)) == 1


@pytest.fixture
def only_promise(app, acting):
    """Switch every promise off and one on, with its settings."""

    def switch(kind: str, settings: dict[str, object]):
        with acting("admin"):
            for row in db.session.scalars(select(Promise)):
                services.switch(row.id, on=False)
            row = services.make(kind, "the one", settings)
            services.switch(row.id, on=True)
            promise_id = row.id
        _withdraw_all(app)
        return promise_id

    return switch


def today_of(app) -> date:
    with app.app_context():
        return today()


def _tasks(app) -> list[tuple[date, str]]:
    with app.app_context():
        query = select(Task.due_on, Task.state).order_by(Task.due_on, Task.id)
        return [(day, state) for day, state in db.session.execute(query)]


def _withdraw_all(app) -> None:
    from core.db import unit_of_work

    with unit_of_work(app) as session:
        for row in session.scalars(select(Task)):
            session.delete(row)


def _kept_to(app, promise_id, day: date) -> None:
    from core.db import unit_of_work

    with unit_of_work(app) as session:
        row = session.get_one(Promise, promise_id)
        row.since, row.kept_to = day, day


def _forget_the_night(app) -> None:
    from core.db import unit_of_work

    with unit_of_work(app) as session:
        for row in session.scalars(select(Promise)):
            row.kept_to = None
