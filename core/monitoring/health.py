"""Whether this process can serve."""

from dataclasses import dataclass

from flask import current_app
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from bus.runtime import runtime
from core.db import db


@dataclass(frozen=True)
class Health:
    """What a load balancer wants to know, and what a person who asks why."""

    is_ready: bool
    database: str
    #: "in this process", "reached" or "away"; being away makes the bus slower, not unready.
    broker: str


def health() -> Health:
    """Look at the database and at the broker."""
    return Health(
        is_ready=(found := _database()) == "reached",
        database=found,
        broker=_broker(),
    )


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1 FROM core_company"))
    except SQLAlchemyError:
        db.session.rollback()
        return "away"
    return "reached"


def _broker() -> str:
    if current_app.extensions["lamplit_settings"].embedded:
        return "in this process"
    return "away" if getattr(runtime().poker, "broken", False) else "reached"
