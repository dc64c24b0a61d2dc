"""Customers who do not exist: Chinese names, phones, birthdays, areas, and what they bought."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, insert

from core.clock import now, today
from core.customers.drafts import CustomerDraft, PhoneDraft
from core.customers.models import Customer
from core.customers.services import create_customers
from core.db import Base, db
from core.deals.models import Deal, DealEntry, DealLine
from core.ids import new_id
from core.rhythm.models import GONE, RUN_OUT, Expected, ToReckon

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
)
#: The first is the most common, as in China: every fourteenth is a 王, every two-hundredth a 苏.
_COMMON = [1 / (place + 4) ** 1.2 for place in range(len(SURNAMES))]
GIVEN = (
    "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂玉华红建国文辉力新永健世广志义兴良海山仁波宁"
)
AREAS = (
    "黄浦",
    "徐汇",
    "长宁",
    "静安",
    "普陀",
    "虹口",
    "杨浦",
    "浦东",
    "闵行",
    "宝山",
    "嘉定",
    "松江",
)
SKUS = ("RICE", "OIL", "TEA", "SOAP", "FILTER", "AIRCON")
#: The share of customers who have bought anything in the last year.
_BUYERS = 0.3


@dataclass(frozen=True)
class Made:
    """One customer, as she will be looked for."""

    id: UUID
    name: str
    phone: str


def name(chance: Random) -> str:
    """Return a name of two or three characters."""
    given = "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2, 2))))
    return chance.choices(SURNAMES, _COMMON)[0] + given


def phone(chance: Random) -> str:
    """Return a mobile number."""
    return f"1{chance.choice('3578')}{chance.randrange(10**9):09d}"


def settle(count: int, chance: Random) -> list[Made]:
    """Enter customers as an import does, with what is on their cards; then what they bought."""
    drafts = [
        CustomerDraft(name=name(chance), phones=[PhoneDraft(phone(chance))]) for _ in range(count)
    ]
    ids = create_customers(drafts)
    db.session.execute(
        Customer.__table__.update().where(Customer.id == bindparam("of")).values(_card()),
        [_facts(id_, chance) for id_ in ids],
    )
    made = [
        Made(id_, draft.name, draft.phones[0].number)
        for id_, draft in zip(ids, drafts, strict=True)
    ]
    _write([row for one in made if chance.random() < _BUYERS for row in _bought(one, chance)])
    return made


_FACTS = ("area", "birth_calendar", "birth_month", "birth_day", "pay_day")


def _card() -> dict[str, Any]:
    return {each: bindparam(f"new_{each}") for each in _FACTS}


def _facts(id_: UUID, chance: Random) -> dict[str, Any]:
    told = chance.random() < 0.6
    return {
        "of": id_,
        "new_area": chance.choice(AREAS),
        "new_birth_calendar": chance.choice(("solar", "lunar")) if told else None,
        "new_birth_month": chance.randint(1, 12) if told else None,
        "new_birth_day": chance.randint(1, 28) if told else None,
        "new_pay_day": chance.choice((None, 5, 10, 15)),
    }


def _bought(one: Made, chance: Random) -> Iterator[Base]:
    """Her purchases of one product by a rhythm of her own, each delivered and paid."""
    every, sku = chance.randint(15, 90), chance.choice(SKUS)
    day = today() - timedelta(chance.randint(0, 2 * every))
    for _ in range(chance.randint(1, 5)):
        yield from _deal(one, sku, Decimal(chance.choice((1, 1, 2, 4))), day)
        day -= timedelta(max(1, round(chance.gauss(every, every / 5))))


def _deal(one: Made, sku: str, quantity: Decimal, day: date) -> Iterator[Base]:
    amount = quantity * 100
    deal = Deal(
        id=new_id(), number=f"M-{new_id().hex[:24]}", customer_id=one.id, customer_name=one.name,
        seller_id=one.id, seller_name="王伟", currency="CNY", sold_on=day, stage="done",
        ordered=amount, shipped=amount, delivered=amount, received=amount,
    )  # fmt: skip
    yield deal
    yield DealLine(
        deal_id=deal.id, line_id=new_id(), position=0, sku=sku, name=sku, unit="袋",
        unit_price=Decimal(100), ordered=quantity, amount=amount, shipped=quantity,
        delivered=quantity,
    )  # fmt: skip
    for fact in ("sold", "delivered", "paid"):
        yield DealEntry(
            event_id=new_id(), deal_id=deal.id, pos=0, fact=fact, type=f"deals.{fact}", at=now(),
            by=None, happened_on=day, document="", amount=amount if fact != "delivered" else None,
        )  # fmt: skip


def _write(rows: list[Base]) -> None:
    """Write rows of any kind, set by set."""
    for model in (Deal, DealLine, DealEntry):
        table = cast("Table", model.__table__)
        own = [row for row in rows if isinstance(row, model)]
        values = [
            {column.name: _value(row, column.name, column.default) for column in table.columns}
            for row in own
        ]
        if values:
            db.session.connection().execute(insert(table), values)
    _expect([row for row in rows if isinstance(row, Deal)])


def _expect(deals: list[Deal]) -> None:
    """Write what is expected of each buyer, as if she had been reckoned when she last bought.

    Who bought yesterday or today has not been reckoned yet: a night's work.
    """
    latest: dict[UUID, Deal] = {}
    for deal in deals:
        if deal.customer_id not in latest or deal.sold_on > latest[deal.customer_id].sold_on:
            latest[deal.customer_id] = deal
    new = today() - timedelta(1)
    due = [{"customer_id": each} for each, deal in latest.items() if deal.sold_on >= new]
    rows = [row for each in latest.values() if each.sold_on < new for row in _expected(each)]
    for model, values in ((ToReckon, due), (Expected, rows)):
        if values:
            db.session.execute(insert(model), values)


def _expected(deal: Deal) -> Iterator[dict[str, Any]]:
    for kind, days in ((RUN_OUT, 45), (GONE, 120)):
        yield {
            "customer_id": deal.customer_id, "kind": kind, "bought_on": deal.sold_on,
            "sku": "TEA" if kind == RUN_OUT else "", "on_day": deal.sold_on + timedelta(days),
            "confidence": 50, "why": "Bought every 45 days on average.",
            "quantity": deal.ordered / 100, "amount": deal.ordered * 8, "currency": "CNY",
        }  # fmt: skip


def _value(row: Base, column: str, default: Any) -> Any:
    value = getattr(row, column)
    return default.arg if value is None and default is not None and default.is_scalar else value
