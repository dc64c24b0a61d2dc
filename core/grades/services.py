"""What can be decided about grades and stages."""

from datetime import date
from uuid import UUID

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import now, today
from core.customers.models import Customer
from core.customers.queries import customer
from core.db import db
from core.errors import InvalidInput
from core.grades.changing import Change, write
from core.grades.models import GradeLock, GradeRule
from core.grades.rules import GRADES, Rule
from core.people import current_person
from core.text import tidy

#: What a person says of somebody who has bought nothing yet; the rest is found from the sales.
BY_HAND = ("prospect", "possible")
LONGEST_REASON = 500


def save_rule(rule: Rule) -> GradeRule:
    """Let other rules count from now on; the next night grades by them.

    Raises:
        InvalidInput: when a grade could be reached by nobody or by everybody.
    """
    if errors := contradictions(rule):
        raise InvalidInput(errors)
    row = GradeRule(
        kind=rule.kind, settings=rule.as_json(), saved_at=now(), saved_by=current_person().name
    )
    db.session.add(row)
    db.session.flush()
    return row


def lock_grade(customer_id: UUID, grade: str, reason: str, until: date | None = None) -> GradeLock:
    """Fix a customer's grade, whatever the rules say.

    Raises:
        CustomerNotFound: when there is no such card.
        InvalidInput: without a reason, or until a day that is over.
    """
    row, reason = _held(customer_id), tidy(reason)
    errors = {}
    if grade not in GRADES:
        errors["grade"] = _("Choose A, B or C.")
    if not reason:
        errors["reason"] = _("Say why, so that others understand it later.")
    if len(reason) > LONGEST_REASON:
        errors["reason"] = _("Enter at most %(number)s characters.", number=LONGEST_REASON)
    if until is not None and until < today():
        errors["until"] = _("Choose today or a later day.")
    if errors:
        raise InvalidInput(errors)
    lock = db.session.get(GradeLock, row.id) or GradeLock(customer_id=row.id)
    lock.grade, lock.reason, lock.until = grade, reason, until
    lock.locked_at, lock.locked_by = now(), current_person().name
    db.session.add(lock)
    write([Change(row.id, "grade", row.grade, grade, "locked", reason)])
    return lock


def unlock_grade(customer_id: UUID) -> None:
    """Let the rules decide again; they do so in the next night."""
    row = _held(customer_id)
    lock = db.session.get(GradeLock, row.id)
    if lock is not None:
        db.session.delete(lock)
        write([Change(row.id, "grade", row.grade, row.grade, "unlocked")])


def set_stage(customer_id: UUID, stage: str) -> None:
    """Say how near somebody is who has bought nothing yet.

    Raises:
        InvalidInput: for who has bought; that is found from the sales.
    """
    row = _held(customer_id)
    if stage not in BY_HAND or row.stage not in BY_HAND:
        raise InvalidInput({"stage": _("Whether she buys is found from her orders.")})
    if stage != row.stage:
        write([Change(row.id, "stage", row.stage, stage, "hand")])


def _held(customer_id: UUID) -> Customer:
    id_ = customer(customer_id).id
    query = select(Customer).where(Customer.id == id_).with_for_update()
    return db.session.scalars(query.execution_options(populate_existing=True)).one()


def contradictions(rule: Rule) -> dict[str, str]:
    """Return what is wrong with a rule: a grade that everybody would reach, or nobody."""
    more, less = _("For A more is needed than for B."), _("Three points need more than two.")
    wrong = {
        "amount": {"amount_a": rule.amount_a <= rule.amount_b and more},
        "quantile": {
            "share_b": rule.share_a + rule.share_b > 100 and _("A and B are together at most 100.")
        },
        "points": {
            "points_a": rule.points_a <= rule.points_b and more,
            "recent_3": rule.recent_3 >= rule.recent_2 and _("Three points need fewer days."),
            "often_3": rule.often_3 <= rule.often_2 and less,
            "much_3": rule.much_3 <= rule.much_2 and less,
        },
    }[rule.kind]
    return {name: text for name, text in wrong.items() if text}
