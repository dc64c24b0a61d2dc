"""What somebody entered for an order, before prices and rules are looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypedDict
from uuid import UUID

DepositKind = Literal["prepayment", "earnest"]


@dataclass(frozen=True, kw_only=True)
class LineDraft:
    """A line as entered.

    Without price or discount a known line keeps its own; a new one has the product's price.
    """

    sku: str
    quantity: Decimal
    unit_price: Decimal | None = None
    discount_percent: Decimal | None = None
    #: The line of the order that this one replaces; without it the product decides.
    line_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class DepositRule:
    """What is to be paid first: an amount or a percentage, before the goods leave or at once."""

    kind: DepositKind
    amount: Decimal | None = None
    percent: Decimal | None = None
    before_shipping: bool = False


@dataclass(frozen=True, kw_only=True)
class OrderDraft:
    """A quotation as entered."""

    customer_id: UUID
    lines: Sequence[LineDraft]
    promised_on: date | None = None
    deposit: DepositRule | None = None
    note: str = ""


class OrderChanges(TypedDict, total=False):
    """What is to be different; whatever is missing stays."""

    customer_id: UUID
    lines: Sequence[LineDraft]
    promised_on: date | None
    deposit: DepositRule | None
    note: str
