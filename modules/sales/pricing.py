"""Lines at their prices: each amount to the cent, with the tax that it contains."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext as _

from core.errors import InvalidInput
from core.money import MAX_AMOUNT, ZERO, tax_contained, to_money, to_quantity
from core.products.models import Product
from core.products.queries import products_by_sku
from core.text import tidy
from modules.sales.drafts import LineDraft


@dataclass(frozen=True)
class PricedLine:
    """A line that can be sold."""

    draft: LineDraft
    product: Product
    unit_price: Decimal
    discount_percent: Decimal
    amount: Decimal
    tax: Decimal


def line_amount(quantity: Decimal, unit_price: Decimal, discount_percent: Decimal) -> Decimal:
    """Return what a quantity costs after the discount, rounded once, to the cent."""
    return to_money(quantity * unit_price * (100 - discount_percent) / 100)


def priced(drafts: Sequence[LineDraft]) -> list[PricedLine]:
    """Look up products and prices.

    Raises:
        InvalidInput: naming every line and field that must be corrected.
    """
    if not drafts:
        raise InvalidInput({"lines": _("Enter at least one line.")})
    products = products_by_sku(draft.sku for draft in drafts)
    errors: dict[str, str] = {}
    lines = []
    for at, draft in enumerate(drafts):
        product = products.get(tidy(draft.sku))
        wrong = _wrong(draft, product)
        errors |= {f"lines.{at}.{field}": message for field, message in wrong.items()}
        if product is not None and not wrong:
            lines.append(_priced(draft, product))
    errors |= _currencies_wrong(drafts, products)
    if errors:
        raise InvalidInput(errors)
    if total_of(lines) > MAX_AMOUNT:
        raise InvalidInput({"lines": _("The total is too large.")})
    return lines


def total_of(lines: Iterable[PricedLine]) -> Decimal:
    """Return the sum of the lines."""
    return sum((line.amount for line in lines), ZERO)


def _priced(draft: LineDraft, product: Product) -> PricedLine:
    price = product.price if draft.unit_price is None else draft.unit_price
    discount = draft.discount_percent or Decimal(0)
    amount = line_amount(draft.quantity, price, discount)
    tax = tax_contained(amount, product.tax_rate)
    return PricedLine(draft, product, price, discount, amount, tax)


def _wrong(draft: LineDraft, product: Product | None) -> dict[str, str]:
    errors = {}
    if product is None:
        errors["sku"] = _("There is no product %(sku)s. Choose one from the list.", sku=draft.sku)
    if draft.quantity <= 0 or draft.quantity != to_quantity(draft.quantity):
        errors["quantity"] = _("Enter a quantity above zero, with at most 3 decimals.")
    price = draft.unit_price
    if price is not None and not (0 <= price <= MAX_AMOUNT and price == to_money(price)):
        errors["unit_price"] = _('Enter a price such as "12.50", with at most 2 decimals.')
    if not 0 <= (draft.discount_percent or 0) <= 100:
        errors["discount_percent"] = _("Enter a percentage from 0 to 100.")
    return errors


def _currencies_wrong(drafts: Sequence[LineDraft], products: dict[str, Product]) -> dict[str, str]:
    """An order has one currency: that of its first product."""
    found = [products.get(tidy(draft.sku)) for draft in drafts]
    first = next((product.currency for product in found if product), None)
    return {
        f"lines.{at}.sku": _(
            "%(sku)s is sold in %(currency)s, the rest of this order in %(first)s. "
            "Write a second order for it.",
            sku=product.sku, currency=product.currency, first=first,
        )
        for at, product in enumerate(found)
        if product and product.currency != first
    }  # fmt: skip
