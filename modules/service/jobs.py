"""What service does by itself."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

import bus
from core.db import reading, unit_of_work
from modules.service.services.complaints.escalating import (
    escalate_late,
    late_ones,
    soon_late,
    warn,
)


@bus.job("service.late", bus.every(timedelta(minutes=5)), title=_l("Warn of late complaints"))
def escalate_what_is_late() -> None:
    """Warn of steps that will be late, tell the head of those that are; each by itself."""
    with reading():
        soon, late = soon_late(), late_ones()
    for complaint_id in soon:
        with unit_of_work():
            warn(complaint_id)
    for complaint_id in late:
        with unit_of_work():
            escalate_late(complaint_id)
