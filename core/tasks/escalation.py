"""What nobody has done for too long is passed up to the head of such work, once."""

from datetime import timedelta

from sqlalchemy import insert, select, update

from core.clock import now, today
from core.db import db
from core.ids import new_id
from core.tasks.acts import tell
from core.tasks.kinds import TaskKind, kinds_on
from core.tasks.models import OPEN, Task, TaskAct

_CHUNK = 500


def pass_up() -> int:
    """Pass up every task that is late beyond what its kind allows; return how many.

    The mark is written with the act in one transaction, so a job that runs twice, late, or in two
    processes doubles nothing. At most `_CHUNK` at once: whoever calls it commits and calls again.
    """
    for kind in kinds_on():
        if kind.escalates_after is not None and (passed := _pass_up(kind, kind.escalates_after)):
            return passed
    return 0


def _pass_up(kind: TaskKind, days: int) -> int:
    late = (
        select(Task.id)
        .where(Task.state == OPEN, Task.kind == kind.name, Task.escalated_on.is_(None))
        .where(Task.due_on <= today() - timedelta(days=days))
        .order_by(Task.rank_on, Task.id)
        .limit(_CHUNK)
        .with_for_update(skip_locked=True)
    )
    ids = db.session.scalars(late).all()
    if not ids:
        return 0
    db.session.execute(update(Task).where(Task.id.in_(ids)).values(escalated_on=today()))
    rows = [
        {"id": new_id(), "task_id": id_, "act": "escalated", "at": now(), "by": None,
         "note": "", "outcome": ""}
        for id_ in ids
    ]  # fmt: skip
    db.session.execute(insert(TaskAct), rows)
    tell((id_, kind.name) for id_ in ids)
    return len(ids)
