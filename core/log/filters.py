"""Which events somebody wants to see, as typed into the filter of the list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask_babel import gettext as _

import bus
from core import clock
from core.customers.queries import customers
from core.deals.errors import DealNotFound
from core.deals.queries import deal_id, deals
from core.text import tidy

#: Deals of one customer whose events are looked for, the newest ones.
DEALS = 300
#: For how long back a person's acts are looked for when no day is named.
LOOK_BACK = timedelta(days=31)


@dataclass
class Filter:
    """What was typed, and what of it cannot be used."""

    order: str = ""
    customer: str = ""
    kind: str = ""
    person: str = ""
    day: str = ""
    cause: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, typed: Mapping[str, str]) -> "Filter":
        """Take what was typed."""
        order, customer, kind, person, day, cause = (
            tidy(typed.get(name, ""))
            for name in ("order", "customer", "kind", "person", "day", "cause")
        )
        return cls(order, customer, kind, person, day, cause)

    @property
    def is_empty(self) -> bool:
        """Whether everything is wanted."""
        return not any((self.order, self.customer, self.kind, self.person, self.day, self.cause))

    def events(self, before: int | None, limit: int) -> list[bus.Envelope]:
        """Return the events, newest first; none when the filter makes no sense."""
        about = self._about()
        since, until = self._days()
        cause = self._cause()
        if self.errors:
            return []
        return bus.events(
            aggregate_ids=about,
            correlation_id=cause,
            kind=self.kind or None,
            actor=self.person or None,
            since=since,
            until=until,
            before=before,
            limit=limit,
        )

    def _about(self) -> list[UUID] | None:
        if self.order:
            try:
                return [deal_id(self.order)]
            except DealNotFound as unknown:
                self.errors["order"] = unknown.message()
                return None
        if not self.customer:
            return None
        found = customers(q=self.customer, limit=2).items
        if not found:
            self.errors["customer"] = _("Nobody is called so. Type a part of the name or phone.")
            return None
        rows = deals(customer_id=found[0].id, limit=DEALS).items
        return [found[0].id, *(row.deal_id for row in rows)]

    def _days(self) -> tuple[datetime | None, datetime | None]:
        if not self.day:
            return (clock.now() - LOOK_BACK if self.person else None), None
        try:
            day = date.fromisoformat(self.day)
        except ValueError:
            self.errors["day"] = _("Enter a day such as 2026-12-31.")
            return None, None
        begin = datetime.combine(day, time(), clock.zone())
        return begin, begin + timedelta(days=1)

    def _cause(self) -> UUID | None:
        try:
            return UUID(self.cause) if self.cause else None
        except ValueError:
            self.errors["cause"] = _("This is no cause. Follow the link on an event.")
            return None
