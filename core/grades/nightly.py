"""Grade all customers anew, a piece at a time: short transactions, and memory for one piece."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import Row, and_, case, func, or_, select

from core.clock import now, today
from core.customers.models import Customer, CustomerAlias
from core.db import db, reading, unit_of_work
from core.grades.changing import Change, write
from core.grades.models import GradeChange, GradeLock
from core.grades.queries import current_rule
from core.grades.rules import GRADES, Rule, bought, grade_of

#: So many customers are looked at in one transaction.
_PIECE = 5000


@dataclass
class Tally:
    """What a night has changed."""

    seen: int = 0
    graded: int = 0
    staged: int = 0


def regrade(app: Flask) -> Tally:
    """Give every customer the grade and the stage that she has earned.

    Begun again after an interruption it finds what is left: whoever has her grade is passed over.
    """
    tally, after = Tally(), UUID(int=0)
    while (piece := _piece(app, after)) is not None:
        last, seen, rows, rule_id, rule = piece
        after, tally.seen = last, tally.seen + seen
        if rows:
            with unit_of_work(app):
                changes = _changes(rows, rule, rule_id)
                write(changes)
                tally.graded += sum(each.what == "grade" for each in changes)
                tally.staged += sum(each.what == "stage" for each in changes)
    return tally


def _piece(
    app: Flask, after: UUID
) -> tuple[UUID, int, Sequence[Row[Any]], UUID | None, Rule] | None:
    """Return the next customers of whom something may change, and the last one looked at."""
    with reading(app):
        ids = db.session.scalars(
            select(Customer.id).where(Customer.id > after).order_by(Customer.id).limit(_PIECE)
        ).all()
        if not ids:
            return None
        saved = current_rule()
        rule = Rule.of(saved.settings) if saved else Rule()
        rows = _different(rule, (ids[0], ids[-1]), graded=saved is not None)
        return ids[-1], len(ids), rows, saved.id if saved else None, rule


def _different(rule: Rule, between: tuple[UUID, UUID], *, graded: bool) -> Sequence[Row[Any]]:
    of = bought(rule, between)
    grade = func.coalesce(grade_of(rule, of), "") if graded else Customer.grade
    limit = today() - timedelta(days=rule.lapsed_after)
    stage = case(
        (of.c.last_on.is_(None), Customer.stage), (of.c.last_on < limit, "lapsed"), else_="existing"
    )
    lock = and_(GradeLock.customer_id == Customer.id, _holds())
    wanted = func.coalesce(GradeLock.grade, grade)
    query = (
        select(
            Customer.id,
            Customer.grade.label("grade"),
            Customer.stage.label("stage"),
            wanted.label("wanted"),
            GradeLock.grade.label("locked"),
            stage.label("wanted_stage"),
        )
        .outerjoin(of, of.c.customer_id == Customer.id)
        .outerjoin(GradeLock, lock)
        .where(Customer.id.between(*between))
        .where(Customer.id.not_in(select(CustomerAlias.alias_id)))
        .where(or_(wanted != Customer.grade, stage != Customer.stage))
    )
    return db.session.execute(query).all()


def _holds() -> Any:
    return or_(GradeLock.until.is_(None), GradeLock.until >= today())


def _changes(rows: Sequence[Row[Any]], rule: Rule, rule_id: UUID | None) -> list[Change]:
    resting = _resting([row.id for row in rows], rule)
    changes = []
    for row in rows:
        after = row.wanted if row.locked else _step(row.grade, row.wanted, row.id in resting)
        if after != row.grade:
            changes.append(Change(row.id, "grade", row.grade, after, "rule", rule_id=rule_id))
        if row.wanted_stage != row.stage:
            changes.append(Change(row.id, "stage", row.stage, row.wanted_stage, "rule"))
    return changes


def _step(before: str, wanted: str, is_resting: bool) -> str:
    """Rise at once; drop by one step at the most, and never back to no grade."""
    if not before or (wanted and wanted <= before):
        return wanted
    if is_resting:
        return before
    return GRADES[min(GRADES.index(before) + 1, len(GRADES) - 1)]


def _resting(customer_ids: list[UUID], rule: Rule) -> set[UUID]:
    """Return those who have dropped by rule not long ago."""
    if not rule.rest_days:
        return set()
    query = select(GradeChange.customer_id).where(
        GradeChange.customer_id.in_(customer_ids),
        GradeChange.what == "grade",
        GradeChange.why == "rule",
        GradeChange.before != "",
        GradeChange.after > GradeChange.before,
        GradeChange.at > now() - timedelta(days=rule.rest_days),
    )
    return set(db.session.scalars(query))
