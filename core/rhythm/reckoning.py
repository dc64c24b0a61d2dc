"""Reckon what is expected of customers who have bought, a few at a time.

What customers have in common is learned once a day, from a sample; what is expected of one then
takes milliseconds, outside the short transaction that writes it. It is reckoned as it stood on the
day of each purchase: so what a promise asks tonight, and what it would have asked last month, are
the same rows.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import delete, insert

from core.clock import today
from core.company import company
from core.customers.resolution import resolve, same_customer
from core.db import connection, db, reading, unit_of_work
from core.rhythm.buying import Shop
from core.rhythm.churn import Standing, assess, gone_on
from core.rhythm.forecasts import Shelf
from core.rhythm.known import Known, known
from core.rhythm.models import FADING, GONE, RUN_OUT, Expected
from core.rhythm.purchases import Purchase, by_sku
from core.rhythm.queries import purchases_by
from core.rhythm.runout import expect
from core.rhythm.waiting import anybody, note, some_after, unmark

_CHUNK = 100
#: Purchases before this many days bring no expectation: nothing would be done about it.
_LOOKED_BACK = 400
#: What was expected until a later purchase came is of use as long as promises are tried on it.
_TRIED_ON = 60
#: A rhythm shows in so many of her latest purchases; what lies before costs time alone.
_REMEMBERED = 300


_Rows = list[dict[str, object]]


def reckon(app: Flask, most: int = 5000) -> int:
    """Reckon customers who have bought since; return how many. Interrupted, it goes on later."""
    with reading(app):
        if not anybody():
            return 0
        everybody = known(app)
    done, after = 0, UUID(int=0)
    while done < most:
        with reading(app):
            some = some_after(after, min(_CHUNK, most - done))
            bought = purchases_by(some)
            rows = {id_: _reckoned(id_, each, everybody) for id_, each in bought.items()}
        if not some:
            break
        with unit_of_work(app):
            _write(some, bought, rows)
        done, after = done + len(some), some[-1]
    return done


def _write(
    some: Sequence[UUID], bought: Mapping[UUID, Sequence[Purchase]], rows: Mapping[UUID, _Rows]
) -> None:
    """Write anew what is expected of these customers.

    Who has bought since she was read is left for the next time. To see that, her mark is taken
    away first: whoever sets it now waits until this is written.
    """
    unmark(some)
    by_now = purchases_by(some)
    again = {each for each in some if by_now.get(resolve(each)) != bought.get(resolve(each))}
    note(again)
    settled = {resolve(each) for each in some} - {resolve(each) for each in again}
    cards = sorted({card for each in settled for card in same_customer(each)})
    db.session.execute(delete(Expected).where(Expected.customer_id.in_(cards)))
    if new := [row for id_ in sorted(settled) for row in rows.get(id_, ())]:
        connection().execute(insert(Expected), new)


def _reckoned(customer_id: UUID, bought: Sequence[Purchase], everybody: Known) -> _Rows:
    with force_locale(company().language):
        return [
            *_run_outs(customer_id, bought, everybody.shelf),
            *_standings(customer_id, bought, everybody.shop),
        ]


class _Anchor(NamedTuple):
    """A purchase after which something is expected, and the day of the next, if there was one."""

    customer_id: UUID
    bought_on: date
    again_on: date | None

    def row(self, kind: str, **more: object) -> dict[str, object]:
        """Return what was expected after it."""
        return {**_EMPTY, **self._asdict(), "kind": kind, **more}


_EMPTY = {"sku": "", "quantity": None, "amount": None, "currency": None}


def _anchors(customer_id: UUID, days: Sequence[date]) -> Iterator[_Anchor]:
    """Yield her latest purchase, unless it is long ago, and those that were it not long ago.

    After a purchase that was followed by another on the next day nothing could fall due.
    """
    since, tried = today() - timedelta(_LOOKED_BACK), today() - timedelta(_TRIED_ON)
    different = sorted(set(days))
    for day, again in zip(different, [*different[1:], None], strict=True):
        if day >= since and (again is None or (again >= tried and again > day + timedelta(1))):
            yield _Anchor(customer_id, day, again)


def _run_outs(
    customer_id: UUID, bought: Sequence[Purchase], shelf: Shelf
) -> Iterator[dict[str, object]]:
    for sku, of_product in by_sku(bought).items():
        days = [each.day for each in of_product]
        for anchor in _anchors(customer_id, days):
            end = bisect_right(days, anchor.bought_on)
            seen = of_product[max(0, end - _REMEMBERED) : end]
            expected = expect(seen, shelf.product(sku), anchor.bought_on)
            if expected.basis == "unknown":
                continue
            yield anchor.row(
                RUN_OUT,
                sku=sku,
                on_day=expected.next_on,
                confidence=round(expected.confidence * 100),
                why=str(expected.reason),
                quantity=sum(each.quantity for each in seen if each.day == anchor.bought_on),
            )


def _standings(
    customer_id: UUID, bought: Sequence[Purchase], shop: Shop
) -> Iterator[dict[str, object]]:
    days = [each.day for each in bought]
    for anchor in _anchors(customer_id, days):
        seen = bought[: bisect_right(days, anchor.bought_on)]
        standing = assess(seen, anchor.bought_on, shop)
        if standing.kind == "fading":
            yield _told(anchor, FADING, anchor.bought_on, standing)
        day = gone_on(seen, shop, anchor.again_on)
        if day is not None:
            yield _told(anchor, GONE, day, assess(seen, day, shop))


def _told(anchor: _Anchor, kind: str, on: date, standing: Standing) -> dict[str, object]:
    currency, amount = max(standing.at_risk.items(), key=lambda pair: pair[1], default=("", None))
    return anchor.row(
        kind,
        on_day=on,
        confidence=round((1 - standing.alive) * 100),
        why=str(standing.reason),
        amount=amount,
        currency=currency or None,
    )
