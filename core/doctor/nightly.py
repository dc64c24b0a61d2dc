"""Compare all views with the log and keep what was found, for the screen."""

import time
from decimal import Decimal

from flask import Flask
from sqlalchemy import select

from core.clock import now
from core.db import db, reading, unit_of_work
from core.doctor import views
from core.doctor.models import ViewCheck
from core.registry import switchboard


def compare_all(app: Flask) -> list[ViewCheck]:
    """Compare every module's views, and remember the first difference of each."""
    with reading(app):
        names = ["core", *switchboard.installed()]
    return [check for name in names if (check := _compare(app, name)) is not None]


def last_checks() -> list[ViewCheck]:
    """Return what the last comparison of each module has found."""
    return list(db.session.scalars(select(ViewCheck).order_by(ViewCheck.module)))


def _compare(app: Flask, name: str) -> ViewCheck | None:
    begun = time.monotonic()
    with reading(app):
        views.in_one_moment()
        tallies = list(views.compare(app, name))
    if not tallies:
        return None
    different = next((each.difference for each in tallies if each.difference), None)
    check = ViewCheck(
        module=name,
        checked_at=now(),
        seconds=Decimal(f"{time.monotonic() - begun:.3f}"),
        rows=sum(each.stored for each in tallies),
        difference=str(different or ""),
    )
    with unit_of_work(app) as session:
        session.merge(check)
    return check
