"""How far a deal has come, and who has the ball: read off its independent axes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from flask_babel import gettext as _

from core.clock import today
from core.deals.picture import Concern, Line, Picture
from core.money import ZERO, format_money, format_quantity

StepState = Literal["done", "now", "next", "skipped"]
Step = tuple[str, StepState, str]
DEPOSITS = ("earnest", "prepayment")


@dataclass(frozen=True)
class NextStep:
    """What has to happen now, in one sentence, and how pressing it is."""

    text: str
    icon: str
    #: info, good, warn or bad
    kind: str


def steps(picture: Picture) -> list[Step]:
    """Return the steps of the status bar; each is done or not by its own axis."""
    if picture.fully_cancelled:
        return _cancelled_steps(picture)
    axes = [(_("Ordered"), True, picture.sold_on.isoformat()), *_deposit_axis(picture)]
    axes += [
        (_("Shipped"), picture.fully_shipped, _share(picture, "shipped")),
        (_("Delivered"), _arrived(picture), _share(picture, "delivered")),
        (_("Paid"), picture.owed <= 0, _still(picture.owed, picture.currency)),
    ]
    first_open = next((at for at, (_label, done, _note) in enumerate(axes) if not done), None)
    return [
        (label, "done" if done else "now" if at == first_open else "next", note)
        for at, (label, done, note) in enumerate(axes)
    ]


def next_step(picture: Picture) -> NextStep:
    """Return the one thing that everybody waits for, first of all that are open."""
    if picture.fully_cancelled or _arrived(picture):
        return _about_money(picture)
    if held := picture.holds("shipping"):
        return _held(held[0])
    if not picture.fully_shipped and picture.deposit_open > 0:
        amount = format_money(picture.deposit_open, picture.currency)
        text = _("Waiting for Finance: deposit %(amount)s before shipping", amount=amount)
        return NextStep(text, "hourglass-split", "warn")
    if not picture.fully_shipped:
        return _to_ship(picture)
    return NextStep(_("Waiting for Warehouse: the goods are on their way"), "truck", "info")


def _cancelled_steps(picture: Picture) -> list[Step]:
    back = picture.refundable
    money: Step = (_("Money given back"), "now", format_money(back, picture.currency))
    ordered: Step = (_("Ordered"), "done", picture.sold_on.isoformat())
    cancelled: Step = (_("Cancelled"), "done" if back else "now", "")
    return [ordered, cancelled, *([money] if back else [])]


def _deposit_axis(picture: Picture) -> list[tuple[str, bool, str]]:
    dues = [due for due in picture.dues if due.kind in DEPOSITS]
    if not dues:
        return []
    still = sum((due.open for due in dues), ZERO)
    return [(_("Deposit"), not still, _still(still, picture.currency))]


def _arrived(picture: Picture) -> bool:
    """Whether the customer has everything; what came back had arrived."""
    return all(line.delivered >= line.ordered - line.cancelled for line in picture.lines)


def _share(picture: Picture, counter: str) -> str:
    """Say "3 of 5" while a part has moved; nothing before and after."""
    wanted = sum((line.ordered - line.cancelled for line in picture.lines), ZERO)
    moved = sum((getattr(line, counter) for line in picture.lines), ZERO)
    if not 0 < moved < wanted:
        return ""
    return _("%(part)s of %(whole)s", part=format_quantity(moved), whole=format_quantity(wanted))


def _still(amount: Decimal, currency: str) -> str:
    return _("%(amount)s open", amount=format_money(amount, currency)) if amount > 0 else ""


def _held(concern: Concern) -> NextStep:
    return NextStep(
        _("Held until it is settled: %(text)s", text=concern.text), "pause-circle", "bad"
    )


def _to_ship(picture: Picture) -> NextStep:
    day, goods = picture.promised_on, _goods(picture.lines)
    if day and day < today():
        text = _("Waiting for Warehouse: %(goods)s, promised for %(day)s", goods=goods, day=day)
        return NextStep(text, "exclamation-triangle", "bad")
    if day:
        text = _("Waiting for Warehouse: %(goods)s until %(day)s", goods=goods, day=day)
    else:
        text = _("Waiting for Warehouse: %(goods)s", goods=goods)
    return NextStep(text, "box-seam", "info")


def _goods(lines: tuple[Line, ...]) -> str:
    """Name the first goods that are still in the house."""
    waiting = [line for line in lines if line.to_ship > 0]
    first = waiting[0]
    named = f"{first.name} × {format_quantity(first.to_ship)}"
    return named if len(waiting) == 1 else _("%(goods)s and more", goods=named)


def _about_money(picture: Picture) -> NextStep:
    currency = picture.currency
    if picture.owed > 0:
        return _owed(picture)
    if picture.owed < 0:
        amount = format_money(-picture.owed, currency)
        text = _("Waiting for Finance: give back %(amount)s or keep it as credit", amount=amount)
        return NextStep(text, "arrow-counterclockwise", "warn")
    if picture.fully_cancelled:
        return NextStep(_("Cancelled. Nothing is left to do."), "x-circle", "info")
    return NextStep(_("Everything is delivered and paid."), "check-circle", "good")


def _owed(picture: Picture) -> NextStep:
    amount = format_money(picture.owed, picture.currency)
    if picture.holds("collection"):
        concern = picture.holds("collection")[0]
        text = _(
            "%(amount)s are owed; held until it is settled: %(text)s",
            amount=amount,
            text=concern.text,
        )
        return NextStep(text, "pause-circle", "bad")
    if picture.overdue > 0:
        text = _(
            "Waiting for Finance: %(amount)s, overdue since %(day)s",
            amount=amount,
            day=picture.due_on,
        )
        return NextStep(text, "exclamation-triangle", "bad")
    if picture.due_on:
        text = _(
            "Waiting for Finance: balance %(amount)s until %(day)s",
            amount=amount,
            day=picture.due_on,
        )
    else:
        text = _("Waiting for Finance: balance %(amount)s", amount=amount)
    return NextStep(text, "cash-coin", "warn")
