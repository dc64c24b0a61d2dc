"""Promises keep themselves."""

from datetime import timedelta

from flask import current_app

import bus
from core.promises.keeping import keep_all


@bus.job("promises.keep", bus.every(timedelta(minutes=5)), patience=timedelta(hours=1))
def keep_promises() -> None:
    """Ask for what has fallen due: soon after midnight, and soon after one is switched on."""
    keep_all(current_app._get_current_object())  # type: ignore[attr-defined]
