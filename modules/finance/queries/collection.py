"""What is to be collected, on the day on which the customer has money: her own pay-day."""

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select

from core.customers.queries import named
from core.db import db
from core.deals.models import Deal, DealDue, DealEntry
from core.deals.plan import parts
from core.money import ZERO
from core.promises.kinds import Occurrence, Span

_CHUNK = 300


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


@dataclass(frozen=True)
class Call:
    """A step of a plan that is to be asked for on a day."""

    deal: Deal
    position: int
    fell_on: date
    on: date
    pay_day: int | None


def find(
    settings: Mapping[str, Any], span: Span, about: Collection[UUID] | None
) -> Iterator[Occurrence]:
    """Yield one call for each step of a plan that is still open on the day of the call."""
    waits = timedelta(settings["after_days"])
    steps = iter(_steps(span, waits, about))
    while some := list(islice(steps, _CHUNK)):
        calls = [call for call in _calls(some, waits) if call.on in span]
        paid = _kept_by({(call.deal.id, call.on) for call in calls})
        for call in calls:
            still = _open(call, paid[call.deal.id, call.on])
            if still > ZERO:
                yield _occurrence(call, still, settings)


def _steps(
    span: Span, waits: timedelta, about: Collection[UUID] | None
) -> Iterable[tuple[Deal, DealDue]]:
    """The steps whose call may lie in the span: a pay-day is at most a month away."""
    query = (
        select(Deal, DealDue)
        .join(DealDue, DealDue.deal_id == Deal.id)
        .where(DealDue.on_day.between(span.first - timedelta(31) - waits, span.last))
        .where(Deal.historical.is_(False), Deal.ordered > Deal.cancelled)
        .order_by(DealDue.on_day, Deal.id, DealDue.position)
    )
    if about is not None:
        query = query.where(Deal.id.in_(about))
    for row in db.session.execute(query, execution_options={"yield_per": _CHUNK}):
        yield row[0], row[1]


def _calls(some: list[tuple[Deal, DealDue]], waits: timedelta) -> Iterator[Call]:
    cards = named({deal.customer_id for deal, _due in some})
    for deal, due in some:
        if due.on_day is None:
            continue
        card = cards.get(deal.customer_id)
        pay_day = card.pay_day if card else None
        on = next_pay_day(due.on_day, pay_day) if pay_day else due.on_day + waits
        yield Call(deal, due.position, due.on_day, on, pay_day)


def next_pay_day(day: date, pay_day: int) -> date:
    """Return the first pay-day from a day on; a 31st is the last day of a shorter month."""
    for month in (day.replace(day=1), _next_month(day)):
        on = month.replace(day=min(pay_day, monthrange(month.year, month.month)[1]))
        if on >= day:
            return on
    raise AssertionError("every month has a pay-day")


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(32)).replace(day=1)


def _kept_by(asked: set[tuple[UUID, date]]) -> dict[tuple[UUID, date], Decimal]:
    """Return what each deal had kept of the customer's money by each of these days."""
    signed = case((DealEntry.fact == "refunded", -DealEntry.amount), else_=DealEntry.amount)
    query = (
        select(DealEntry.deal_id, DealEntry.happened_on, func.sum(signed, type_=Deal.owed.type))
        .where(DealEntry.deal_id.in_({deal_id for deal_id, _day in asked}))
        .where(DealEntry.fact.in_(("paid", "refunded")))
        .group_by(DealEntry.deal_id, DealEntry.happened_on)
    )
    moved = list(db.session.execute(query))
    return {
        (deal_id, day): sum(
            (amount for of, on, amount in moved if of == deal_id and on <= day), ZERO
        )
        for deal_id, day in asked
    }


def _open(call: Call, kept: Decimal) -> Decimal:
    deal = call.deal
    total = deal.ordered - deal.cancelled - deal.credited - deal.written_off
    at = next(at for at, due in enumerate(deal.dues) if due.position == call.position)
    return parts(deal.dues, total - kept, kept)[at].falling


def _occurrence(call: Call, still: Decimal, settings: Mapping[str, Any]) -> Occurrence:
    reason = (
        _("Due since %(day)s for order %(number)s; today is her pay-day.")
        if call.pay_day
        else _("Due since %(day)s for order %(number)s.")
    )
    return Occurrence(
        subject=str(call.deal.id),
        time=f"{call.position}/{call.fell_on.isoformat()}",
        customer_id=call.deal.customer_id,
        deal_id=call.deal.id,
        number=call.deal.number,
        due_on=call.on,
        title=settings["title"],
        reason=reason,
        say=settings["say"],
        words={"day": call.fell_on.isoformat(), "number": call.deal.number},
        amount=still,
        currency=call.deal.currency,
    )
