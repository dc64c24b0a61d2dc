"""What doctor does by itself."""

from datetime import time, timedelta

from flask import current_app

import bus
from core import clock
from core.doctor.nightly import compare_all


@bus.job("doctor.compare", bus.daily(time(3), clock.zone), patience=timedelta(hours=6))
def compare_every_view() -> None:
    """Compare every view with the log while the company sleeps."""
    compare_all(current_app._get_current_object())  # type: ignore[attr-defined]
