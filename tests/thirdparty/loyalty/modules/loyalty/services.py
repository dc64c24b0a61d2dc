"""What loyalty can do."""

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.clock import today
from core.company import company
from core.customers.queries import customer
from core.db import db
from core.deals.facts import Due, SoldLine
from core.errors import DomainError
from core.ids import new_id
from core.numbers import next_number
from core.people import current_person
from modules.loyalty.events import PointsRedeemed, VoucherSold
from modules.loyalty.models import Balance
from modules.loyalty.queries import points_of


class TooFewPoints(DomainError):
    """A customer cannot exchange more points than there are."""

    code: ClassVar[str] = "too_few_points"

    def message(self) -> str:
        """Say how many there are."""
        return _("There are only %(points)s points. Redeem fewer.", points=self.extra["points"])


def sell_voucher(customer_id: UUID, amount: Decimal) -> str:
    """Sell a voucher; returns the number under which everybody sees the sale."""
    number, buyer, seller = next_number("VO"), customer(customer_id), current_person()
    line = SoldLine(
        line_id=new_id(),
        sku="VOUCHER",
        name="Voucher",
        unit="piece",
        quantity=Decimal(1),
        unit_price=amount,
        amount=amount,
        tax=Decimal("0.00"),
    )
    publish(
        VoucherSold(
            deal_id=new_id(),
            number=number,
            customer_id=buyer.id,
            customer_name=buyer.name,
            currency=company().currency,
            happened_on=today(),
            document=number,
            seller_id=seller.id,
            seller_name=seller.name,
            lines=(line,),
            dues=(Due(amount=amount, on=today(), kind="balance"),),
            voucher_code=number,
        )
    )
    return number


def redeem_points(customer_id: UUID, points: int, reason: str) -> None:
    """Exchange points for something.

    Raises:
        TooFewPoints: when the customer has not collected so many.
    """
    if points > (have := points_of(customer_id)):
        raise TooFewPoints(points=have)
    publish(PointsRedeemed(customer_id=customer_id, points=points, reason=reason))


def count_points(customer_id: UUID, points: int) -> None:
    """Add points to a customer's balance, or take them off."""
    balance = db.session.get(Balance, customer_id)
    if balance is None:
        balance = Balance(customer_id=customer_id, points=0)
        db.session.add(balance)
    balance.points += points
    db.session.flush()
