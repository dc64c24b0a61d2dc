"""What may be asked about grades."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from core.clock import today
from core.customers.models import Customer, CustomerAlias
from core.customers.queries import customer
from core.customers.resolution import same_customer
from core.db import db
from core.grades.models import GradeChange, GradeLock, GradeRule
from core.grades.rules import GRADES, Rule, figures_of


@dataclass(frozen=True)
class Standing:
    """A customer's grade, and why it is so."""

    customer: Customer
    lock: GradeLock | None
    rule: Rule | None
    amount: Decimal
    orders: int
    last_on: date | None
    #: What the rule alone would say.
    earned: str


def current_rule() -> GradeRule | None:
    """Return the rules that count; None before the owner has set any."""
    newest = select(GradeRule).order_by(GradeRule.saved_at.desc(), GradeRule.id.desc()).limit(1)
    return db.session.scalar(newest)


def saved_rules(limit: int = 20) -> Sequence[GradeRule]:
    """Return the rules as they were saved, the newest first."""
    query = select(GradeRule).order_by(GradeRule.saved_at.desc(), GradeRule.id.desc())
    return db.session.scalars(query.limit(limit)).all()


def grade_counts() -> dict[str, int]:
    """Return how many customers are of each grade now; the empty one is none."""
    query = (
        select(Customer.grade, func.count())
        .where(Customer.id.not_in(select(CustomerAlias.alias_id)))
        .group_by(Customer.grade)
    )
    found = dict(db.session.execute(query).all())
    return {grade: found.get(grade, 0) for grade in (*GRADES, "")}


def standing(customer_id: UUID) -> Standing:
    """Return a customer's grade with its reasons; raises CustomerNotFound."""
    row, saved = customer(customer_id), current_rule()
    rule = Rule.of(saved.settings) if saved else None
    found = db.session.execute(figures_of(rule or Rule(), row.id)).one_or_none()
    return Standing(
        customer=row,
        lock=lock_of(row.id),
        rule=rule,
        amount=found.amount if found else Decimal(0),
        orders=found.orders if found else 0,
        last_on=found.last_on if found else None,
        earned=found.grade if found and rule else "",
    )


def lock_of(customer_id: UUID) -> GradeLock | None:
    """Return what a person has fixed, as long as it holds."""
    lock = db.session.get(GradeLock, customer_id)
    return lock if lock and (lock.until is None or lock.until >= today()) else None


def changes(customer_id: UUID, limit: int = 50) -> Sequence[GradeChange]:
    """Return how a customer's grade and stage have changed, the newest first."""
    query = (
        select(GradeChange)
        .where(GradeChange.customer_id.in_(same_customer(customer_id)))
        .order_by(GradeChange.at.desc(), GradeChange.id.desc())
        .limit(limit)
    )
    return db.session.scalars(query).all()


def customer_panel(customer_id: UUID) -> dict[str, Any]:
    """Return what a card says of the grade."""
    return {"customer": customer(customer_id), "lock": lock_of(customer_id)}
