"""What is expected is reckoned soon after a purchase, and nobody's purchase is passed over."""

from datetime import timedelta

import pytest

from core.clock import now, pretending, today
from core.db import db, reading, unit_of_work
from core.rhythm import known as learning
from core.rhythm import reckoning
from core.rhythm.models import Expected, ToReckon
from core.rhythm.queries import purchases_by
from core.rhythm.waiting import note
from core.testing.deals import sell


@pytest.fixture
def regular(app, bus_idle):
    """A customer who bought every thirty days, and waits to be reckoned."""
    with unit_of_work(app):
        customer = None
        for at in range(5, -1, -1):
            sold_on = today() - timedelta(30 * at + 1)
            deal = sell(f"R-{at}", 1, customer_id=customer, sold_on=sold_on)
            customer = deal.customer_id
    bus_idle()
    return customer


def waiting(app):
    with reading(app):
        return set(db.session.scalars(db.select(ToReckon.customer_id)))


def expectations(app):
    with reading(app):
        query = db.select(Expected.kind, Expected.bought_on).order_by(Expected.kind)
        return db.session.execute(query).all()


def test_who_was_reckoned_waits_no_longer(app, regular):
    assert waiting(app) == {regular}

    assert reckoning.reckon(app) == 1

    assert waiting(app) == set()
    assert {"gone", "run_out"} == {kind for kind, _on in expectations(app)}
    assert reckoning.reckon(app) == 0


def test_who_buys_while_she_is_reckoned_is_reckoned_again(app, regular):
    # Given what she had bought when it was read, and a purchase since
    with reading(app):
        before = purchases_by([regular])
        rows = {regular: reckoning._reckoned(regular, before[regular], learning.known(app))}
    with unit_of_work(app):
        day = today()
        sell("R-9", 1, customer_id=regular, sold_on=day)

    # When it is written
    with unit_of_work(app):
        reckoning._write([regular], before, rows)

    # Then nothing is, and she waits still
    assert (expectations(app), waiting(app)) == ([], {regular})
    reckoning.reckon(app)
    assert day in {on for _kind, on in expectations(app)}


def test_each_is_reckoned_once_in_a_run_however_many_wait(app, regular, monkeypatch):
    monkeypatch.setattr(reckoning, "_CHUNK", 2)
    with unit_of_work(app):
        for at in range(5):
            note([sell(f"O-{at}", 1).customer_id])

    assert reckoning.reckon(app, most=4) == 4
    assert reckoning.reckon(app) == 2
    assert waiting(app) == set()


def test_what_all_have_in_common_is_learned_once_a_day(app, regular, monkeypatch):
    monkeypatch.setattr(learning, "_FEW", 1)
    monkeypatch.delitem(app.extensions, learning._KEPT, raising=False)
    with reading(app):
        first = learning.known(app)
        assert learning.known(app) is first

    # Much more was sold, or another day has come
    with unit_of_work(app):
        sell("R-9", 1, customer_id=regular)
    with reading(app):
        second = learning.known(app)
        assert second is not first
    with pretending(now() + timedelta(1)), reading(app):
        assert learning.known(app) is not second


def test_whoever_buys_every_day_brings_few_expectations(app, bus_idle):
    with unit_of_work(app):
        customer, yesterday = None, today() - timedelta(1)
        for at in range(40, 0, -1):
            deal = sell(f"D-{at}", 1, customer_id=customer, sold_on=today() - timedelta(at))
            customer = deal.customer_id
    bus_idle()

    reckoning.reckon(app)

    assert {on for _kind, on in expectations(app)} == {yesterday}
