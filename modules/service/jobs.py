"""What service does by itself."""

from datetime import timedelta

import bus
from core.db import reading, unit_of_work
from modules.service.services.complaints.escalating import escalate_late, late_ones


@bus.job("service.late", bus.every(timedelta(minutes=5)))
def escalate_what_is_late() -> None:
    """Tell the head of service which steps are late, each in a transaction of its own."""
    with reading():
        late = late_ones()
    for complaint_id in late:
        with unit_of_work():
            escalate_late(complaint_id)
