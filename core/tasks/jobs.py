"""What the inbox does by itself."""

from datetime import time, timedelta

from flask_babel import lazy_gettext as _l

import bus
from core import clock
from core.db import unit_of_work
from core.tasks.escalation import pass_up


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
