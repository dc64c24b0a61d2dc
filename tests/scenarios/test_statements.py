"""How much an act asks of the database: each budget may shrink, and grows only for a reason."""

from contextlib import contextmanager
from decimal import Decimal

import pytest
from sqlalchemy import event

import bus
from core.db import db
from core.deals.facts import Cancelled, CancelledLine, Delivered, Paid, Shipped
from core.deals.locking import lock
from core.deals.queries import deal_by_id
from core.ids import new_id

#: Statements of one request, all of it: who asks, the key, the act, its event, its deal.
BUDGETS = {"confirm": 29, "pay": 26, "ship": 44, "invoice": 30}


class Counted(list):
    """The statements that were run."""

    def about(self, table):
        return [each for each in self if f"FROM {table} " in each]


@pytest.fixture
def counted(app):
    """`with counted() as statements`: what the database is asked inside, by anybody."""

    @contextmanager
    def count():
        found = Counted()

        def note(_connection, _cursor, statement, *_more):
            found.append(" ".join(statement.split()) + " ")

        with app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        try:
            yield found
        finally:
            event.remove(engine, "before_cursor_execute", note)

    return count


def test_no_act_asks_more_than_its_budget(company, counted):
    # Given an order that needs a deposit, and goods for it
    company.receive(TEA=10)
    deposit = {"kind": "prepayment", "percent": "50", "before_shipping": True}
    number = company.quote(deposit, TEA=2)
    found = {}

    # When it is confirmed, paid, shipped and invoiced, each department having heard of it
    with counted() as found["confirm"]:
        assert company.sales.post(f"sales/orders/{number}/confirm").status_code == 200
    company.hear()
    with counted() as found["pay"]:
        assert company.pay(number, "100.00").status_code == 201
    company.hear()
    shipment = company.shipment(number)
    with counted() as found["ship"]:
        assert company.ship(shipment).status_code == 200
    company.hear()
    with counted() as found["invoice"]:
        assert company.finance.post("finance/invoices", {"order": number}).status_code == 201

    # Then none of it asks more than it may
    over = {name: len(found[name]) for name in BUDGETS if len(found[name]) > BUDGETS[name]}
    assert over == {}, "\n".join(next(iter(found[name] for name in over)))
    # And a payment reads the deal and its parts once.
    for table in ("core_deal", "core_deal_line", "core_deal_due", "core_deal_concern"):
        assert len(found["pay"].about(table)) == 1


def moved(kind):
    return lambda deal: deal.fact(kind, lines=(deal.goods(1),))


def called_off(deal):
    line = CancelledLine(line_id=deal.line_id, quantity=Decimal(1), amount=Decimal("10.00"))
    return deal.fact(Cancelled, lines=(line,))


#: What happens to many deals at once, and whom it concerns beside the core.
TOLD = {
    "paid": (lambda deal: paid(deal, "5.00"), ("finance",)),
    "cancelled": (called_off, ("finance", "warehouse")),
    "shipped": (moved(Shipped), ("finance", "warehouse")),
    "delivered": (moved(Delivered), ("warehouse",)),
}


@pytest.mark.parametrize("what", TOLD)
def test_a_batch_costs_a_department_no_more_statements_than_one_event(
    app, what, a_deal, acting, counted
):
    tell, departments = TOLD[what]
    deals = [a_deal(quantity=4) for _ in range(21)]
    with app.app_context():
        bus.drain_all()
    found = {}

    for name, some in (("one", deals[:1]), ("many", deals[1:])):
        with acting("finance"):
            bus.publish_many([tell(deal) for deal in some])
        for department in (*departments, "core"):
            with app.app_context(), counted() as found[name, department]:
                bus.drain(department)

    for department in (*departments, "core"):
        assert len(found["many", department]) == len(found["one", department]) > 0, department


def paid(deal, amount):
    return deal.fact(Paid, payment_id=new_id(), amount=Decimal(amount), method="cash")


def test_a_held_deal_is_read_once_and_follows_what_is_published(a_deal, acting, counted):
    deal = a_deal(quantity=10)

    with acting("finance"), counted() as statements:
        before = lock([deal.deal_id])[deal.deal_id]
        bus.publish(paid(deal, "30.00"))
        after = lock([deal.deal_id])[deal.deal_id]
        seen_by_others = deal_by_id(deal.deal_id)
        again = bus.publish(paid(deal, "5.00")) and deal_by_id(deal.deal_id)

    assert (before.received, after.received, again.received) == (0, 30, 35)
    assert seen_by_others == after
    assert len([each for each in statements.about("core_deal") if "FOR UPDATE" in each]) <= 1


def test_what_a_savepoint_takes_back_is_read_again(a_deal, acting):
    deal = a_deal(quantity=10)

    with acting("finance"):
        lock([deal.deal_id])
        savepoint = db.session.begin_nested()
        bus.publish(paid(deal, "30.00"))
        savepoint.rollback()
        assert lock([deal.deal_id])[deal.deal_id].received == 0
        bus.publish(paid(deal, "5.00"))

    with acting("finance"):
        assert lock([deal.deal_id])[deal.deal_id].received == 5
