"""What sales listens to."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from flask_babel import lazy_gettext as _l

from bus import reading, subscribe
from core.tasks.kinds import TaskKind, task_kind
from modules.sales.drafts import LineDraft
from modules.sales.services.repeating import REPEAT, repeat
from modules.sales.services.replacing import Exchange, replace_goods

task_kind(TaskKind(REPEAT, _l("Repeat order"), "sales.sell", "sales", "arrow-repeat"))


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One product that is wanted again."""

    sku: str
    quantity: Decimal


@reading("service.repeat_requested")
class RepeatWanted:
    """What sales needs to know of a wish for the same again."""

    task_id: UUID
    customer_id: UUID
    asked_by: UUID
    lines: tuple[Wanted, ...]


@subscribe(acts=True)
def write_repeat_order(wanted: RepeatWanted) -> None:
    """The quotation is there before the customer has hung up."""
    lines = [LineDraft(sku=line.sku, quantity=line.quantity) for line in wanted.lines]
    repeat(wanted.task_id, wanted.customer_id, lines, wanted.asked_by)


@dataclass(frozen=True, kw_only=True)
class PromisedGoods:
    """Goods that are exchanged."""

    line_id: UUID
    quantity: Decimal


@reading("service.compensation_agreed")
class Promised:
    """What sales needs to know of what a customer who complained was promised."""

    compensation_id: UUID
    complaint: str
    deal_id: UUID
    kind: str
    agreed_by: str
    lines: tuple[PromisedGoods, ...]


@subscribe(historical=False, acts=True)
def enter_replacement(told: Promised) -> None:
    """New goods go onto the order, free of charge; the warehouse ships them like any others."""
    if told.kind == "exchange":
        replace_goods(
            Exchange(
                compensation_id=told.compensation_id,
                complaint=told.complaint,
                deal_id=told.deal_id,
                by=told.agreed_by,
                goods={line.line_id: line.quantity for line in told.lines},
            )
        )
