"""What doctor does by itself."""

from datetime import time, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

import bus
from core import clock
from core.doctor.nightly import compare_all


@bus.job(
    "doctor.compare",
    bus.daily(time(3), clock.zone),
    patience=timedelta(hours=6),
    title=_l("Compare all books with the log"),
)
def compare_every_view() -> None:
    """Compare every view with the log while the company sleeps."""
    compare_all(current_app._get_current_object())  # type: ignore[attr-defined]
