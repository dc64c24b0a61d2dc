"""The core's facts in words. Who did it stands before them: "王伟 sold 2 × …"."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from bus.events import Payload
from core.money import format_money, format_quantity
from core.search.kinds import kind_named
from core.timeline.telling import Told

#: Goods named in one line; a customer who bought more sees it on the order.
_NAMED = 3


def sold(fact: Payload) -> Told:
    """Tell what she bought."""
    lines = fact["lines"]
    text = _goods([(each["name"], each["quantity"]) for each in lines])
    amount = sum((Decimal(each["amount"]) for each in lines), Decimal(0))
    words = {"number": fact["number"], "amount": _money(fact, amount)}
    return _told(fact, _("sold order %(number)s for %(amount)s", **words), "receipt", text)


def cancelled(fact: Payload) -> Told:
    """Tell that she does not get something."""
    amount = sum((Decimal(each["amount"]) for each in fact["lines"]), Decimal(0))
    words = {"number": fact["number"], "amount": _money(fact, amount)}
    return _told(fact, _("called off %(amount)s of order %(number)s", **words), "x-circle")


def shipped(fact: Payload) -> Told:
    """Tell that goods are on their way to her."""
    return _moved(fact, _("shipped %(quantity)s of order %(number)s", **_counted(fact)), "truck")


def delivered(fact: Payload) -> Told:
    """Tell that she has them."""
    words = _("delivered %(quantity)s of order %(number)s", **_counted(fact))
    return _moved(fact, words, "house-check")


def returned(fact: Payload) -> Told:
    """Tell that she has brought something back."""
    words = _("took back %(quantity)s of order %(number)s", **_counted(fact))
    return _moved(fact, words, "arrow-return-left")


def invoiced(fact: Payload) -> Told:
    """Tell that she was sent an invoice, or one that corrects another."""
    return _of_money(fact, _("invoiced %(amount)s of order %(number)s", **_sum(fact)), "receipt")


def credited(fact: Payload) -> Told:
    """Tell that she owes less."""
    words = _("credited %(amount)s of order %(number)s", **_sum(fact))
    return _of_money(fact, words, "file-earmark-minus", fact["reason"])


def paid(fact: Payload) -> Told:
    """Tell that she has paid."""
    words = _("received %(amount)s for order %(number)s", **_sum(fact))
    return _of_money(fact, words, "cash-coin")


def refunded(fact: Payload) -> Told:
    """Tell that she was given money back."""
    words = _("gave back %(amount)s of order %(number)s", **_sum(fact))
    return _of_money(fact, words, "arrow-counterclockwise")


def written_off(fact: Payload) -> Told:
    """Tell that the company gave up a part of what she owes."""
    words = _("wrote off %(amount)s of order %(number)s", **_sum(fact))
    return _of_money(fact, words, "eraser", fact["reason"])


def concern_raised(fact: Payload) -> Told:
    """Tell what worries somebody about her order."""
    words = _("raised a concern about order %(number)s", number=fact["number"])
    return _told(fact, words, "chat-left-dots", fact["text"])


def concern_settled(fact: Payload) -> Told:
    """Tell that it is settled."""
    words = _("settled a concern about order %(number)s", number=fact["number"])
    return _told(fact, words, "chat-left-text")


def _told(fact: Payload, title: str, icon: str, text: str = "") -> Told:
    order = kind_named("order")
    return Told(title, text, order.link(fact["number"]) if order else "", icon)


def _moved(fact: Payload, title: str, icon: str) -> Told:
    serials = [serial for line in fact["lines"] for serial in line.get("serials", ())]
    said = _("Serial numbers: %(serials)s", serials=", ".join(serials)) if serials else ""
    return _told(fact, _with_paper(fact, title), icon, said)


def _of_money(fact: Payload, title: str, icon: str, text: str = "") -> Told:
    return _told(fact, _with_paper(fact, title), icon, text)


def _with_paper(fact: Payload, title: str) -> str:
    """Name the paper behind it, unless that is the order itself."""
    paper = fact.get("document") or ""
    if paper in ("", fact["number"]):
        return title
    return _("%(what)s (%(paper)s)", what=title, paper=paper)


def _sum(fact: Payload) -> dict[str, str]:
    return {"number": fact["number"], "amount": _money(fact, Decimal(fact["amount"]))}


def _counted(fact: Payload) -> dict[str, str]:
    quantity = sum((Decimal(each["quantity"]) for each in fact["lines"]), Decimal(0))
    return {"number": fact["number"], "quantity": format_quantity(quantity)}


def _money(fact: Payload, amount: Decimal) -> str:
    return format_money(amount, fact["currency"])


def _goods(lines: Sequence[tuple[Any, Any]]) -> str:
    named = [f"{name} × {format_quantity(Decimal(count))}" for name, count in lines[:_NAMED]]
    return _(", ").join(named) + (" …" if len(lines) > _NAMED else "")
