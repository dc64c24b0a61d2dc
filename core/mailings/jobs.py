"""Mailings go on by themselves."""

import logging
from datetime import timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l

import bus
from core.db import reading, unit_of_work
from core.mailings.queries import under_way
from core.mailings.services import go_on

_log = logging.getLogger(__name__)
#: So many parts of one mailing before the next one has its turn.
_PARTS = 40


@bus.job("mailings.go_on", bus.every(timedelta(seconds=10)), title=_l("Go on with mailings"))
def go_on_with_mailings() -> None:
    """Count and send some parts of every mailing, each in a transaction of its own."""
    with reading():
        waiting = under_way()
    for mailing_id in waiting:
        try:
            _some(mailing_id)
        except Exception:  # the next one must not wait for it; this one is tried again
            _log.exception("mailing %s did not go on", mailing_id)


def _some(mailing_id: UUID) -> None:
    for _part in range(_PARTS):
        with unit_of_work():
            more = go_on(mailing_id)
        if not more:
            return
