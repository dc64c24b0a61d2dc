"""Propose what the company does for a customer who complained."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from flask_babel import gettext as _

from core.clock import now
from core.db import db
from core.deals.picture import Line, Picture
from core.deals.queries import deal_by_id
from core.errors import InvalidInput
from core.ids import new_id
from core.money import ZERO
from core.people.identity import current_person
from modules.service.errors import (
    CompensationNeedsOrder,
    MoreThanPrice,
    NotWithCustomerAnymore,
)
from modules.service.models import Compensation, CompensationLine, Complaint
from modules.service.models.compensations import NONE, OF_GOODS, OF_MONEY, REPAIR
from modules.service.models.complaints import PROPOSE
from modules.service.queries.limits import is_within
from modules.service.services.complaints.acts import append, checked, held


@dataclass(frozen=True, kw_only=True)
class ProposedGoods:
    """A quantity of one line of the order."""

    line_id: UUID
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What the customer is to be offered, in words and as a compensation."""

    text: str
    kind: str = NONE
    #: For money.
    amount: Decimal | None = None
    #: For goods.
    lines: Sequence[ProposedGoods] = ()


def propose(complaint_id: UUID, proposal: Proposal) -> Complaint:
    """Propose it; above one's own limit it waits until somebody else has approved it.

    Raises:
        CompensationNeedsOrder: when money or goods are proposed and no order is named.
        MoreThanPrice, NotWithCustomerAnymore: when there is not so much to give.
        InvalidInput: naming every field that must be corrected.
    """
    complaint = held(complaint_id, PROPOSE)
    compensation = _compensation(complaint, proposal)
    within = is_within(compensation.amount, current_person())
    compensation.state = "proposed" if within else "asked"
    db.session.add(compensation)
    words = {"compensation": str(compensation.id), "kind": compensation.kind}
    append(complaint, "proposed" if within else "asked_approval", compensation.text, words)
    return complaint


def check_possible(compensation: Compensation, deal: Picture) -> None:
    """Refuse what the order no longer allows, as it stands now.

    Raises:
        MoreThanPrice, NotWithCustomerAnymore: when there is not so much to give.
    """
    if compensation.kind in OF_MONEY and compensation.amount > deal.net:
        raise MoreThanPrice(max(ZERO, deal.net), deal.currency)
    known = {line.line_id: line for line in deal.lines}
    for one in compensation.lines:
        there = known[one.line_id].with_customer
        if one.quantity > there:
            raise NotWithCustomerAnymore(one.name, there)


def _compensation(complaint: Complaint, proposal: Proposal) -> Compensation:
    person = current_person()
    made = Compensation(
        id=new_id(),
        complaint_id=complaint.id,
        kind=proposal.kind,
        deal_id=complaint.deal_id,
        amount=ZERO,
        currency="",
        text=checked(proposal.text),
        state="proposed",
        proposed_at=now(),
        proposed_by=person.name,
        proposed_by_id=person.id,
        lines=[],
        parts=[],
    )
    if proposal.kind != NONE:
        _fill(made, complaint, proposal)
    return made


def _fill(made: Compensation, complaint: Complaint, proposal: Proposal) -> None:
    if complaint.deal_id is None:
        raise CompensationNeedsOrder
    deal = deal_by_id(complaint.deal_id)
    made.currency = deal.currency
    if proposal.kind in OF_MONEY:
        if not proposal.amount or proposal.amount < 0:
            raise InvalidInput({"amount": _("Enter an amount above zero.")})
        made.amount = proposal.amount
    if proposal.kind in OF_GOODS:
        made.lines.extend(_lines(deal, proposal.lines))
        if proposal.kind != REPAIR:
            known = {line.line_id: line for line in deal.lines}
            made.amount = sum((known[one.line_id].value(one.quantity) for one in made.lines), ZERO)
    check_possible(made, deal)


def _lines(deal: Picture, wanted: Sequence[ProposedGoods]) -> list[CompensationLine]:
    if not wanted:
        raise InvalidInput({"lines": _("Enter of which goods, and how many.")})
    known = {line.line_id: line for line in deal.lines}
    return [_line(at, known.get(one.line_id), one.quantity) for at, one in enumerate(wanted)]


def _line(at: int, line: Line | None, quantity: Decimal) -> CompensationLine:
    if line is None:
        raise InvalidInput({f"lines.{at}.line_id": _("This line does not belong to the order.")})
    if quantity <= 0:
        raise InvalidInput({f"lines.{at}.quantity": _("Enter a number above zero.")})
    return CompensationLine(
        position=at + 1,
        line_id=line.line_id,
        sku=line.sku,
        name=line.name,
        unit=line.unit,
        quantity=quantity,
        returned=ZERO,
        delivered=ZERO,
    )
