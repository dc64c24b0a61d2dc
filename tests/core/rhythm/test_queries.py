"""Histories of all customers: net of what came back, one for cards that are the same customer."""

from datetime import date
from decimal import Decimal

import pytest

from core.customers.models import Customer, CustomerAlias
from core.db import db, reading, unit_of_work
from core.rhythm.queries import purchases, purchases_of


@pytest.fixture
def histories(app):
    """Everything that the stream yields, by reference."""

    def read(**asked):
        with reading(app):
            return [
                (each.reference, [(p.day.isoformat(), p.sku, p.quantity) for p in each.purchases])
                for each in purchases(**asked)
            ]

    return read


def test_it_is_the_same_in_chunks_of_any_size(sold, histories):
    sold([(f"C{n % 7}", "TEA", date(2026, 1, 1 + n), n + 1, "1.00") for n in range(20)])

    whole = histories()

    assert len(whole) == 7
    assert sum(len(bought) for _, bought in whole) == 20
    assert histories(chunk=1) == histories(chunk=3) == whole


def test_free_goods_and_several_products_count(sold, histories):
    sold([("C1", "TEA", "2026-01-02", 2, "0.00"), ("C1", "SOAP", "2026-01-01", 1, "5.00")])

    assert histories() == [
        ("C1", [("2026-01-01", "SOAP", Decimal(1)), ("2026-01-02", "TEA", Decimal(2))])
    ]


def test_what_was_cancelled_or_returned_is_taken_off(app, histories):
    from bus import publish
    from core.deals.facts import Cancelled, CancelledLine, Returned
    from core.testing.deals import sell

    # Given orders of ten: one kept in part, one called off, one returned
    with unit_of_work(app):
        part, off, back = (sell(f"SO-{n}", 10, customer=f"K{n}") for n in range(3))
        gone = {"quantity": Decimal(4), "amount": Decimal("40.00")}
        publish(part.fact(Cancelled, lines=(CancelledLine(line_id=part.line_id, **gone),)))
        publish(part.fact(Returned, lines=(part.goods(1),)))
        whole = {"quantity": Decimal(10), "amount": Decimal("100.00")}
        publish(off.fact(Cancelled, lines=(CancelledLine(line_id=off.line_id, **whole),)))
        publish(back.fact(Returned, lines=(back.goods(10),)))

    # When read
    with reading(app):
        [history] = purchases()

    # Then only what was kept is there, with its part of the price
    [kept] = history.purchases
    assert history.customer_id == part.customer_id
    assert history.reference == str(part.customer_id)
    assert (kept.quantity, kept.amount, kept.currency) == (Decimal(5), Decimal("50.00"), "CNY")


def test_cards_that_are_one_customer_are_one_history(app, sold, histories):
    sold([
        ("A", "TEA", "2026-01-01", 1, "1.00"),
        ("B", "TEA", "2026-02-01", 1, "1.00"),
        ("Z", "TEA", "2026-03-01", 1, "1.00"),
    ])  # fmt: skip
    with unit_of_work(app) as session:
        ids = dict(session.execute(db.select(Customer.code, Customer.id)).all())
        session.add(CustomerAlias(alias_id=ids["A"], customer_id=ids["Z"]))

    both = ("Z", [("2026-01-01", "TEA", Decimal(1)), ("2026-03-01", "TEA", Decimal(1))])

    assert both in histories(chunk=1)
    assert len(histories()) == 2
    with reading(app):
        assert len(purchases_of(ids["A"])) == len(purchases_of(ids["Z"])) == 2
