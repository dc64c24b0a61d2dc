"""What happened to a deal, told in words: the entries behind each figure of the strip."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from core.deals.models import DealEntry
from core.money import ZERO

#: Fact -> (what it did, its icon).
_WORDS: Final[dict[str, tuple[LazyString, str]]] = {
    "sold": (_l("sold"), "receipt"),
    "cancelled": (_l("cancelled"), "x-circle"),
    "shipped": (_l("shipped"), "truck"),
    "delivered": (_l("delivered"), "house-check"),
    "returned": (_l("took back"), "arrow-return-left"),
    "invoiced": (_l("invoiced"), "file-earmark-text"),
    "credited": (_l("credited"), "file-earmark-minus"),
    "paid": (_l("received money"), "cash-coin"),
    "refunded": (_l("refunded"), "arrow-counterclockwise"),
    "written_off": (_l("wrote off"), "eraser"),
    "concern_raised": (_l("raised a concern"), "chat-left-dots"),
    "concern_settled": (_l("settled a concern"), "chat-left-text"),
}
_OWED: Final = {
    "sold": 1, "cancelled": -1, "credited": -1, "written_off": -1, "paid": -1, "refunded": 1
}  # fmt: skip
#: Figure -> how each fact counts in it; 0 is shown without an amount.
_COUNTS: Final[dict[str, dict[str, int]]] = {
    "ordered": {"sold": 1, "cancelled": 0},
    "reduced": {"cancelled": 1, "credited": 1, "written_off": 1},
    "shipped": {"shipped": 1, "delivered": 0, "returned": 0},
    "invoiced": {"invoiced": 1},
    "received": {"paid": 1},
    "refunded": {"refunded": 1},
    "owed": _OWED,
    "overdue": _OWED,
}
FIGURES: Final = {
    "ordered": _l("Ordered"),
    "reduced": _l("Taken off"),
    "shipped": _l("Shipped"),
    "invoiced": _l("Invoiced"),
    "received": _l("Received"),
    "refunded": _l("Refunded"),
    "owed": _l("Owed"),
    "overdue": _l("Overdue"),
}
DUE_KINDS: Final = {
    "earnest": _l("Earnest money"),
    "prepayment": _l("Down payment"),
    "instalment": _l("Instalment"),
    "balance": _l("Balance"),
}


@dataclass(frozen=True)
class Told:
    """One thing that happened, ready for a timeline or a table."""

    at: datetime
    by: str
    fact: str
    text: str
    icon: str
    document: str
    #: Signed as it counts in the figure asked for.
    amount: Decimal | None


def told(entries: Iterable[DealEntry], figure: str = "") -> list[Told]:
    """Return the entries behind a figure, oldest first; all of them without one."""
    counts = _COUNTS.get(figure)
    return [
        _told(entry, None if counts is None else counts[entry.fact])
        for entry in entries
        if counts is None or entry.fact in counts
    ]


def total(entries: Iterable[Told]) -> Decimal:
    """Return the sum of what counts."""
    return sum((entry.amount for entry in entries if entry.amount is not None), ZERO)


def _told(entry: DealEntry, sign: int | None) -> Told:
    text, icon = _WORDS.get(entry.fact, (entry.fact, "dot"))
    amount = entry.amount
    if amount is not None and sign is not None:
        amount = amount * sign if sign else None
    return Told(
        at=entry.at,
        by=entry.by or "",
        fact=entry.fact,
        text=str(text),
        icon=icon,
        document=entry.document,
        amount=amount,
    )
