"""Bring the modules' own views of one deal up to date before a page or an act about it."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

import bus
from core.db import db, reading
from core.deals.queries import deal_id
from core.registry.switchboard import enabled


def settled(module: str, number: str) -> UUID:
    """Let the module take in what it has not yet heard of this deal; return the deal's id.

    Call it first in the view, before the request reads or writes anything: the deliveries run
    in transactions of their own, and a transaction already open would not see their work.

    Raises:
        DealNotFound: when no deal has this number.
    """
    return settled_as_found(module, partial(deal_id, number))


def settled_as_found(module: str, find: Callable[[], UUID]) -> UUID:
    """Do the same for the deal whose id is found by reading; what finding raises passes through."""
    db.session.rollback()
    with reading():
        about = find()
        settled_already = bus.is_settled(module, about)
    if not settled_already:
        bus.settle(module, about)
    return about


def settled_everywhere(number: str) -> UUID:
    """Let every module that is on take in what it has not yet heard of this deal; like `settled`.

    For a page on which all of them show their part.
    """
    names = enabled()
    db.session.rollback()
    with reading():
        about = deal_id(number)
        behind = [name for name in names if not bus.is_settled(name, about)]
    for name in behind:
        bus.settle(name, about)
    return about
