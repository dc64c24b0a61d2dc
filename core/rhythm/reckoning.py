"""Reckon what is expected of customers who have bought, a few at a time.

What customers have in common is learned once in a run, from a sample; what is expected of one
then takes milliseconds. It is reckoned as it stood on the day of each purchase: so what a
promise asks tonight, and what it would have asked last month, are the same rows.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from flask import Flask
from flask_babel import force_locale
from sqlalchemy import delete, insert, select

from core.clock import today
from core.company import company
from core.customers.resolution import resolve, same_customer
from core.db import db, reading, unit_of_work
from core.rhythm.buying import Shop
from core.rhythm.churn import Standing, assess, gone_on
from core.rhythm.forecasts import Shelf, shelf, shop
from core.rhythm.models import FADING, GONE, RUN_OUT, Expected, ToReckon
from core.rhythm.purchases import Purchase, by_sku
from core.rhythm.queries import purchases, purchases_of
from core.rhythm.runout import expect

_CHUNK = 50
#: Purchases before this many days bring no expectation: nothing would be done about it.
_LOOKED_BACK = 400
#: What was expected until a later purchase came is of use as long as promises are tried on it.
_TRIED_ON = 60


@dataclass(frozen=True)
class Known:
    """What customers have in common, as of a day."""

    shelf: Shelf
    shop: Shop


def reckon(app: Flask, most: int = 5000) -> int:
    """Reckon customers who have bought since; return how many. Interrupted, it goes on later."""
    with reading(app):
        if db.session.scalar(select(ToReckon.customer_id).limit(1)) is None:
            return 0
        day = today()
        known = Known(shelf(purchases(day), day), shop(purchases(day), day))
    done = 0
    while done < most:
        with unit_of_work(app):
            some = _next()
            for customer_id in some:
                reckon_one(customer_id, known)
            db.session.execute(delete(ToReckon).where(ToReckon.customer_id.in_(some)))
        done += len(some)
        if len(some) < _CHUNK:
            break
    return done


def reckon_one(customer_id: UUID, known: Known) -> None:
    """Write anew what is expected of a customer."""
    leading = resolve(customer_id)
    db.session.execute(delete(Expected).where(Expected.customer_id.in_(same_customer(leading))))
    bought = purchases_of(leading)
    if not bought:
        return
    with force_locale(company().language):
        rows = [*_run_outs(leading, bought, known.shelf), *_standings(leading, bought, known.shop)]
    if rows:
        db.session.execute(insert(Expected), rows)


def _next() -> Sequence[UUID]:
    query = select(ToReckon.customer_id).order_by(ToReckon.customer_id).limit(_CHUNK)
    return db.session.scalars(query.with_for_update(skip_locked=True)).all()


class _Anchor(NamedTuple):
    """A purchase after which something is expected, and the day of the next, if there was one."""

    customer_id: UUID
    bought_on: date
    again_on: date | None

    def row(self, kind: str, **more: object) -> dict[str, object]:
        """Return what was expected after it."""
        return {**_EMPTY, **self._asdict(), "kind": kind, **more}


_EMPTY = {"sku": "", "quantity": None, "amount": None, "currency": None}


def _anchors(customer_id: UUID, bought: Sequence[Purchase]) -> Iterator[_Anchor]:
    """Yield her latest purchase, unless it is long ago, and those that were it not long ago."""
    days = sorted({each.day for each in bought})
    since, tried = today() - timedelta(_LOOKED_BACK), today() - timedelta(_TRIED_ON)
    for day, again in zip(days, [*days[1:], None], strict=True):
        if day >= since and (again is None or again >= tried):
            yield _Anchor(customer_id, day, again)


def _run_outs(
    customer_id: UUID, bought: Sequence[Purchase], shelf: Shelf
) -> Iterator[dict[str, object]]:
    for sku, of_product in by_sku(bought).items():
        for anchor in _anchors(customer_id, of_product):
            seen = [each for each in of_product if each.day <= anchor.bought_on]
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
    for anchor in _anchors(customer_id, bought):
        seen = [each for each in bought if each.day <= anchor.bought_on]
        standing = assess(seen, anchor.bought_on, shop)
        if standing.kind == "fading":
            yield _told(anchor, FADING, anchor.bought_on, standing)
        day = gone_on(seen, shop)
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
