"""How money settles a plan of payments, and what of the plan falls due on which day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from core.money import ZERO


class Step(Protocol):
    """One step of a plan: what is to be paid, and by when, if a day was agreed."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def on_day(self) -> date | None: ...


@dataclass(frozen=True)
class Part:
    """What of one step is still to be paid, and what of that falls due on its day."""

    open: Decimal
    falling: Decimal


def parts(steps: Sequence[Step], owed: Decimal, kept: Decimal) -> list[Part]:
    """Return what is open of each step of a plan, in the order of the plan.

    Money settles the plan in its order, the deposit first. So what was paid for a deposit that
    has no day pays for no later step. Until any day no more falls due than is owed in all:
    what was credited is no longer to be paid, whatever the plan says.

    Parameters:
      owed: What the customer still has to pay in all.
      kept: Money received and not given back.
    """
    opens = _open(steps, kept)
    falling = [ZERO] * len(steps)
    fallen = told = ZERO
    dated = [(step.on_day, place) for place, step in enumerate(steps) if step.on_day is not None]
    for _day, place in sorted(dated):
        fallen += opens[place]
        until_then = max(ZERO, min(owed, fallen))
        falling[place] = until_then - told
        told = until_then
    return [Part(*each) for each in zip(opens, falling, strict=True)]


def _open(steps: Sequence[Step], kept: Decimal) -> list[Decimal]:
    opens = []
    for step in steps:
        covered = min(step.amount, max(kept, ZERO))
        kept -= covered
        opens.append(step.amount - covered)
    return opens
