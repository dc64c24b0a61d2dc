"""Calls with the names that belong to them, for lists and programs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from core.calls.models import Call
from core.customers.models import Customer
from core.customers.queries import named
from core.db import db
from core.people.models import PersonRow


@dataclass(frozen=True)
class ShownCall:
    """A call with names."""

    call: Call
    card: Customer | None
    called: list[str]
    taken_by: str | None

    @property
    def id(self) -> UUID:
        """The call's id."""
        return self.call.id

    @property
    def external_id(self) -> str | None:
        """The telephone system's own number of it."""
        return self.call.external_id

    @property
    def caller(self) -> str:
        """The caller's number as it came."""
        return self.call.typed

    @property
    def line(self) -> str:
        """The number or extension called."""
        return self.call.line

    @property
    def received_at(self) -> datetime:
        """When it came in."""
        return self.call.received_at

    @property
    def ended_at(self) -> datetime | None:
        """When it was over."""
        return self.call.ended_at

    @property
    def missed(self) -> bool:
        """Whether nobody took it."""
        return self.call.missed

    @property
    def customer_id(self) -> UUID | None:
        """Whose card it is."""
        return self.card.id if self.card else None

    @property
    def customer(self) -> str | None:
        """Her name."""
        return self.card.name if self.card else None


def shown(rows: Sequence[Call]) -> list[ShownCall]:
    """Return calls with their names, all names read at once."""
    cards = named({row.customer_id for row in rows if row.customer_id})
    lines, takers = _people(rows)
    return [
        ShownCall(
            call=row,
            card=cards.get(row.customer_id) if row.customer_id else None,
            called=lines.get(row.line, []),
            taken_by=takers.get(row.taken_by) if row.taken_by else None,
        )
        for row in rows
    ]


def _people(rows: Sequence[Call]) -> tuple[dict[str, list[str]], dict[UUID, str]]:
    wanted = {row.line for row in rows if row.line}
    on_lines = select(PersonRow.line, PersonRow.name).where(
        PersonRow.line.in_(wanted), PersonRow.active
    )
    lines: dict[str, list[str]] = {}
    for line, name in db.session.execute(on_lines.order_by(PersonRow.name)):
        lines.setdefault(line, []).append(name)
    by_id = select(PersonRow.id, PersonRow.name).where(
        PersonRow.id.in_({row.taken_by for row in rows if row.taken_by})
    )
    return lines, {row.id: row.name for row in db.session.execute(by_id)}
