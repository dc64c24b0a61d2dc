"""The whole examination: deals first, then every module's views and own checks."""

from dataclasses import dataclass, field
from typing import cast

from flask import Flask
from sqlalchemy import func, select

from core.db import db, reading
from core.deals.models import Deal
from core.doctor import deals, views
from core.doctor.comparison import Difference
from core.money import money_text
from core.registry import switchboard
from core.registry.discovery import resolve


@dataclass
class Report:
    """What was found: a line for each figure, and the first difference if there is one."""

    lines: list[str] = field(default_factory=list)
    healthy: bool = True

    def note(self, difference: Difference | None) -> bool:
        """Take in the outcome of one part; tells whether it was sound."""
        if difference is not None:
            self.lines.append(str(difference))
            self.healthy = False
        return difference is None


def examine(app: Flask) -> Report:
    """Rebuild and compare; stops at the first difference, whose cause the others may share.

    Everything is read in one transaction, so a company at work can be examined.
    """
    report = Report()
    with reading(app):
        views.in_one_moment()
        report.lines += _figures()
        if not report.note(deals.difference()):
            return report
        for name in ("core", *switchboard.installed()):
            for tally in views.compare(app, name):
                if not report.note(tally.difference):
                    return report
        for module in switchboard.installed().values():
            for check in module.manifest.checks:
                found = cast("str | None", resolve(check)())  # type: ignore[operator]
                if found and not report.note(Difference(module.name, found, None, None)):
                    return report
    report.lines.append("ok")
    return report


def _figures() -> list[str]:
    count = db.session.scalar(select(func.count()).select_from(Deal)) or 0
    sums = db.session.execute(
        select(
            Deal.currency,
            func.sum(Deal.ordered, type_=Deal.ordered.type),
            func.sum(Deal.owed, type_=Deal.owed.type),
        )
        .group_by(Deal.currency)
        .order_by(Deal.currency)
    ).all()
    lines = [f"deals {count}"]
    lines += [f"ordered {money_text(ordered)} {currency}" for currency, ordered, _owed in sums]
    lines += [f"owed {money_text(owed)} {currency}" for currency, _ordered, owed in sums]
    return lines
