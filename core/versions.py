"""Optimistic locking: nobody saves over what somebody else saved in the meantime."""

from typing import Protocol
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm.attributes import set_committed_value

from core.db import db
from core.errors import EditedMeanwhile


class Versioned(Protocol):
    """A stored record that counts how often it was saved."""

    id: UUID
    version: int


def claim(row: Versioned, seen: int | None = None) -> None:
    """Count the record's version up, before it is changed; `seen` is what the person had before.

    Raises:
        EditedMeanwhile: when somebody saved it since.
    """
    if seen is not None and seen != row.version:
        raise EditedMeanwhile(version=row.version)
    model = type(row)
    counted = db.session.execute(
        update(model)
        .where(model.id == row.id, model.version == row.version)  # type: ignore[arg-type]
        .values(version=row.version + 1)
        .execution_options(synchronize_session=False)
    )
    if counted.rowcount != 1:  # type: ignore[attr-defined]
        raise EditedMeanwhile(version=row.version + 1)
    set_committed_value(row, "version", row.version + 1)
