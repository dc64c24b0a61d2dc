"""Grades follow what customers buy, every night."""

from datetime import time, timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

import bus
from core import clock
from core.grades.nightly import regrade


@bus.job(
    "grades.regrade",
    bus.daily(time(2, 15), clock.zone),
    patience=timedelta(hours=1),
    title=_l("Grade all customers"),
)
def regrade_customers() -> None:
    """Grade all customers anew while the company sleeps."""
    regrade(current_app._get_current_object())  # type: ignore[attr-defined]
