"""What both edges of finance, screens and REST, do before an act about one order."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

from core.deals.errors import DealNotFound
from core.deals.settling import settled
from core.text import tidy

P = ParamSpec("P")
R = TypeVar("R")


def settling(view: Callable[P, R]) -> Callable[P, R]:
    """Let finance first take in what it has not yet heard of the order.

    A return that waits to be credited would otherwise leave too much to be written off. It runs
    in transactions of its own, so it stands before whatever begins the act's: above @idempotent.
    """

    @wraps(view)
    def settled_first(*args: P.args, **kwargs: P.kwargs) -> R:
        if number := _named(kwargs.get("number")):
            # An unknown number is answered where it was entered.
            with suppress(DealNotFound):
                settled("finance", number)
        return view(*args, **kwargs)

    return settled_first


def _named(in_path: object) -> str:
    body = request.get_json(silent=True) if request.is_json else None
    entered = body.get("order") if isinstance(body, dict) else request.form.get("order")
    number = in_path or entered
    return tidy(number) if isinstance(number, str) else ""
