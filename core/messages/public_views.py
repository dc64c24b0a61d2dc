"""What a customer opens from a message: one click, and she gets no advertising any more."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from core.messages import becoming
from core.messages.composing import opted_out
from core.messages.settings import customer_of
from core.people.identity import public, signed


def register_public_screens(bp: Blueprint) -> None:
    """Put the page under /m/, without sign-in; its address is signed."""
    bp.add_url_rule("/m/<token>", "refuse", refuse)
    bp.add_url_rule("/m/<token>", "refused", refused, methods=["POST"])


@public
def refuse(token: str) -> ResponseReturnValue:
    """Ask with one button; a mail program that looks at links decides nothing by it."""
    return _page(token, done=opted_out(customer_of(token)))


@signed
def refused(token: str) -> ResponseReturnValue:
    """Note that she wants no advertising: by the button, or by her mail program's own."""
    becoming.decide(customer_of(token), opted_out=True, how="link")
    return _page(token, done=True)


def _page(token: str, *, done: bool) -> ResponseReturnValue:
    return render_template("messages/refuse.html", token=token, done=done)
