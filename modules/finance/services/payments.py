"""Take money: a deposit, a balance, an instalment, or one payment over several orders."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final
from uuid import UUID

from flask_babel import gettext as _

from bus import publish_many
from core.aggregates import Aggregate, Part
from core.clock import now, today
from core.company import company
from core.customers.errors import CustomerNotFound
from core.customers.queries import Named, name_of
from core.deals.facts import Paid
from core.deals.picture import DueStep, Picture
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.money import ZERO, format_money
from core.numbers import next_number
from core.people.identity import current_person
from modules.finance.errors import CollectionHeld, OwedChanged
from modules.finance.events import DepositReceived, PaymentReceived
from modules.finance.models import Payment, PaymentAllocation
from modules.finance.services import credit
from modules.finance.services.findable import make_findable
from modules.finance.services.orders import belongs_to, locked_all
from modules.finance.services.tender import CREDIT, Tender

Taken = tuple[Picture, Decimal]
_ALLOCATIONS: Final = Part("allocations", PaymentAllocation, "position")
_PAYMENTS: Final = Aggregate(Payment, _ALLOCATIONS)


def take_payment(tender: Tender) -> Payment:
    """Take the money for these orders, all of it or nothing.

    Raises:
        OwedChanged: more than is owed, and nobody said that the rest is the customer's credit.
        CollectionHeld: a concern holds collection, and nobody confirmed it.
        CreditShort: paid from the customer's credit, and less is there.
        InvalidInput: an order is not hers, or the amounts do not add up.
    """
    payer = _payer(tender)
    pictures = _orders(tender)
    parts = _parts(tender, pictures)
    rest = tender.amount - sum((amount for _picture, amount in parts), ZERO)
    currency = _currency(tender, pictures)
    _check_rest(tender, rest, parts, currency)
    payment = _record(tender, payer, parts, rest, currency)
    if tender.method == CREDIT:
        credit.use(payer.id, tender.amount, currency, payment.number)
    elif rest:
        credit.keep(payer.id, rest, currency, payment.number)
    publish_many([_fact(payment, picture, amount) for picture, amount in parts])
    hint("finance.payments", payment.number)
    return payment


def _payer(tender: Tender) -> Named:
    try:
        return name_of(tender.customer_id)
    except CustomerNotFound as error:
        raise InvalidInput({"customer_id": error.message()}) from None


def _orders(tender: Tender) -> list[Picture]:
    """Hold the orders and check that they are hers, each named once, in one currency."""
    fields = [f"allocations.{place}.order" for place in range(len(tender.shares))]
    numbers = [share.order for share in tender.shares]
    if len(set(numbers)) < len(numbers):
        raise InvalidInput({"allocations": _("Name each order once.")})
    pictures = locked_all(numbers, fields)
    for field, picture in zip(fields, pictures, strict=True):
        if not belongs_to(picture, tender.customer_id):
            text = _("Order %(order)s is another customer's.", order=picture.number)
            raise InvalidInput({field: text})
        if picture.currency != pictures[0].currency:
            text = _("Order %(order)s is in another currency.", order=picture.number)
            raise InvalidInput({field: text})
    return pictures


def _parts(tender: Tender, pictures: Sequence[Picture]) -> list[Taken]:
    """Say what of the money each order takes: at most what is owed on it now."""
    parts = []
    for share, picture in zip(tender.shares, pictures, strict=True):
        owed = max(picture.owed, ZERO)
        if share.amount > owed and not tender.keep_rest:
            raise OwedChanged(owed, picture.currency, order=picture.number)
        if (held := picture.holds("collection")) and not tender.despite_hold:
            raise CollectionHeld(order=picture.number, text=held[0].text)
        if amount := min(share.amount, owed):
            parts.append((picture, amount))
    return parts


def _currency(tender: Tender, pictures: Sequence[Picture]) -> str:
    if not pictures:
        return tender.currency or company().currency
    if tender.currency and tender.currency != pictures[0].currency:
        raise InvalidInput(
            {"currency": _("These orders are in %(currency)s.", currency=pictures[0].currency)}
        )
    return pictures[0].currency


def _check_rest(tender: Tender, rest: Decimal, parts: Sequence[Taken], currency: str) -> None:
    if rest < 0:
        asked = format_money(tender.amount - rest, currency)
        text = _("The orders add up to %(sum)s, more than was paid.", sum=asked)
        raise InvalidInput({"amount": text})
    if rest == 0:
        return
    if tender.method == CREDIT:
        text = _("Credit can only be used for what is owed. Enter the amount of the orders.")
        raise InvalidInput({"amount": text})
    if tender.keep_rest:
        return
    if parts and all(amount == picture.owed for picture, amount in parts):
        raise OwedChanged(parts[-1][1], currency, order=parts[-1][0].number)
    text = _(
        "%(rest)s of it is for no order. Say for which order, or keep it as the customer's credit.",
        rest=format_money(rest, currency),
    )
    raise InvalidInput({"amount": text})


def _record(
    tender: Tender, payer: Named, parts: Sequence[Taken], rest: Decimal, currency: str
) -> Payment:
    payment = _PAYMENTS.new(
        id=new_id(),
        # Credit that is used is no money that came in: it has a series of its own.
        number=next_number("CA" if tender.method == CREDIT else "RC"),
        customer_id=payer.id,
        customer_name=payer.name,
        currency=currency,
        amount=tender.amount,
        method=tender.method,
        credit=rest,
        taken_on=today(),
        at=now(),
        by=current_person().name,
    )
    payment.allocations = [
        _allocation(payment.id, place, *part) for place, part in enumerate(parts)
    ]
    _PAYMENTS.write([payment])
    make_findable("payment", payment, "finance.collect")
    return payment


def _allocation(
    payment_id: UUID, place: int, picture: Picture, amount: Decimal
) -> PaymentAllocation:
    step = next((due for due in picture.dues if due.open > 0), None)
    allocation: PaymentAllocation = _ALLOCATIONS.rows.like(
        payment_id=payment_id,
        position=place,
        deal_id=picture.deal_id,
        order=picture.number,
        amount=amount,
        kind=step.kind if step else None,
        owed_after=picture.owed - amount,
    )
    return allocation


def _fact(payment: Payment, picture: Picture, amount: Decimal) -> Paid:
    kind = DepositReceived if any(map(_open_deposit, picture.dues)) else PaymentReceived
    return kind(
        deal_id=picture.deal_id,
        number=picture.number,
        customer_id=picture.customer_id,
        customer_name=picture.customer,
        currency=picture.currency,
        happened_on=payment.taken_on,
        document=payment.number,
        payment_id=payment.id,
        amount=amount,
        method=payment.method,
    )


def _open_deposit(due: DueStep) -> bool:
    return due.open > 0 and (due.before_shipping or due.kind in ("earnest", "prepayment"))
