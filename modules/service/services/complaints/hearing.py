"""Hear the customer out and find the cause."""

from dataclasses import dataclass
from uuid import UUID

from flask_babel import gettext as _

from bus import publish
from core.customers.resolution import same_customer
from core.deals.locking import lock
from core.deals.picture import Picture
from core.deals.queries import deal_by_id
from core.errors import InvalidInput
from core.text import tidy
from modules.service.errors import OrderNamedAlready
from modules.service.models import Complaint
from modules.service.models.complaints import CAUSE, HEAR
from modules.service.services.complaints.acts import append, checked, held
from modules.service.services.complaints.told import opened


@dataclass(frozen=True, kw_only=True)
class Goods:
    """The goods that a complaint is about, as far as they are known."""

    line_id: UUID | None = None
    lot: str = ""
    serial: str = ""

    def __bool__(self) -> bool:
        return bool(self.line_id or self.lot or self.serial)


def hear(complaint_id: UUID, kind: str, text: str) -> Complaint:
    """The customer was called and heard: what it is about, and what else she says."""
    complaint = held(complaint_id, HEAR)
    complaint.kind = kind
    append(complaint, "heard", checked(text), {"kind": kind})
    return complaint


def find_cause(
    complaint_id: UUID, cause: str, department: str, text: str, goods: Goods | None = None
) -> Complaint:
    """The cause was found: whose it is, and in which department it arose."""
    complaint = held(complaint_id, CAUSE)
    if goods:
        _name(complaint, goods)
    complaint.cause, complaint.department = cause, department
    words = {"cause": cause, "department": department}
    append(complaint, "cause_found", checked(text), words)
    return complaint


def name_goods(complaint_id: UUID, deal_id: UUID | None, goods: Goods) -> Complaint:
    """Say which order, line, lot or piece it is about, as soon as that is known.

    Raises:
        OrderNamedAlready: when it is about another order.
        InvalidInput: when the order is somebody else's, or has no such line.
    """
    complaint = held(complaint_id)
    if deal_id is not None and complaint.deal_id is None:
        _name_order(complaint, deal_id)
    elif deal_id not in (None, complaint.deal_id):
        raise OrderNamedAlready(order=complaint.order)
    _name(complaint, goods)
    about = (complaint.order, complaint.product, complaint.lot, complaint.serial)
    append(complaint, "named", " · ".join(filter(None, about)))
    return complaint


def _name_order(complaint: Complaint, deal_id: UUID) -> None:
    deal = lock([deal_id])[deal_id]
    if deal.customer_id not in same_customer(complaint.customer_id):
        raise InvalidInput({"order": _("This order is another customer's. Check its number.")})
    complaint.deal_id, complaint.order = deal.deal_id, deal.number
    publish(opened(complaint, deal))


def _name(complaint: Complaint, goods: Goods) -> None:
    if goods.line_id is not None:
        if complaint.deal_id is None:
            raise InvalidInput({"order": _("Name the order of these goods.")})
        _name_line(complaint, deal_by_id(complaint.deal_id), goods.line_id)
    complaint.lot = tidy(goods.lot) or complaint.lot
    complaint.serial = tidy(goods.serial) or complaint.serial


def _name_line(complaint: Complaint, deal: Picture, line_id: UUID) -> None:
    line = next((line for line in deal.lines if line.line_id == line_id), None)
    if line is None:
        raise InvalidInput({"line_id": _("This line does not belong to the order.")})
    complaint.line_id, complaint.sku, complaint.product = line.line_id, line.sku, line.name
