"""Rhythms are reckoned soon after a purchase."""

from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

import bus
from core.rhythm.reckoning import reckon


@bus.job(
    "rhythm.reckon",
    bus.every(timedelta(minutes=5)),
    patience=timedelta(hours=1),
    title=_l("Reckon when customers buy again"),
)
def reckon_rhythms() -> None:
    """Reckon what is expected of customers who have bought."""
    reckon(current_app._get_current_object())  # type: ignore[attr-defined]
