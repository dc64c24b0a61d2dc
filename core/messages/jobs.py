"""What happens to messages by itself."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

import bus
from core.db import unit_of_work
from core.messages.services import release


@bus.job(
    "messages.release",
    bus.every(timedelta(minutes=1)),
    title=_l("Send what has waited for the morning"),
)
def release_messages() -> None:
    """Let go what has waited for the morning."""
    with unit_of_work():
        release()
