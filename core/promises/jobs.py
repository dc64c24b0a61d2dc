"""Promises keep themselves."""

from datetime import timedelta

from flask import current_app
from flask_babel import lazy_gettext as _l

import bus
from core.promises.keeping import keep_all


@bus.job(
    "promises.keep",
    bus.every(timedelta(minutes=5)),
    patience=timedelta(hours=1),
    title=_l("Ask for what has fallen due"),
)
def keep_promises() -> None:
    """Ask for what has fallen due: soon after midnight, and soon after one is switched on."""
    keep_all(current_app._get_current_object())  # type: ignore[attr-defined]
