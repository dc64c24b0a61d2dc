"""How sales stands, in words and columns, for the list and the board."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from babel.dates import format_skeleton
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from modules.sales import queries
from modules.sales.models import OrderEntry

#: Stage -> (name, icon, how many of the five marks of its progress are lit).
STAGES: Final = {
    "quotation": (_l("Quotation"), "file-earmark-text", 0),
    "deposit": (_l("Waiting for deposit"), "hourglass-split", 1),
    "to_ship": (_l("To ship"), "box-seam", 2),
    "part_shipped": (_l("Shipped in part"), "truck", 3),
    "shipped": (_l("Shipped, not settled"), "truck", 4),
    "done": (_l("Done"), "check-circle", 5),
    "cancelled": (_l("Cancelled"), "x-circle", 0),
}
_ON_BOARD = ("quotation", "deposit", "to_ship", "part_shipped", "shipped", "done")
_CARDS = 25
_ACTS: Final = {
    "quoted": (_l("wrote the quotation"), "file-earmark-text"),
    "changed": (_l("changed it"), "pencil"),
    "confirmed": (_l("confirmed the order"), "check2"),
    "reduced": (_l("cancelled a part"), "dash-circle"),
    "replaced": (_l("entered new goods for an exchange"), "arrow-left-right"),
    "cancelled": (_l("cancelled it"), "x-circle"),
}
_FIELDS: Final = {
    "customer_id": _l("Customer"),
    "promised_on": _l("Promised for"),
    "deposit": _l("Deposit"),
    "note": _l("Note"),
    "line": _l("Line"),
}


@dataclass(frozen=True)
class Asked:
    """What the address of a list asks for."""

    stage: str
    q: str
    sort: str
    mine: bool


@dataclass(frozen=True)
class Column:
    """One stage on the board."""

    stage: str
    name: str
    icon: str
    count: int
    orders: list[queries.ListedOrder]


def asked(args: Mapping[str, str], sorts: Iterable[str]) -> Asked:
    """Read the filter from an address; what it does not know is left out."""
    stage, sort = args.get("stage", ""), args.get("sort", "")
    return Asked(
        stage=stage if stage in STAGES else "",
        q=args.get("q", "").strip(),
        sort=sort if sort in sorts else "-dated",
        mine=bool(args.get("mine")),
    )


def columns(q: str, seller_id: UUID | None) -> list[Column]:
    """Return the board: the orders that were promised first stand on top."""
    counts = queries.stage_counts(q, seller_id)
    found = []
    for stage in _ON_BOARD:
        name, icon, _lit = STAGES[stage]
        sort = "-dated" if stage in ("quotation", "done") else "promised"
        page = queries.orders(stage=stage, q=q, seller_id=seller_id, sort=sort, limit=_CARDS)
        found.append(Column(stage, str(name), icon, counts[stage], list(page.items)))
    return found


def state_of_sales(counts: Mapping[str, int], late: int) -> str:
    """Say in one sentence how sales stands."""
    open_orders = sum(counts[stage] for stage in queries.OPEN_STAGES)
    parts = [
        ngettext("%(num)s open order", "%(num)s open orders", open_orders),
        ngettext("%(num)s quotation", "%(num)s quotations", counts["quotation"]),
    ]
    if late:
        parts.append(ngettext("%(num)s is late", "%(num)s are late", late))
    return _(", ").join(parts)


@dataclass(frozen=True)
class Sold:
    """What was sold of late, for the two pictures on top of the list."""

    #: (label of the week, amount)
    weeks: list[tuple[str, Decimal]]
    #: (salesperson, amount, address)
    people: list[tuple[str, Decimal, str]]


def sold() -> Sold:
    """Return what was sold in the last weeks, by week and by salesperson."""
    locale = get_locale()
    weeks = [
        (format_skeleton("MMMd", monday, locale=locale), amount)
        for monday, amount in queries.sold_by_week()
    ]
    return Sold(weeks, [(name, amount, "") for name, amount in queries.sold_by_person()])


def told(entries: Iterable[OrderEntry]) -> list[dict[str, Any]]:
    """Return what was done in sales, newest first, ready for a timeline."""
    return [_told(entry) for entry in entries][::-1]


def _told(entry: OrderEntry) -> dict[str, Any]:
    text, icon = _ACTS[entry.act]
    said = [entry.reason] if entry.reason else []
    said += [_changed(*change) for change in entry.changes]
    return {
        "at": entry.at, "by": entry.by, "text": str(text), "icon": icon, "note": " · ".join(said)
    }  # fmt: skip


def _changed(field: str, before: str, after: str) -> str:
    label = _FIELDS.get(field, field)
    return f"{label}: {before or _('nothing')} → {after or _('nothing')}"
