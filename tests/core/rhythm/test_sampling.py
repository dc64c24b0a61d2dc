"""What customers have in common is learned from a sample, and only the sample is read."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from random import Random
from uuid import UUID

import pytest

from core.customers.models import Customer, CustomerAlias
from core.db import reading, unit_of_work
from core.rhythm import known
from core.rhythm.forecasts import Courses, Lot
from core.rhythm.outlook import _days, _Slice
from core.rhythm.purchases import Purchase, by_sku
from core.rhythm.queries import History, buyers, histories, purchases

DAY = date(2026, 6, 1)


def history(chance):
    bought = [
        Purchase(DAY - timedelta(chance.randint(1, 300)), Decimal(chance.randint(1, 3)), sku=sku)
        for sku in chance.sample("ABC", chance.randint(1, 2))
        for _ in range(chance.randint(1, 4))
    ]
    id_ = UUID(int=chance.getrandbits(128))
    return History(id_, str(id_), tuple(sorted(bought, key=lambda each: each.day)))


def test_who_is_drawn_teaches_what_everybody_would():
    chance = Random(4)
    every = [history(chance) for _ in range(4000)]
    lot, of_all = Lot(), Courses(DAY)
    for each in every:
        of_all.offer(each)
        again = [sku for sku, some in by_sku(each.purchases).items() if some[0].day < some[-1].day]
        lot.offer(each.customer_id, again)
    drawn = lot.drawn()
    chance.shuffle(every)

    of_drawn = Courses(DAY, min(each.purchases[0].day for each in every))
    for each in every:
        if each.customer_id in drawn:
            of_drawn.offer(each)

    assert 2000 <= len(drawn) < 3200
    assert of_drawn.shelf() == of_all.shelf()


def test_the_sample_of_a_small_shop_is_everybody_under_the_card_that_leads(app, sold):
    sold([
        ("A", "TEA", "2026-01-01", 1, "1.00"),
        ("B", "TEA", "2026-02-01", 1, "1.00"),
        ("C", "TEA", "2026-01-01", 1, "1.00"),
        ("C", "SOAP", "2026-03-01", 1, "1.00"),
        ("C", "TEA", "2026-04-01", 1, "1.00"),
    ])  # fmt: skip
    with unit_of_work(app) as session:
        ids = dict(session.query(Customer.code, Customer.id).all())
        session.add(CustomerAlias(alias_id=ids["A"], customer_id=ids["B"]))

    with reading(app):
        found = {each.customer_id: each for each in buyers(date(2026, 4, 1))}
        since, drawn = known._drawn(date(2026, 4, 2))
        read = [(each.customer_id, each.purchases) for each in histories(drawn, date(2026, 4, 2))]
        assert read == [(each.customer_id, each.purchases) for each in purchases(date(2026, 4, 2))]

    assert set(found) == {ids["A"], ids["B"], ids["C"]}
    assert found[ids["C"]].since == date(2026, 1, 1)
    assert found[ids["C"]].again == ()
    assert (since, drawn) == (date(2026, 1, 1), {ids["B"], ids["C"]})


def test_the_error_of_a_day_is_its_distance_from_all_days():
    chance = Random(7)
    edges = sorted(chance.uniform(0, 100) for _ in range(20))
    slices = [_Slice(begin, end, chance.random()) for begin, end in pairwise(edges)]

    for each, days in zip(slices, _days(slices), strict=True):
        far = sum(abs(other.middle - each.middle) * other.mass for other in slices)
        assert days == pytest.approx(far)
