"""Grade all customers anew: read a piece at a time, write in short transactions, flat in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)

from core.clock import now, today
from core.customers.models import Customer, CustomerAlias
from core.db import db, reading, unit_of_work
from core.grades.changing import Change, write
from core.grades.models import GradeChange, GradeLock
from core.grades.queries import current_rule
from core.grades.rules import GRADES, Cuts, Rule, bought, cuts, grade_of

#: So many customers are read at once; nobody waits for that.
_PIECE = 10_000
#: So many are written in one transaction: other people write at night, too.
_WRITTEN = 500


@dataclass
class Tally:
    """What a night has changed."""

    seen: int = 0
    graded: int = 0
    staged: int = 0


@dataclass(frozen=True)
class Measure:
    """By what everybody is measured in this night."""

    rule: Rule
    #: None before the owner has saved any rule: grades then stay as they are.
    rule_id: UUID | None
    ends: Cuts | None


def regrade(app: Flask) -> Tally:
    """Give every customer the grade and the stage that she has earned.

    Begun again after an interruption it finds what is left: whoever has her grade is passed over.
    """
    tally, measure = Tally(), measured(app)
    for seen, rows in _pieces(app, measure):
        tally.seen += seen
        for start in range(0, len(rows), _WRITTEN):
            _grade(app, rows[start : start + _WRITTEN], measure, tally)
    return tally


def measured(app: Flask) -> Measure:
    """Return by what everybody is measured as the rules and the sales stand."""
    with reading(app):
        saved = current_rule()
        if saved is None:
            return Measure(Rule(), None, None)
        rule = Rule.of(saved.settings)
        return Measure(rule, saved.id, cuts(rule))


def _pieces(app: Flask, measure: Measure) -> Iterator[tuple[int, Sequence[Row[Any]]]]:
    """Yield, piece by piece, how many customers were looked at, and those who change."""
    after = UUID(int=0)
    while True:
        with reading(app):
            query = select(Customer.id).where(Customer.id > after).order_by(Customer.id)
            ids = db.session.scalars(query.limit(_PIECE)).all()
            if not ids:
                return
            after = ids[-1]
            rows = db.session.execute(_different(measure, (ids[0], after))).all()
        yield len(ids), rows


def _different(measure: Measure, between: tuple[UUID, UUID]) -> Any:
    """Return the statement that finds whose grade or stage changes tonight.

    Who has bought and who has not are asked apart: SQLite would look through all that was bought
    for each card.
    """
    of, limit = bought(measure.rule, between), today() - timedelta(days=measure.rule.lapsed_after)
    earned = select(
        of.c.customer_id,
        grade_of(measure.rule, of, measure.ends).label("grade"),
        case((of.c.last_on < limit, "lapsed"), else_="existing").label("stage"),
    ).cte("earned")
    has_bought = _changing(measure, between, earned.c.grade, earned.c.stage)
    has_not = _changing(measure, between, literal(""), Customer.stage)
    return union_all(
        has_bought.join(earned, earned.c.customer_id == Customer.id),
        has_not.where(Customer.id.not_in(select(earned.c.customer_id))),
    )


def _changing(measure: Measure, between: tuple[UUID, UUID], earned: Any, stage: Any) -> Select[Any]:
    stepped = _step(earned, measure.rule) if measure.rule_id else Customer.grade
    grade = func.coalesce(GradeLock.grade, stepped)
    return (
        select(
            Customer.id,
            Customer.grade.label("grade"),
            Customer.stage.label("stage"),
            GradeLock.grade.label("locked"),
            grade.label("new_grade"),
            stage.label("new_stage"),
        )
        .outerjoin(GradeLock, _holds())
        .where(Customer.id.between(*between))
        .where(Customer.id.not_in(select(CustomerAlias.alias_id)))
        .where(or_(grade != Customer.grade, stage != Customer.stage))
    )


def _holds() -> ColumnElement[bool]:
    until = or_(GradeLock.until.is_(None), GradeLock.until >= today())
    return and_(GradeLock.customer_id == Customer.id, until)


def _step(earned: ColumnElement[str], rule: Rule) -> ColumnElement[str]:
    """Rise at once; drop by one step at the most, rest then, and never back to no grade."""
    before = Customer.grade
    rises = or_(before == "", and_(earned != "", earned <= before))
    below = case(*((before == one, lower) for one, lower in pairwise(GRADES)), else_=GRADES[-1])
    return case((rises, earned), (_resting(rule), before), else_=below)


def _resting(rule: Rule) -> ColumnElement[bool]:
    """Whether she has dropped by rule not long ago."""
    return exists().where(
        GradeChange.customer_id == Customer.id,
        GradeChange.what == "grade",
        GradeChange.why == "rule",
        GradeChange.before != "",
        GradeChange.after > GradeChange.before,
        GradeChange.at > now() - timedelta(days=rule.rest_days),
    )


def _grade(app: Flask, rows: Sequence[Row[Any]], measure: Measure, tally: Tally) -> None:
    """Write some, except of whom somebody has decided since they were read."""
    with unit_of_work(app):
        as_read = _as_they_are([row.id for row in rows])
        changes = []
        for row in rows:
            if as_read.get(row.id) != (row.grade, row.stage, row.locked):
                continue
            if row.new_grade != row.grade:
                changes.append(
                    Change(row.id, "grade", row.grade, row.new_grade, "rule", "", measure.rule_id)
                )
            if row.new_stage != row.stage:
                changes.append(Change(row.id, "stage", row.stage, row.new_stage, "rule"))
        write(changes)
    tally.graded += sum(each.what == "grade" for each in changes)
    tally.staged += sum(each.what == "stage" for each in changes)


def _as_they_are(customer_ids: Sequence[UUID]) -> dict[UUID, tuple[str, str, str | None]]:
    """Hold these cards until the transaction ends, and return what they say by now."""
    query = (
        select(Customer.id, Customer.grade, Customer.stage, GradeLock.grade)
        .outerjoin(GradeLock, _holds())
        .where(Customer.id.in_(customer_ids))
        .order_by(Customer.id)
        .with_for_update(of=Customer)
    )
    return {id_: (grade, stage, lock) for id_, grade, stage, lock in db.session.execute(query)}
