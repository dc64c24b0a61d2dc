"""Which few causes make most of the complaints: counts, the greatest first (Pareto)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask_babel import gettext as _
from sqlalchemy import func, select

from core.clock import now, today, zone
from core.db import db
from core.registry import switchboard
from modules.service.models import Complaint
from modules.service.queries.complaints import month_of

#: By what complaints can be counted, and the filter of the list that opens them.
FILTERS: Final = {
    "cause": "cause",
    "kind": "kind",
    "department": "department",
    "product": "sku",
    "month": "month",
}
_YEAR: Final = timedelta(days=365)


@dataclass(frozen=True)
class Counted:
    """How many complaints one cause makes."""

    code: str
    title: str
    count: int
    #: This cause and all greater ones, of all complaints, in percent.
    running: float


def counted(by: str) -> list[Counted]:
    """Count the complaints of the last twelve months; months stand in their order."""
    pairs = _months() if by == "month" else _grouped(by)
    whole = sum(count for _code, _title, count in pairs)
    found, sofar = [], 0
    for code, title, count in pairs:
        sofar += count
        found.append(Counted(code, title, count, round(100 * sofar / whole, 1)))
    return found


def kind_titles() -> dict[str, str]:
    """Return what kinds of complaints are called."""
    return {
        "goods": _("Goods"),
        "contract": _("Contract"),
        "transport": _("Transport"),
        "service": _("Service"),
    }


def cause_titles() -> dict[str, str]:
    """Return what causes are called."""
    return {
        "ours": _("Our mistake"),
        "goods": _("Fault of the goods"),
        "customer": _("Misunderstanding"),
    }


def department_titles() -> dict[str, str]:
    """Return every department, also one that is switched off just now."""
    return {name: str(each.manifest.title) for name, each in switchboard.installed().items()}


def _grouped(by: str) -> list[tuple[str, str, int]]:
    column = {
        "cause": Complaint.cause,
        "kind": Complaint.kind,
        "department": Complaint.department,
        "product": Complaint.sku,
    }[by]
    query = (
        select(column, func.max(Complaint.product), func.count())
        .where(column != "", Complaint.opened_at >= _since())
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    titles = _titles(by)
    return [
        (code, product if by == "product" else titles.get(code, code), count)
        for code, product, count in db.session.execute(query)
    ]


def _titles(by: str) -> Mapping[str, str]:
    if by == "cause":
        return cause_titles()
    return kind_titles() if by == "kind" else department_titles()


def _months() -> list[tuple[str, str, int]]:
    last = today()
    first = last.year * 12 + last.month - 12
    months = [f"{(first + at) // 12}-{(first + at) % 12 + 1:02}" for at in range(12)]
    counts = dict.fromkeys(months, 0)
    query = select(Complaint.opened_at).where(Complaint.opened_at >= _since())
    for moment in db.session.scalars(query):
        if (month := month_of(moment)) in counts:
            counts[month] += 1
    return [(month, month, count) for month, count in counts.items()]


def _since() -> datetime:
    """The first of this month a year ago, so that months are whole."""
    first = (now() - _YEAR).astimezone(zone())
    return first.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
