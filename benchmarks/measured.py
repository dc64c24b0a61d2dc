"""A company to be measured: products, customers, stock, and what is done with one order."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

from bench import Bench
from filling import Pattern
from flask import g
from sqlalchemy import Select, bindparam, func, literal, select, text

import bus
from bus.subscriptions import subscriptions
from bus.tables import bus_delivery, bus_event
from core.app import Lamplit, create_app
from core.company import Company, found_company
from core.config import Settings
from core.customers.services import create_customer
from core.db import connection, db, reading, unit_of_work
from core.deals.facts import Paid, Sold
from core.ids import new_id
from core.people.sample import add_sample_people
from core.products.services import create_product
from core.setup import migrate
from core.testing.clients import ApiClient, person_called
from core.testing.deals import ADeal
from modules.finance.services.invoices import issue_invoice
from modules.finance.services.payments import take_payment
from modules.finance.services.tender import Share, Tender
from modules.sales.drafts import DepositRule, LineDraft, OrderDraft
from modules.sales.services.confirming import place_order
from modules.warehouse.models import Shipment
from modules.warehouse.services.receiving import Arrival, receive_goods
from modules.warehouse.services.shipping import ship

_ANY_OPEN = select(literal(1)).select_from(bus_delivery).where(text("status = 0")).limit(1)
_OPEN_OF = _ANY_OPEN.where(bus_delivery.c.subscriber.in_(bindparam("names", expanding=True)))
_ITS_SHIPMENT = select(Shipment.__table__.c.id).where(
    Shipment.__table__.c.deal_id == bindparam("deal_id")
)
#: Seconds after which the deliveries are not awaited any longer.
PATIENCE = 300.0
SKU, PRICE = "TEA", Decimal("100.00")


@dataclass
class Flow:
    """One order from the deposit to the balance."""

    number: str
    deal_id: UUID


class Measured:
    """A company in a database of its own."""

    def __init__(self, settings: Settings) -> None:
        migrate(settings)
        self.app: Lamplit = create_app(settings)
        with unit_of_work(self.app):
            found_company(Company())
            add_sample_people()
        self._person = person_called(self.app, "admin")
        self._keys = count(1)
        self._tills: list[ADeal] = []
        with self.acting():
            self.customer = create_customer("上海晨光").id
            create_product(SKU, "龙井", "盒", PRICE)
        self.receive(1_000_000)

    @contextmanager
    def acting(self) -> Iterator[None]:
        """A write transaction in which the administrator acts."""
        with unit_of_work(self.app):
            g.lamplit_person = self._person
            yield

    def receive(self, quantity: int) -> None:
        """Put goods into stock."""
        with self.acting():
            receive_goods([Arrival(sku=SKU, quantity=Decimal(quantity))])

    def order(self) -> Flow:
        """Sell, half of it to be paid before the goods leave."""
        rule = DepositRule(kind="prepayment", percent=Decimal(50), before_shipping=True)
        line = LineDraft(sku=SKU, quantity=Decimal(2))
        with self.acting():
            draft = OrderDraft(customer_id=self.customer, lines=[line], deposit=rule)
            order = place_order(draft)
            return Flow(order.number, order.id)

    def pay(self, flow: Flow) -> None:
        """Take half of the price."""
        with self.acting():
            share = Share(flow.number, PRICE)
            take_payment(
                Tender(customer_id=self.customer, method="cash", amount=PRICE, shares=(share,))
            )

    def ship(self, flow: Flow) -> None:
        """Send the goods."""
        with self.app.app_context():
            bus.settle("warehouse", flow.deal_id)
        with self.acting():
            ship(connection().scalars(_ITS_SHIPMENT, {"deal_id": flow.deal_id}).one())

    def invoice(self, flow: Flow) -> None:
        """Write the invoice."""
        with self.acting():
            issue_invoice(flow.number)

    def flow(self) -> None:
        """Order, deposit, shipment, invoice, balance."""
        flow = self.order()
        for act in (self.pay, self.ship, self.invoice, self.pay):
            act(flow)

    def sell(self) -> None:
        """Sell as a till would: nothing but the fact is told."""
        self.sell_many(1)

    def sell_many(self, number: int) -> None:
        """Sell so often at once."""
        sales = [
            ADeal(self.customer, "上海晨光", f"T-{next(self._keys):07d}", Decimal(2))
            for _ in range(number)
        ]
        with self.acting():
            bus.publish_many([sale.sold(Sold) for sale in sales])
        self._tills += sales

    def pay_many(self, number: int) -> Pattern:
        """Take a cent for each of the last such sales; returns where that stands in the log."""
        paid = {"payment_id": new_id(), "amount": Decimal("0.01"), "method": "cash"}
        with self.acting():
            stored = bus.publish_many([sale.fact(Paid, **paid) for sale in self._tills[-number:]])
        return Pattern(stored[0].pos, number)

    def flow_pattern(self) -> Pattern:
        """Do a whole flow; returns where it stands in the log."""
        self.until_heard()
        before = self.last_position()
        self.flow()
        self.until_heard()
        return Pattern(before + 1, self.last_position() - before)

    def some_deal(self) -> UUID:
        """A deal in the middle of the log."""
        query = select(bus_event.c.aggregate_id).where(bus_event.c.pos == self.last_position() // 2)
        return db.session.scalars(query).one()

    def last_position(self) -> int:
        """The end of the log."""
        with reading(self.app) as session:
            return session.scalar(select(func.max(bus_event.c.pos))) or 0

    def worked_off(self, bench: Bench) -> float:
        """Let the workers do what waits; returns how many deliveries a second they did.

        They are held back until all of them have started.
        """
        count = self.open()
        self._for_all(bus.pause)
        with bench.workers():
            begun = time.perf_counter()
            self._for_all(bus.resume)
            bus.runtime.runtime().poker.drain(subscriptions.subscribers())
            self.until_idle()
            return count / (time.perf_counter() - begun)

    def _for_all(self, act: Callable[..., object]) -> None:
        for name in subscriptions.subscribers():
            with self.acting():
                act(name, by="benchmark")

    def until_heard(self) -> None:
        """Let everybody hear in this thread what there is to hear."""
        with self.app.app_context():
            bus.drain_all()

    def open(self) -> int:
        """How many deliveries wait."""
        with reading(self.app):
            return sum(load.open for load in bus.loads())

    def until_caught_up(self) -> None:
        """Wait for the departments: not for who takes in what comes in its own time."""
        names = [name for name in subscriptions.subscribers() if not patience_of(name)]
        self._wait(_OPEN_OF, {"names": names})

    def until_idle(self, patience: float = PATIENCE) -> None:
        """Wait until nothing is left to be delivered."""
        self._wait(_ANY_OPEN, {}, patience)

    def _wait(
        self, open_ones: Select[int], parameters: dict[str, Any], patience: float = PATIENCE
    ) -> None:
        end = time.monotonic() + patience
        while True:
            with reading(self.app) as session:
                if session.scalar(open_ones, parameters) is None:
                    return
            if time.monotonic() > end:
                raise TimeoutError("the deliveries were not done in time")
            time.sleep(0.02)

    def program(self) -> ApiClient:
        """A program with a token."""
        return ApiClient(self.app, "admin")


def patience_of(subscriber: str) -> float:
    """For how many seconds its events may wait for more."""
    return subscriptions.policy(subscriber).patience


def rate(times: int, act: Callable[[], object]) -> float:
    """How often a second something can be done."""
    begun = time.perf_counter()
    for _ in range(times):
        act()
    return times / (time.perf_counter() - begun)
