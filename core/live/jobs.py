"""What live updates do by themselves."""

from datetime import timedelta

from flask_babel import lazy_gettext as _l

import bus
from core.db import unit_of_work
from core.live.hints import prune


@bus.job("live.prune", bus.every(timedelta(minutes=10)), title=_l("Drop old hints of screens"))
def prune_hints() -> None:
    """Drop hints that no screen waits for any more."""
    with unit_of_work():
        prune()
