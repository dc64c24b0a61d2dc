"""What the inbox does by itself."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l

import bus
from core import clock
from core.db import reading, unit_of_work
from core.tasks.escalation import pass_up
from core.tasks.gathering import gather, to_gather


@bus.job(
    "tasks.escalate",
    bus.daily(time(5, 30), clock.zone),
    patience=timedelta(minutes=30),
    title=_l("Pass up what nobody has done"),
)
def escalate() -> None:
    """Pass up what nobody has done, before the first person comes to work."""
    passed = 1
    while passed:
        with unit_of_work():
            passed = pass_up()


@bus.job("tasks.gather", bus.every(timedelta(minutes=1)), title=_l("Make one call of several"))
def gather_calls() -> None:
    """Put together what one customer would be called for several times on one day."""
    with reading():
        found = to_gather()
    if found:
        with unit_of_work():
            gather(found)
