"""What the edge of the REST interface does by itself."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

import bus
from core.api.idempotency import forget_requests
from core.db import unit_of_work


@bus.job(
    "api.forget",
    bus.every(timedelta(hours=6)),
    title=_l("Forget answers that nobody asks for again"),
)
def forget_old_requests() -> None:
    """Forget the answers to requests that nobody repeats any more."""
    with unit_of_work():
        forget_requests()
