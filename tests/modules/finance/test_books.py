"""Whatever happens, in whatever order: finance's books are the deals' books."""

import threading
from decimal import Decimal
from itertools import count
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text, update

import bus
from bus import publish
from core.clock import today
from core.customers.services import create_customer
from core.db import db, reading, unit_of_work
from core.deals.facts import CancelledLine
from core.deals.locking import lock
from core.doctor import examine
from core.errors import DomainError
from core.ids import new_id
from core.testing.deals import ADeal
from modules.finance.models import Payment, Receivable, ReceivableDue
from modules.finance.services.invoices import issue_invoice
from modules.finance.services.payments import take_payment
from modules.finance.services.refunds import refund, write_off
from modules.finance.services.tender import Share, Tender
from modules.sales.events import OrderPlaced, OrderReduced
from modules.warehouse.events import GoodsReturned, GoodsShipped

from .conftest import due


@pytest.fixture
def an_order(acting):
    """A maker of orders of sales, over 100 of which 30 are due before shipping."""
    numbers = count(1)

    def make() -> ADeal:
        with acting("sales"):
            card = create_customer("李丽")
            plan = (due("30.00", kind="prepayment", before=True), due("70.00", on=today()))
            number = f"SO-{next(numbers)}"
            deal = ADeal(card.id, card.name, number, Decimal(10), dues=plan)
            publish(deal.sold(OrderPlaced))
        return deal

    return make


def _pay(deal, chance: Random) -> None:
    amount = Decimal(chance.randint(1, 60))
    shares = (Share(deal.number, amount),)
    take_payment(
        Tender(
            customer_id=deal.customer_id,
            method="cash",
            amount=amount,
            shares=shares,
            keep_rest=chance.random() < 0.3,
        )
    )


def _refund(deal, chance: Random) -> None:
    refund(deal.number, Decimal(chance.randint(1, 60)), chance.choice(["cash", "credit"]), "退")


def _write_off(deal, chance: Random) -> None:
    write_off(deal.number, Decimal(chance.randint(1, 5)), "抹零")


def _invoice(deal, _chance: Random) -> None:
    issue_invoice(deal.number)


def _cancel(deal, _chance: Random) -> None:
    if lock([deal.deal_id])[deal.deal_id].lines[0].to_ship >= 1:
        gone = CancelledLine(line_id=deal.line_id, quantity=Decimal(1), amount=Decimal("10.00"))
        publish(deal.fact(OrderReduced, lines=(gone,), dues=(due("50.00"),), reason="改"))


def _ship(deal, _chance: Random) -> None:
    if lock([deal.deal_id])[deal.deal_id].lines[0].to_ship >= 2:
        publish(deal.fact(GoodsShipped, lines=(deal.goods(2),), shipment_id=new_id()))


def _return(deal, _chance: Random) -> None:
    if lock([deal.deal_id])[deal.deal_id].lines[0].with_customer >= 1:
        back = {"return_id": new_id(), "restock": True, "reason": "退"}
        publish(deal.fact(GoodsReturned, lines=(deal.goods(1),), **back))


_ACTS = (_pay, _pay, _refund, _write_off, _invoice, _cancel, _ship, _ship, _return)


def _act(acting, deal, chance: Random) -> None:
    """Try something; what a rule forbids leaves nothing behind."""
    try:
        with acting("admin"):
            chance.choice(_ACTS)(deal, chance)
    except DomainError:
        pass


def _books(app) -> dict[UUID, tuple[Decimal, Decimal]]:
    with reading(app) as session:
        rows = session.scalars(select(Receivable)).all()
        return {row.deal_id: (row.total, row.owed) for row in rows}


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_the_books_agree(app, an_order, acting, api, bus_idle, seed):
    # Given some orders and a company in which anything may happen, heard of now and then
    chance = Random(seed)
    deals = [an_order() for _ in range(4)]
    for _step in range(60):
        deal = chance.choice(deals)
        _act(acting, deal, chance)
        if chance.random() < 0.15:
            bus.settle("finance", deal.deal_id)  # one order is heard of before the others
    bus_idle()

    # Then finance's view is what everybody sees
    books = _books(app)
    for deal in deals:
        told = api.get(f"deals/{deal.number}").json
        assert str(books[deal.deal_id][1]) == told["owed"]
        # goods that came back were credited, no more and no less
        back = sum(Decimal(line["returned"]) for line in told["lines"])
        assert Decimal(told["credited"]) == back * 10
        # and invoices never name more than the customer has
        line = told["lines"][0]
        held = Decimal(line["shipped"]) - Decimal(line["returned"])
        assert Decimal(told["invoiced"]) <= held * 10
    # and doctor finds nothing wrong
    assert examine(app).healthy, examine(app).lines


def test_several_workers_and_lost_pokes_change_nothing(app, an_order, acting, api):
    # Given acts that go on while three workers deliver what they find, each at its own pace
    chance = Random(7)
    deals = [an_order() for _ in range(3)]
    done = threading.Event()

    def work() -> None:
        while not done.is_set():
            with app.app_context():
                bus.drain("finance")

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    try:
        for _step in range(40):
            _act(acting, chance.choice(deals), chance)
    finally:
        done.set()
        for worker in workers:
            worker.join()
    with app.app_context():
        bus.drain_all()

    # Then everything was taken in once, in the order of each deal
    report = examine(app)
    assert report.healthy, report.lines
    books = _books(app)
    for deal in deals:
        assert str(books[deal.deal_id][1]) == api.get(f"deals/{deal.number}").json["owed"]


@pytest.mark.parametrize(
    "damage",
    [
        update(Receivable).values(owed=Decimal("1.00")),
        update(ReceivableDue).values(open=Decimal("1.00")),
        delete(ReceivableDue),
        update(Payment).values(amount=Decimal("1.00")),
        text("update core_number_series set last = last + 1 where series = 'RC'"),
    ],
    ids=["owed", "due", "missing row", "payment", "number lost"],
)
def test_doctor_finds_damaged_books(app, an_order, pay, bus_idle, damage):
    # Given sound books
    pay(an_order(), "30.00")
    bus_idle()
    assert examine(app).healthy

    # When a row is damaged
    with unit_of_work(app):
        db.session.execute(damage)

    # Then doctor says so
    report = examine(app)
    assert not report.healthy
    assert "finance" in report.lines[-1] or "RC" in report.lines[-1]
