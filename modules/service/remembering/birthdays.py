"""Birthdays of customers and of their families, some days ahead; by the sun or by the moon.

The days of a span are turned into what is celebrated on them, so a night looks up a few days in
an index instead of asking every customer's birthday when it is.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from sqlalchemy import Select, select, tuple_

from core.calendar.anniversaries import Birthday, Celebration, celebrations
from core.calendar.lunar import LunarDay, OutsideCalendar, month_length, to_lunar
from core.company import company
from core.customers.models import Customer, CustomerContact
from core.customers.resolution import resolve
from core.db import db
from core.promises.kinds import Occurrence, Span
from modules.service.remembering.grades import with_grades


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


@dataclass(frozen=True)
class Kept:
    """Somebody whose birthday is celebrated on a day."""

    subject: str
    customer_id: UUID
    birthday: Birthday
    celebration: Celebration
    #: Of the family or the company: who, and what she is to the customer.
    name: str = ""
    relation: str = ""


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one task for each birthday so many days ahead of it."""
    ahead = timedelta(settings["ahead"])
    for at in range((span.last - span.first).days + 1):
        day = span.first + timedelta(at) + ahead
        kept = _kept_on(day, family=settings["family"], about=about)
        for one, grade in with_grades(kept):
            yield _occurrence(one, grade in settings["gift"], settings, ahead)


def _kept_on(day: date, *, family: bool, about: Collection[UUID] | None) -> Iterator[Kept]:
    keys = celebrated_on(day)
    for customer_id, *born in db.session.execute(_born(Customer, Customer.id, keys, about)):
        birthday = Birthday(*born)
        if found := _on(birthday, day):
            leading = resolve(customer_id)
            yield Kept(str(leading), leading, birthday, found)
    if not family:
        return
    query = _born(CustomerContact, CustomerContact.customer_id, keys, about)
    query = query.add_columns(CustomerContact.id, CustomerContact.name, CustomerContact.relation)
    for customer_id, *born, contact_id, name, relation in db.session.execute(query):
        birthday = Birthday(*born)
        if found := _on(birthday, day):
            yield Kept(str(contact_id), resolve(customer_id), birthday, found, name, relation)


def celebrated_on(day: date) -> list[tuple[str, int, int]]:
    """Return the birthdays (calendar, month, day) that are kept on a solar day.

    The same rule as core.calendar.anniversaries, read the other way round.
    """
    keys = [("solar", day.month, day.day)]
    if (day.month, day.day) == (2, 28) and (day + timedelta(1)).day == 1:
        keys.append(("solar", 2, 29))
    try:
        year, lunar = to_lunar(day)
    except OutsideCalendar:
        return keys
    if not lunar.leap:  # a leap month is celebrated in the ordinary one
        keys.append(("lunar", lunar.month, lunar.day))
        if lunar.day == month_length(year, lunar.month) and lunar.day < 30:
            keys.append(("lunar", lunar.month, 30))
    return keys


def _born(
    model: type[Customer] | type[CustomerContact],
    customer_id: Any,
    keys: list[tuple[str, int, int]],
    about: Collection[UUID] | None,
) -> Select[Any]:
    query = (
        select(
            customer_id, model.birth_calendar, model.birth_month, model.birth_day,
            model.birth_leap, model.birth_year,
        )
        .where(tuple_(model.birth_calendar, model.birth_month, model.birth_day).in_(keys))
        .order_by(model.id)
    )  # fmt: skip
    return query if about is None else query.where(customer_id.in_(about))


def _on(birthday: Birthday, day: date) -> Celebration | None:
    return next(iter(celebrations(birthday, day, day)), None)


def _occurrence(one: Kept, gift: bool, settings: Mapping[str, Any], ahead: timedelta) -> Occurrence:
    on, round_years = one.celebration.on, one.celebration.round_years
    words = {
        "day": on.isoformat(),
        "told": _told(one.birthday),
        "name": one.name,
        "relation": one.relation,
        "years": str(round_years or ""),
    }
    return Occurrence(
        subject=one.subject,
        time=str(_year(one.birthday, on)),
        customer_id=one.customer_id,
        due_on=on - ahead,
        title=_("Birthday: choose a gift") if gift else _("Birthday: congratulate"),
        reason=_reason(bool(one.name or one.relation), bool(round_years)),
        say=settings["say"],
        words=words,
        until=on,
    )


def _reason(family: bool, is_round: bool) -> str:
    if family and is_round:
        return _("%(name)s (%(relation)s) has a round birthday, %(years)s, on %(day)s: %(told)s.")
    if family:
        return _("%(name)s (%(relation)s) has a birthday on %(day)s: %(told)s.")
    if is_round:
        return _("She has a round birthday, %(years)s, on %(day)s: %(told)s.")
    return _("She has her birthday on %(day)s: %(told)s.")


def _told(birthday: Birthday) -> str:
    """The day as she told it, in the company's language: it is kept with the task."""
    with force_locale(company().language):
        if birthday.calendar == "lunar":
            return LunarDay(birthday.month, birthday.day, birthday.leap).words
        return f"{birthday.month:02}-{birthday.day:02}"


def _year(birthday: Birthday, on: date) -> int:
    """The year in the birthday's own calendar: a lunar one may fall twice in a solar year."""
    return to_lunar(on)[0] if birthday.calendar == "lunar" else on.year
