"""Bring a module's own view of one deal up to date before a page or an act about it."""

from uuid import UUID

import bus
from core.db import db, reading
from core.deals.queries import deal_id


def settled(module: str, number: str) -> UUID:
    """Let the module take in what it has not yet heard of this deal; return the deal's id.

    Call it first in the view, before the request reads or writes anything: the deliveries run
    in transactions of their own, and a transaction already open would not see their work.

    Raises:
        DealNotFound: when no deal has this number.
    """
    db.session.rollback()
    with reading():
        about = deal_id(number)
    bus.settle(module, about)
    return about
