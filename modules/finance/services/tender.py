"""What a clerk says about a payment, before anything is decided."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

#: How money comes and goes.
MONEY: Final = ("cash", "transfer", "card", "wechat", "alipay")
#: Paid from, or kept as, the customer's credit.
CREDIT: Final = "credit"


@dataclass(frozen=True)
class Share:
    """The part of a payment that is meant for one order."""

    order: str
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class Tender:
    """Money on the counter: whose it is and what it is for."""

    customer_id: UUID
    method: str
    amount: Decimal
    shares: tuple[Share, ...] = ()
    #: What is above the amounts owed becomes the customer's credit; otherwise it is refused.
    keep_rest: bool = False
    #: The customer wants to pay although a concern holds collection.
    despite_hold: bool = False
    #: For money that belongs to no order; empty for the company's.
    currency: str = ""
