"""Write changes of grades and stages: on the cards, in the history, and to everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, update

from bus import publish_many
from core.clock import now
from core.customers.models import Customer
from core.db import connection, db
from core.grades.events import CustomerGraded
from core.grades.models import GradeChange
from core.ids import new_id
from core.live.hints import hint
from core.people import current_person_or_none
from core.tasks.rank import rerank


@dataclass(frozen=True)
class Change:
    """One customer's grade or stage, as it was and as it is now."""

    customer_id: UUID
    #: "grade" or "stage".
    what: str
    before: str
    after: str
    why: str
    note: str = ""
    rule_id: UUID | None = None


def write(changes: Sequence[Change]) -> None:
    """Write what has changed; her open tasks move to their new places with it."""
    if not changes:
        return
    person = current_person_or_none()
    by, at = person.name if person else None, now()
    # As plain values: the ORM would make a statement of its own of every few rows.
    rows = [{**vars(each), "id": new_id(), "at": at, "by": by} for each in changes]
    connection().execute(insert(GradeChange), rows)
    for what in ("grade", "stage"):
        _put(what, [each for each in changes if each.what == what and each.before != each.after])
    graded = [each for each in changes if each.what == "grade" and each.before != each.after]
    publish_many([_told(each) for each in graded])
    rerank([each.customer_id for each in graded])
    hint("customers", str(changes[0].customer_id) if len(changes) == 1 else "")


def _put(what: str, changes: Sequence[Change]) -> None:
    """Write the same value on all cards that get it, with one statement."""
    for value in sorted({each.after for each in changes}):
        ids = [each.customer_id for each in changes if each.after == value]
        db.session.execute(update(Customer).where(Customer.id.in_(ids)).values({what: value}))


def _told(change: Change) -> CustomerGraded:
    return CustomerGraded(
        customer_id=change.customer_id,
        before=change.before,
        after=change.after,
        why=change.why,
        note=change.note,
    )
