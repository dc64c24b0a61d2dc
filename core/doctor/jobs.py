"""What doctor does by itself."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app

import bus
from core.company import company
from core.doctor.nightly import compare_all


def _zone() -> ZoneInfo:
    return ZoneInfo(company().timezone)


@bus.job("doctor.compare", bus.daily(time(3), _zone), patience=timedelta(hours=6))
def compare_every_view() -> None:
    """Compare every view with the log while the company sleeps."""
    compare_all(current_app._get_current_object())  # type: ignore[attr-defined]
