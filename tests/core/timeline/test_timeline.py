"""What happened with a customer, in one order, whoever told it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from flask_babel import force_locale
from sqlalchemy import text

from bus import publish
from core.clock import today
from core.customers.merging import merge, unmerge
from core.customers.services import create_customer
from core.db import db, reading
from core.deals.facts import Delivered, Paid, Shipped, Sold
from core.ids import new_id
from core.timeline.queries import timeline
from modules.service.events import CustomerComplained


@pytest.fixture
def told(app):
    """The titles on a customer's timeline, newest first, page by page."""

    def read(customer_id, limit=30):
        titles, after = [], None
        with app.test_request_context(), reading(app), force_locale("en"):
            while True:
                page = timeline(customer_id, limit=limit, after=after)
                titles += [each.told.title for each in page.items]
                if (after := page.next) is None:
                    return titles

    return read


def pay(deal, amount="10.00", **more):
    payment = {"payment_id": new_id(), "amount": Decimal(amount), "method": "cash"}
    publish(deal.fact(Paid, **payment, **more))


def complain(customer, text="The lid rattles"):
    publish(
        CustomerComplained(
            complaint_id=new_id(),
            number="C-1",
            customer_id=customer.id,
            customer_name=customer.name,
            text=text,
        )
    )


def test_everything_of_every_module_is_told_newest_first(acting, a_deal, told) -> None:
    deal = a_deal(2)
    with acting("warehouse"):
        publish(deal.fact(Shipped, lines=(deal.goods(2),)))
        publish(deal.fact(Delivered, lines=(deal.goods(2),)))
    with acting("finance"):
        pay(deal)

    assert told(deal.customer_id) == [
        "received ¥10.00 for order T-0001",
        "delivered 2 of order T-0001",
        "shipped 2 of order T-0001",
        "sold order T-0001 for ¥20.00",
        "opened the card",
    ]


def test_pages_follow_one_another_without_gap_or_repetition(acting, a_deal, told) -> None:
    deal = a_deal()
    with acting("finance"):
        for cents in range(1, 8):
            pay(deal, f"0.0{cents}")

    whole = told(deal.customer_id)

    assert len(whole) == len(set(whole)) == 9
    assert told(deal.customer_id, limit=2) == whole


def test_history_that_was_taken_over_stands_on_its_own_day(acting, a_deal, told, app) -> None:
    deal = a_deal()
    with acting("admin"):
        pay(deal, "0.01", historical=True, happened_on=date(2019, 5, 1))
        pay(deal, "0.02", historical=True, happened_on=date(2020, 5, 1))

    assert told(deal.customer_id, limit=1)[-2:] == [
        "received ¥0.02 for order T-0001",
        "received ¥0.01 for order T-0001",
    ]
    with app.test_request_context(), reading(app):
        assert timeline(deal.customer_id).items[-1].at.date() == date(2019, 5, 1)


def test_a_module_that_is_off_is_silent_and_the_facts_remain(acting, a_deal, told, api) -> None:
    deal = a_deal()
    with acting("service"):
        customer = create_customer("陈静")
        complain(customer)
        id_ = customer.id
    assert "recorded complaint C-1" in told(id_)

    api.post("modules/service/disable")

    assert "recorded complaint C-1" not in told(id_)
    assert "sold order T-0001 for ¥10.00" in told(deal.customer_id)


def test_cards_that_are_one_tell_one_story_until_they_are_set_apart(acting, a_deal, told) -> None:
    first, second = a_deal(customer="李丽"), a_deal(customer="李莉")
    apart = told(first.customer_id), told(second.customer_id)
    with acting("sales"):
        merge(first.customer_id, second.customer_id)
    with acting("finance"):
        pay(second)

    together = told(first.customer_id)
    assert together == told(second.customer_id)
    assert together[:2] == [
        "received ¥10.00 for order T-0002",
        "found the card of 李莉 to be the same customer",
    ]
    assert set(apart[0]) | set(apart[1]) <= set(together)

    with acting("sales"):
        unmerge(second.customer_id)
    assert told(second.customer_id) == ["received ¥10.00 for order T-0002", *apart[1]]
    assert told(first.customer_id)[:2] == [
        "set the card of 李莉 apart again",
        "found the card of 李莉 to be the same customer",
    ]


def test_no_page_reads_the_log_from_end_to_end(app, a_deal, backend) -> None:
    deal = a_deal()
    seen = []
    with app.test_request_context(), reading(app):
        from sqlalchemy import event

        def note(connection, cursor, statement, parameters, *_more):
            seen.append((statement, parameters))

        event.listen(db.engine, "before_cursor_execute", note)
        timeline(deal.customer_id, limit=2)
        event.remove(db.engine, "before_cursor_execute", note)
        statement, parameters = next(each for each in seen if "moment" in each[0])
        if backend == "sqlite":
            plan = db.session.connection().exec_driver_sql(
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
        else:
            db.session.execute(text("SET LOCAL enable_seqscan = off"))
            plan = db.session.connection().exec_driver_sql(f"EXPLAIN {statement}", parameters)
        lines = "\n".join(str(row) for row in plan)

    assert "SCAN bus_event" not in lines, lines
    assert "Seq Scan on bus_event" not in lines, lines
    assert "aggregate_id" in lines, lines


def test_days_ahead_do_not_confuse_the_order(acting, a_deal, told) -> None:
    deal = a_deal()
    with acting("sales"):
        publish(deal.sold(Sold, happened_on=today() + timedelta(days=3)))
        pay(deal)

    assert told(deal.customer_id)[0] == "received ¥10.00 for order T-0001"
