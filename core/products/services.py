"""What can be done with products."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from decimal import Decimal
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from core.company import company
from core.db import db
from core.ids import new_id
from core.live.hints import hint
from core.money import money_text
from core.products.drafts import ProductDraft, checked
from core.products.errors import SkuTaken
from core.products.models import Product
from core.products.queries import product, products_by_sku
from core.search import index
from core.versions import claim


def create_product(
    sku: str,
    name: str,
    unit: str,
    price: Decimal,
    currency: str = "",
    *,
    tax_rate: Decimal = Decimal(0),
    lots: bool = False,
    serials: bool = False,
    warranty_months: int = 0,
) -> Product:
    """Enter a new product; without a currency it is sold in the company's.

    Raises:
        InvalidInput: naming every field that must be corrected.
        SkuTaken: when another product has the number.
    """
    draft = checked(
        ProductDraft(
            sku=sku, name=name, unit=unit, price=price, currency=currency or company().currency,
            tax_rate=tax_rate, lots=lots, serials=serials, warranty_months=warranty_months,
        )
    )  # fmt: skip
    if products_by_sku([draft.sku]):
        raise SkuTaken(sku=draft.sku)
    row = Product(id=new_id(), **asdict(draft))
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError:  # somebody entered it in the same moment
        raise SkuTaken(sku=draft.sku) from None
    index.put_many([_findable(draft)])
    hint("products", row.sku)
    return row


def create_products(drafts: Sequence[ProductDraft]) -> list[UUID]:
    """Enter many products at once, for imports; the ids come back in the order of the drafts."""
    entries = [(new_id(), checked(draft)) for draft in drafts]
    if not entries:
        return []
    rows = [{"id": id_, "version": 1, **asdict(draft)} for id_, draft in entries]
    db.session.execute(insert(Product), rows)
    index.put_many(_findable(draft) for _id, draft in entries)
    return [id_ for id_, _draft in entries]


def change_product(sku: str, /, *, version: int | None = None, **changes: object) -> Product:
    """Change what is given, the number apart; `version` is the one that the person saw.

    Raises:
        ProductNotFound: when there is no such product.
        EditedMeanwhile: when somebody saved it after that version.
        InvalidInput: naming every field that must be corrected.
    """
    row = product(sku)
    claim(row, version)
    draft = checked(replace(draft_of(row), **{**changes, "sku": row.sku}))  # type: ignore[arg-type]
    for field, value in asdict(draft).items():
        setattr(row, field, value)
    db.session.flush()
    index.put_many([_findable(draft)])
    hint("products", row.sku)
    return row


def draft_of(row: Product) -> ProductDraft:
    """Return the product as somebody would have to enter it."""
    return ProductDraft(**{field: getattr(row, field) for field in ProductDraft.__annotations__})


def _findable(draft: ProductDraft) -> index.Entry:
    return index.Entry(
        kind="product",
        ref=draft.sku,
        title=draft.name,
        subtitle=f"{draft.sku} · {money_text(draft.price)} {draft.currency}",
        words=[draft.sku],
    )
