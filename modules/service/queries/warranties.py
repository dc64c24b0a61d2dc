"""Warranties: one of them, lists, by serial number; what waits for staff; the owner's terms."""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_

from core.clock import today
from core.customers.resolution import same_customer
from core.db import db
from core.paging import Page, decode, encode
from core.search.index import customers_matching
from core.text import tidy
from modules.service.errors import WarrantyNotFound
from modules.service.models import Warranty, WarrantyTerms
from modules.service.models.warranties import ANY_PRODUCT, ENDED, OPEN, REGISTERED

LAPSED = "lapsed"
#: How they stand today; a warranty lapses by itself.
STANDINGS = (OPEN, REGISTERED, LAPSED, ENDED)


def serial_key(serial: str) -> str:
    """Return a serial number as it is compared: nobody types its dashes and capitals right."""
    wide = unicodedata.normalize("NFKC", serial).upper()
    return "".join(character for character in wide if character.isalnum())[:80]


def warranty(warranty_id: UUID) -> Warranty:
    """Return a warranty.

    Raises:
        WarrantyNotFound: when there is none.
    """
    found = db.session.get(Warranty, warranty_id)
    if found is None:
        raise WarrantyNotFound
    return found


def warranties(
    *,
    standing: str = "",
    q: str = "",
    serial: str = "",
    customer_id: UUID | None = None,
    deal_id: UUID | None = None,
    order: str = "",
    limit: int = 50,
    after: str | None = None,
) -> Page[Warranty]:
    """Return warranties, the latest first."""
    query = select(Warranty).where(*_standing(standing), *_matching(q))
    for column, value in (
        (Warranty.serial_key, serial_key(serial)), (Warranty.deal_id, deal_id),
        (Warranty.number, order),
    ):  # fmt: skip
        if value:
            query = query.where(column == value)
    if customer_id is not None:
        query = query.where(Warranty.customer_id.in_(same_customer(customer_id)))
    if after:
        last = warranty(decode(after, "uuid")[0])
        key = tuple_(last.starts_on, last.id)
        query = query.where(tuple_(Warranty.starts_on, Warranty.id) < key)
    query = query.order_by(Warranty.starts_on.desc(), Warranty.id.desc())
    rows = db.session.scalars(query.limit(limit + 1)).all()
    return Page(rows[:limit], encode(rows[limit - 1].id) if len(rows) > limit else None)


def warranty_counts() -> dict[str, int]:
    """Return how many warranties stand in each way today."""
    counted = {}
    for standing in STANDINGS:
        query = select(func.count()).select_from(Warranty).where(*_standing(standing))
        counted[standing] = db.session.scalar(query) or 0
    return counted


def living(serial: str) -> Sequence[Warranty]:
    """Return the warranties of goods with this number that were not ended, the latest first."""
    key = serial_key(serial)
    query = select(Warranty).where(Warranty.serial_key == key, Warranty.state != ENDED)
    query = query.order_by(Warranty.starts_on.desc(), Warranty.id.desc())
    return db.session.scalars(query).all() if key else []


def standing_of(row: Warranty) -> str:
    """Return how a warranty stands today."""
    return LAPSED if row.state != ENDED and row.last_on < today() else row.state


def terms_of(skus: Iterable[str]) -> dict[str, WarrantyTerms]:
    """Return what the owner promises for each product; what has no terms of its own has all's."""
    wanted = {*skus, ANY_PRODUCT}
    rows = db.session.scalars(select(WarrantyTerms).where(WarrantyTerms.sku.in_(wanted)))
    found = {row.sku: row for row in rows}
    everybody = found.get(ANY_PRODUCT) or _preset()
    return {sku: found.get(sku, everybody) for sku in wanted}


def all_terms() -> Sequence[WarrantyTerms]:
    """Return every product's own terms, and first those of all others."""
    rows = db.session.scalars(
        select(WarrantyTerms).where(WarrantyTerms.sku != ANY_PRODUCT).order_by(WarrantyTerms.sku)
    ).all()
    return [terms_of([])[ANY_PRODUCT], *rows]


def of_lines(deal_ids: Collection[UUID]) -> Sequence[Warranty]:
    """Return the warranties of the goods of some deals, the first first."""
    query = select(Warranty).where(Warranty.deal_id.in_(set(deal_ids)))
    return db.session.scalars(query.order_by(Warranty.starts_on, Warranty.id)).all()


def _preset() -> WarrantyTerms:
    return WarrantyTerms(
        sku=ANY_PRODUCT, main_part="", main_months=0, free="", charged="", on_exchange="restarts"
    )


def _standing(standing: str) -> list[ColumnElement[bool]]:
    over = (Warranty.ends_on < today()) & (
        Warranty.main_ends_on.is_(None) | (Warranty.main_ends_on < today())
    )
    if standing == LAPSED:
        return [Warranty.state != ENDED, over]
    if standing == ENDED:
        return [Warranty.state == ENDED]
    return [Warranty.state == standing, ~over] if standing else []


def _matching(q: str) -> list[ColumnElement[bool]]:
    words = tidy(q)
    if not words:
        return []
    found = [
        column.icontains(words, autoescape=True)
        for column in (Warranty.number, Warranty.product, Warranty.sku, Warranty.lot)
    ]
    if key := serial_key(q):
        found.append(Warranty.serial_key.startswith(key))
    if (customers := customers_matching(q)) is not None:
        found.append(Warranty.customer_id.in_(customers))
    return [or_(*found)]
