"""Nobody runs out of what she always buys here, and nobody goes away unnoticed."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bus import publish
from core.clock import today
from core.db import db
from core.deals.facts import Returned
from core.promises import services
from core.promises.keeping import keep_all, occurrences
from core.promises.kinds import Span, kind_of
from core.promises.models import Promise
from core.rhythm.models import Expected
from core.rhythm.reckoning import reckon
from core.tasks.models import OPEN, WITHDRAWN, Task


@pytest.fixture
def buys(acting, a_deal, bus_idle):
    """Sell tea to one customer on some days."""

    def sell(*days: date, customer_id=None, quantity: int = 1):
        for day in days:
            deal = a_deal(quantity=quantity, customer_id=customer_id, sold_on=day)
            customer_id = deal.customer_id
        bus_idle()
        return customer_id

    return sell


def test_a_regular_is_asked_some_days_before_it_is_used_up(app, acting, buys, promised):
    # Given customers who buy every thirty days, the last time 25 days ago
    now = _today(app)
    days = [now - timedelta(25 + 30 * at) for at in range(5, -1, -1)]
    customer = buys(*days)
    buys(*days)

    # When their rhythm was reckoned and the promise is kept
    assert reckon(app) == 2
    promised("service.run_out", ahead=8)
    _be_kept(app, now - timedelta(10))

    # Then each is asked once, with the reason in words
    tasks = _tasks(app, "service.run_out")
    assert {task.customer_id for task in tasks} >= {customer}
    assert len(tasks) == 2
    assert "30" in tasks[0].words["why"]
    assert tasks[0].words["product"]
    _be_kept(app, now - timedelta(10))
    assert len(_tasks(app, "service.run_out")) == 2


def test_who_has_bought_again_is_not_asked(app, acting, buys, promised):
    now = _today(app)
    days = [now - timedelta(25 + 30 * at) for at in range(5, -1, -1)]
    customer = buys(*days)
    reckon(app)
    promised("service.run_out", ahead=8)
    _be_kept(app, now - timedelta(10))
    assert [task.state for task in _tasks(app, "service.run_out")] == [OPEN]

    buys(now, customer_id=customer)

    assert [task.state for task in _tasks(app, "service.run_out")] == [WITHDRAWN]
    reckon(app)
    columns = (Expected.bought_on, Expected.on_day, Expected.again_on)
    query = select(*columns).where(Expected.kind == "run_out").order_by(Expected.bought_on)
    with acting("service"):
        before, latest = db.session.execute(query).all()[-2:]
    assert (before.again_on, latest.bought_on, latest.again_on) == (now, now, None)
    assert latest.on_day > now


def test_goods_that_came_back_are_not_used_up(app, acting, a_deal, bus_idle):
    # Given two purchases: a rhythm, as far as one can say
    deal = a_deal(quantity=1)
    again = a_deal(quantity=1, customer_id=deal.customer_id, sold_on=_today(app) - timedelta(30))
    bus_idle()
    reckon(app)
    assert _anchors(acting) == {_today(app)}

    # When one of them comes back, there is none
    with acting("warehouse"):
        publish(again.fact(Returned, lines=(again.goods(1),)))
    bus_idle()
    reckon(app)

    assert _anchors(acting) == set()


def test_a_silence_far_beyond_her_rhythm_is_noticed_with_its_value(app, acting, buys):
    # Given a customer who bought every ten days and then no more
    now = _today(app)
    last = now - timedelta(120)
    customer = buys(*(last - timedelta(10 * at) for at in range(12, -1, -1)), quantity=5)
    reckon(app)

    # When the promise is tried on the days since
    kind = kind_of("service.gone")
    with acting("service"):
        found = occurrences(kind, kind.preset_settings(), Span(last, now))

    # Then she counts as gone long before now, once, with what is at risk
    assert [one.customer_id for one in found] == [customer]
    assert last + timedelta(20) < found[0].due_on < last + timedelta(110)
    assert found[0].amount > Decimal(500)


@pytest.fixture
def promised(app, acting):
    """Switch a preset on with other settings."""

    def switch(kind: str, **settings: object):
        with acting("admin"):
            row = db.session.scalars(select(Promise).where(Promise.kind == kind)).one()
            services.change(row.id, name="x", settings={**row.settings, **settings})
            services.switch(row.id, on=True)

    return switch


def _be_kept(app, since: date) -> None:
    from core.db import unit_of_work

    with unit_of_work(app) as session:
        for row in session.scalars(select(Promise).where(Promise.active)):
            row.since, row.kept_to = since, since
    keep_all(app)


def _today(app) -> date:
    with app.app_context():
        return today()


def _tasks(app, kind: str) -> list[Task]:
    with app.app_context():
        return list(db.session.scalars(select(Task).where(Task.kind == kind).order_by(Task.id)))


def _anchors(acting) -> set[date]:
    with acting("service"):
        return set(db.session.scalars(select(Expected.bought_on)))
