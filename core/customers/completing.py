"""Complete a card from what somebody told who may be a stranger: what is known stays."""

from dataclasses import dataclass
from uuid import UUID

from bus import publish
from core.calendar.anniversaries import Birthday
from core.customers.events import CardChanged
from core.customers.models import Customer
from core.customers.queries import customer
from core.db import db
from core.live.hints import hint


@dataclass(frozen=True, kw_only=True)
class Told:
    """What she said of herself; None where she said nothing."""

    name: str
    birthday: Birthday | None = None
    household_size: int | None = None


def complete(customer_id: UUID, told: Told) -> list[str]:
    """Fill what is empty; return what she said that the card has otherwise, as she said it.

    Nothing that stands on the card is overwritten: whether it is wrong, a colleague decides.
    """
    row = customer(customer_id)
    differs = [told.name] if told.name.casefold() != row.name.casefold() else []
    changed: list[str] = []
    if told.household_size is not None:
        if row.household_size is None:
            row.household_size = told.household_size
            changed.append("household_size")
        elif row.household_size != told.household_size:
            differs.append(str(told.household_size))
    if told.birthday is not None:
        if row.birth_calendar is None:
            _set_birthday(row, told.birthday)
            changed.append("birthday")
        elif not _is(row, told.birthday):
            differs.append(_written(told.birthday))
    if changed:
        row.version += 1
        db.session.flush()
        fields = tuple(sorted(changed))
        publish(CardChanged(customer_id=row.id, customer_name=row.name, fields=fields))
        hint("customers", str(row.id))
    return differs


def _set_birthday(row: Customer, day: Birthday) -> None:
    row.birth_calendar, row.birth_month, row.birth_day = day.calendar, day.month, day.day
    row.birth_leap, row.birth_year = day.leap, day.year


def _is(row: Customer, day: Birthday) -> bool:
    """Whether the card has this day; a year that one of them lacks is no difference."""
    same_day = (row.birth_calendar, row.birth_month, row.birth_day, row.birth_leap) == (
        day.calendar, day.month, day.day, day.leap,
    )  # fmt: skip
    return same_day and (None in (row.birth_year, day.year) or row.birth_year == day.year)


def _written(day: Birthday) -> str:
    year = f"{day.year}-" if day.year else ""
    moon = " ☾" if day.calendar == "lunar" else ""
    return f"{year}{day.month:02d}-{day.day:02d}{moon}"
