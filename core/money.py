"""Money and quantities: exact decimals, never floats.

Amounts have two decimals. Currencies with more than two are not supported; a currency
with none (JPY) simply has zero cents.
"""

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

from flask_babel import format_currency as babel_currency
from flask_babel import format_decimal

CENT: Final = Decimal("0.01")
THOUSANDTH: Final = Decimal("0.001")
ZERO: Final = Decimal("0.00")
#: Largest amount that fits the database's 64-bit minor units with room for sums.
MAX_AMOUNT: Final = Decimal("9999999999999.99")


def exact(value: Decimal | int | str) -> Decimal:
    """Return the value as a finite Decimal.

    Raises:
        TypeError: for a float, which has already lost what was meant.
        ValueError: for text that is no number, NaN or infinity.
    """
    if isinstance(value, float | bool):
        raise TypeError("money and quantities are never floats")
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise ValueError(f"not a number: {value!r}") from None
    if not number.is_finite():
        raise ValueError(f"not a finite number: {value!r}")
    return number


def to_money(value: Decimal | int | str) -> Decimal:
    """Return the amount rounded half up to cents."""
    return exact(value).quantize(CENT, ROUND_HALF_UP)


def to_quantity(value: Decimal | int | str) -> Decimal:
    """Return the quantity rounded half up to three decimals."""
    return exact(value).quantize(THOUSANDTH, ROUND_HALF_UP)


def money_text(amount: Decimal) -> str:
    """Return the amount as JSON carries it: "12.50"."""
    return f"{to_money(amount):f}"


def quantity_text(quantity: Decimal) -> str:
    """Return the quantity as JSON carries it, without idle zeros: "2.5"."""
    text = f"{to_quantity(quantity):f}"
    return text.rstrip("0").rstrip(".") or "0"


def tax_contained(gross: Decimal, rate_percent: Decimal) -> Decimal:
    """Return the tax inside a gross amount: gross − round(gross / (1 + rate)), per line."""
    net = (gross / (1 + rate_percent / 100)).quantize(CENT, ROUND_HALF_UP)
    return gross - net


def format_money(amount: Decimal, currency: str) -> str:
    """Return the amount for a screen: ¥ for CNY, else the currency's code before the figure."""
    if currency == "CNY":
        return babel_currency(amount, currency, format="¥#,##0.00;-¥#,##0.00")
    return babel_currency(amount, currency, format="¤¤ #,##0.00;-¤¤ #,##0.00")


def format_quantity(quantity: Decimal) -> str:
    """Return the quantity for a screen."""
    return str(format_decimal(quantity, format="#,##0.###"))
