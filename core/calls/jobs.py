"""What happens to calls by itself."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

import bus
from core.calls.services import end_forgotten
from core.db import unit_of_work


@bus.job(
    "calls.end_forgotten",
    bus.every(timedelta(minutes=5)),
    title=_l("End calls whose end nobody told"),
)
def end_forgotten_calls() -> None:
    """End the calls whose end nobody told; those that nobody took are to be called back."""
    with unit_of_work():
        end_forgotten()
