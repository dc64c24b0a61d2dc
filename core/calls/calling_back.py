"""Nobody took her call: somebody calls her back."""

from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import exists, select

from core.calls.models import Call
from core.clock import local, today
from core.company import company
from core.customers.queries import customer
from core.db import db
from core.people.models import PersonRow
from core.tasks import services as tasks
from core.tasks.models import OPEN, Task

KIND = "core.missed_call"


def ask_to_call_back(row: Call, called: Sequence[PersonRow]) -> None:
    """Ask to call back; who tries ten times is called back once, who hides her number is not."""
    if row.withheld or _is_asked(row):
        return
    words = {"phone": row.typed, "time": local(row.received_at).strftime("%H:%M")}
    if row.customer_id is not None:
        words["name"] = customer(row.customer_id).name
    named = "name" in words
    tasks.ask(
        KIND,
        f"{_prefix(row)}{row.id}",
        "Call %(name)s back" if named else "Call %(phone)s back",
        today(),
        reason="Called at %(time)s from %(phone)s, and nobody took the call.",
        words=words,
        customer_id=row.customer_id,
        owner_id=called[0].id if len(called) == 1 else None,
    )


def need_no_call_back(row: Call) -> None:
    """Take the task back: she has called again, and somebody took it."""
    if row.withheld:
        return
    with force_locale(company().language):  # kept as a note, which everybody reads as it is
        reason = _("The call was taken.")
    tasks.withdraw(reason, kind=KIND, prefix=_prefix(row))


def _is_asked(row: Call) -> bool:
    asked = exists().where(
        Task.kind == KIND, Task.state == OPEN, Task.unique_key.startswith(_prefix(row))
    )
    return bool(db.session.scalar(select(asked)))


def _prefix(row: Call) -> str:
    return f"missed-call:{row.number}:"
