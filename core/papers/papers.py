"""The papers a company hands over, as typed data: what stands on each, not how it looks."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from core.company import company
from core.deals.facts import Due, DueKind
from core.money import ZERO


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """Who issues the paper."""

    name: str
    address: str = ""
    phone: str = ""
    tax_number: str = ""
    bank_account: str = ""


def letterhead() -> Letterhead:
    """Return the head of every paper this company issues."""
    ours = company()
    return Letterhead(
        name=ours.name,
        address=ours.address,
        phone=ours.phone,
        tax_number=ours.tax_number,
        bank_account=ours.bank_account,
    )


@dataclass(frozen=True, kw_only=True)
class Party:
    """Whom the paper is for."""

    name: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    tax_number: str = ""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of goods; prices may be missing where a paper does not show them."""

    name: str
    quantity: Decimal
    sku: str = ""
    unit: str = ""
    #: Small print under the name: specification, lot, serial numbers.
    details: tuple[str, ...] = ()
    unit_price: Decimal | None = None
    discount_percent: Decimal | None = None
    tax_rate: Decimal | None = None
    amount: Decimal = ZERO
    #: The tax that `amount` contains.
    tax: Decimal = ZERO


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """The part of a payment that belongs to one order."""

    order_number: str
    amount: Decimal
    kind: DueKind | None = None


@dataclass(frozen=True, kw_only=True)
class _GoodsPaper:
    """What every paper that lists goods has in common."""

    company: Letterhead
    number: str
    on: date
    customer: Party
    lines: tuple[Line, ...]
    currency: str
    remarks: str = ""
    #: Titles of the copies to print, e.g. ("Customer", "Signed copy"); none prints one, untitled.
    copies: tuple[str, ...] = ()

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), ZERO)


@dataclass(frozen=True, kw_only=True)
class DeliveryNote(_GoodsPaper):
    """Goes with the goods; the signed copy proves that they arrived."""

    order_number: str
    seller_name: str = ""
    delivered_by: str = ""
    show_prices: bool = True
    #: What the driver collects before he leaves; None prints nothing, zero says that all is paid.
    to_collect: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Invoice(_GoodsPaper):
    """Asks for payment of goods; no tax invoice, which only the tax platform issues."""

    order_number: str
    due_on: date | None = None
    received: Decimal = ZERO
    seller_name: str = ""
    #: Number of the invoice this one takes back; makes it a credit note.
    corrects: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderPaper(_GoodsPaper):
    """A quotation to be accepted or an order to be signed by both sides."""

    kind: Literal["quotation", "order"]
    seller_name: str = ""
    valid_until: date | None = None
    promised_on: date | None = None
    #: The plan of payment; the kind of each part is printed exactly as it was chosen.
    dues: tuple[Due, ...] = ()
    delivery_address: str = ""
    terms: str = ""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Says that money was taken, from whom and for what."""

    company: Letterhead
    number: str
    on: date
    payer: str
    amount: Decimal
    currency: str
    #: cash, transfer, card, wechat, alipay, or any other word to print as it is.
    method: str
    allocations: tuple[Allocation, ...] = ()
    #: What stays with us as the customer's credit.
    credit: Decimal = ZERO
    #: What is still owed on these orders afterwards; None prints nothing.
    still_owed: Decimal | None = None
    received_by: str = ""
    handled_by: str = ""
    remarks: str = ""
    #: Titles of the copies; none prints the usual three: stub, customer, book-keeping.
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WarrantyCard:
    """Says what is promised for which goods, from when until when, and how to register them."""

    company: Letterhead
    number: str
    customer: str
    phone: str = ""
    product: str
    sku: str
    serial: str = ""
    lot: str = ""
    order_number: str
    starts_on: date
    ends_on: date
    main_part: str = ""
    main_ends_on: date | None = None
    free: str = ""
    charged: str = ""
    #: Where she registers it, and the same as a code (SVG).
    address: str
    code: str


Paper = DeliveryNote | Invoice | OrderPaper | Receipt | WarrantyCard
