"""What makes a customer an A, a B or a C: by amount, by her place among all, or by points.

A rule is an expression over what she bought, so the same statement counts before it is saved how
many customers would get which grade, and grades them at night.
"""

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select

from core.clock import today
from core.columns import Money
from core.company import company
from core.customers.leading import leading, standing_for
from core.customers.models import Customer, CustomerAlias
from core.customers.resolution import resolve
from core.db import db
from core.deals.models import Deal
from core.money import money_text

KINDS = ("amount", "quantile", "points")
GRADES = ("A", "B", "C")
_SUMS = ("amount_a", "amount_b", "much_3", "much_2")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The owner's rules; what belongs to other kinds is kept for the day she changes her mind."""

    kind: str = "amount"
    #: What was bought in so many days counts.
    days: int = 365
    amount_a: Decimal = Decimal(10000)
    amount_b: Decimal = Decimal(2000)
    #: Of those who bought in that time, in percent.
    share_a: int = 10
    share_b: int = 30
    #: Three points, and two, for a purchase so many days ago, so many orders, so much money.
    recent_3: int = 60
    recent_2: int = 180
    often_3: int = 6
    often_2: int = 3
    much_3: Decimal = Decimal(10000)
    much_2: Decimal = Decimal(2000)
    points_a: int = 8
    points_b: int = 5
    #: After a drop a customer drops again only after so many days.
    rest_days: int = 30
    #: Without a purchase for so many days an existing customer is taken for lapsed.
    lapsed_after: int = 365

    def as_json(self) -> dict[str, Any]:
        """Return the settings as they are stored."""
        plain = asdict(self)
        return {**plain, **{name: money_text(plain[name]) for name in _SUMS}}

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Rule":
        """Return stored settings."""
        known = {name: value for name, value in stored.items() if name in cls.__dataclass_fields__}
        return cls(**{**known, **{name: Decimal(known[name]) for name in _SUMS if name in known}})


@dataclass(frozen=True)
class Cuts:
    """What the last one of the best has bought, for A and for B: worked out once for everybody."""

    a: Decimal = Decimal(0)
    b: Decimal = Decimal(0)


def cuts(rule: Rule) -> Cuts | None:
    """Return where the places among all customers end; None for a rule that asks for no place.

    Reads what everybody has bought.
    """
    if rule.kind != "quantile":
        return None
    of = bought(rule)
    ranked = (
        select(
            of.c.amount,
            func.row_number().over(order_by=of.c.amount.desc()).label("place"),
            func.count().over().label("count"),
        )
        .where(of.c.orders > 0)
        .subquery()
    )

    def least(share: int) -> ColumnElement[Any]:
        among = or_(ranked.c.place == 1, (ranked.c.place - 1) * 100 < ranked.c["count"] * share)
        return func.min(case((among, ranked.c.amount)), type_=Money())

    a, b = db.session.execute(select(least(rule.share_a), least(rule.share_a + rule.share_b))).one()
    return Cuts(a or Decimal(0), b or Decimal(0))


def bought(rule: Rule, between: tuple[UUID, UUID] | None = None) -> Subquery:
    """Return what each customer has bought: customer_id, amount, orders, last_on.

    Amount (in the company's currency) and orders are those of the rule's days; what was called off
    or credited does not count, and merged cards count as one. `between` leaves out other customers.
    """
    cards = leading()
    card = standing_for(cards, Deal.customer_id)
    counts = Deal.sold_on > today() - timedelta(days=rule.days)
    kept = Deal.ordered - Deal.cancelled - Deal.credited
    amount = case((and_(counts, Deal.currency == company().currency), kept), else_=0)
    query = (
        select(
            card.label("customer_id"),
            func.sum(amount, type_=Money()).label("amount"),
            func.sum(case((counts, 1), else_=0)).label("orders"),
            func.max(Deal.sold_on).label("last_on"),
        )
        .outerjoin(cards, cards.c.alias_id == Deal.customer_id)
        .where(Deal.ordered > Deal.cancelled)
        .group_by(card)
    )
    if between is not None:
        # Named one by one: a subselect beside the range would make the database read every sale.
        merged = [each for each in db.session.scalars(select(CustomerAlias.alias_id))
                  if between[0] <= resolve(each) <= between[1]]  # fmt: skip
        own = Deal.customer_id.between(*between)
        query = query.where(or_(own, Deal.customer_id.in_(merged)) if merged else own)
        query = query.having(card.between(*between))
    return query.subquery("bought")


def grade_of(rule: Rule, of: Subquery, ends: Cuts | None) -> ColumnElement[str]:
    """Return the grade that a rule gives to what was bought; empty for who never bought.

    Parameters:
      ends: What `cuts` says of the rule.
    """
    if ends is not None:
        is_a, is_b = _by_place(of, ends)
    else:
        is_a, is_b = (_by_points if rule.kind == "points" else _by_amount)(rule, of)
    return case(
        (of.c.last_on.is_(None), ""),
        (is_a, "A"),
        (is_b, "B"),
        else_="C",
    )


def preview(rule: Rule) -> dict[str, int]:
    """Return how many customers a rule makes A, B and C; those who never bought have none."""
    of = bought(rule)
    grade = grade_of(rule, of, cuts(rule))
    query = select(grade, func.count()).select_from(of).group_by(grade)
    found = dict(db.session.execute(query).all())
    cards = db.session.scalar(select(func.count()).select_from(Customer)) or 0
    merged = db.session.scalar(select(func.count()).select_from(CustomerAlias)) or 0
    return {
        **{grade: found.get(grade, 0) for grade in GRADES},
        "": cards - merged - sum(found.values()),
    }


def _by_amount(rule: Rule, of: Subquery) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return of.c.amount >= rule.amount_a, of.c.amount >= rule.amount_b


def _by_place(of: Subquery, ends: Cuts) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Whoever bought as much as the last one of the best tenth belongs to it, too."""
    active = of.c.orders > 0
    return and_(active, of.c.amount >= ends.a), and_(active, of.c.amount >= ends.b)


def _by_points(rule: Rule, of: Subquery) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    def points(best: ColumnElement[bool], good: ColumnElement[bool]) -> ColumnElement[int]:
        return case((best, 3), (good, 2), else_=1)

    sum_ = (
        points(of.c.last_on >= _ago(rule.recent_3), of.c.last_on >= _ago(rule.recent_2))
        + points(of.c.orders >= rule.often_3, of.c.orders >= rule.often_2)
        + points(of.c.amount >= rule.much_3, of.c.amount >= rule.much_2)
    )
    return sum_ >= rule.points_a, sum_ >= rule.points_b


def _ago(days: int) -> date:
    return today() - timedelta(days=days)


def figures_of(rule: Rule, customer_id: UUID) -> Select[Any]:
    """Return the statement that says what one customer has bought, and what the rule says of it."""
    of = bought(rule, (customer_id, customer_id))
    grade = grade_of(rule, of, cuts(rule)).label("grade")
    return select(of.c.amount, of.c.orders, of.c.last_on, grade)
