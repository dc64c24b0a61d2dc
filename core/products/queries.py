"""What everybody may ask about products."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from core.db import db
from core.paging import Page, decode, encode
from core.plain import PlainRows
from core.products.errors import ProductNotFound
from core.products.models import Product
from core.search.index import refs_matching
from core.text import tidy

_PRODUCTS = PlainRows(Product)


def product(sku: str) -> Product:
    """Return the product with this number.

    Raises:
        ProductNotFound: when there is none.
    """
    row = db.session.scalar(select(Product).where(Product.sku == tidy(sku)))
    if row is None:
        raise ProductNotFound(sku=tidy(sku))
    return row


def product_by_id(product_id: UUID) -> Product:
    """Return the product with this id; raises ProductNotFound."""
    row = db.session.get(Product, product_id)
    if row is None:
        raise ProductNotFound(sku=str(product_id))
    return row


def products_by_sku(skus: Iterable[str]) -> dict[str, Product]:
    """Return those of these products that exist, to be looked at: changing them changes nothing."""
    wanted = {tidy(sku) for sku in skus}
    return {row.sku: row for row in _PRODUCTS.read("sku", wanted)} if wanted else {}


def products(*, q: str = "", limit: int = 50, after: str | None = None) -> Page[Product]:
    """Return products in the order of their numbers, a page at a time."""
    query = select(Product).order_by(Product.sku).limit(limit + 1)
    matching = refs_matching("product", q)
    if matching is not None:
        query = query.where(Product.sku.in_(matching))
    elif q.strip():
        return Page([], None)
    if after:
        query = query.where(Product.sku > decode(after, "str")[0])
    rows = db.session.scalars(query).all()
    next_ = encode(rows[limit - 1].sku) if len(rows) > limit else None
    return Page(rows[:limit], next_)


def product_count() -> int:
    """Return how many products there are."""
    return db.session.scalar(select(func.count()).select_from(Product)) or 0
