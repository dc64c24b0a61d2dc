"""The kind of task that a missed call asks for."""

from flask_babel import lazy_gettext as _l

from core.calls.calling_back import KIND
from core.tasks.kinds import CALL_OUTCOMES, TaskKind, task_kind

task_kind(
    TaskKind(
        KIND,
        _l("Missed call"),
        "core.edit_customers",
        icon="telephone-x",
        outcomes=CALL_OUTCOMES,
    )
)

#: Words of tasks are msgids; here they are collected.
WORDS = (
    _l("Call %(name)s back"),
    _l("Call %(phone)s back"),
    _l("Called at %(time)s from %(phone)s, and nobody took the call."),
)
