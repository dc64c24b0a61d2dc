"""How sales is doing: counts for the menu, figures for the pictures."""

from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from core.clock import today
from core.columns import Money
from core.company import company
from core.db import db
from core.deals.models import Deal
from core.money import ZERO
from modules.sales.models import Order
from modules.sales.queries.stages import OPEN_STAGES

#: How far back the pictures of sales look.
WEEKS = 8


def open_order_count() -> int:
    """Return how many quotations and orders still ask for something, for the menu."""
    quotations = select(func.count()).select_from(Order).where(Order.state == "quotation")
    deals = (
        select(func.count())
        .select_from(Deal)
        .join(Order, Order.id == Deal.id)
        .where(Deal.stage.in_(OPEN_STAGES))
    )
    return (db.session.scalar(quotations) or 0) + (db.session.scalar(deals) or 0)


def late_count() -> int:
    """Return how many orders were promised for a day that is over and are not shipped yet."""
    query = (
        select(func.count())
        .select_from(Deal)
        .join(Order, Order.id == Deal.id)
        .where(Deal.stage.in_(("deposit", "to_ship", "part_shipped")), Deal.promised_on < today())
    )
    return db.session.scalar(query) or 0


def sold_by_week() -> list[tuple[date, Decimal]]:
    """Return the Monday and what was sold in each of the last weeks, in the company's currency."""
    first = _first_monday()
    query = select(Order.dated_on, _total()).where(*_sold_since(first)).group_by(Order.dated_on)
    sums = {first + timedelta(weeks=at): ZERO for at in range(WEEKS)}
    for day, amount in db.session.execute(query):
        week = day - timedelta(days=day.weekday())
        if week in sums:
            sums[week] += amount
    return sorted(sums.items())


def sold_by_person() -> list[tuple[str, Decimal]]:
    """Return who sold how much in the same weeks, the most first."""
    total = _total()
    query = (
        select(Order.seller_name, total)
        .where(*_sold_since(_first_monday()))
        .group_by(Order.seller_id, Order.seller_name)
        .order_by(total.desc())
        .limit(6)
    )
    return list(db.session.execute(query))


def _first_monday() -> date:
    monday = today() - timedelta(days=today().weekday())
    return monday - timedelta(weeks=WEEKS - 1)


def _total() -> ColumnElement[Decimal]:
    return func.sum(Order.total, type_=Money)


def _sold_since(day: date) -> tuple[ColumnElement[bool], ...]:
    in_our_money = Order.currency == company().currency
    return Order.state == "confirmed", Order.dated_on >= day, in_our_money
