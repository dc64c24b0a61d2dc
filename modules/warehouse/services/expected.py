"""Goods that are to come back because of a promise; only handlers call this."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _

from core.clock import today
from core.company import company
from core.db import db
from core.deals.facts import Returned
from core.live.hints import hint
from core.money import quantity_text
from core.tasks import services as tasks
from modules.warehouse.models import ExpectedLine, ExpectedReturn
from modules.warehouse.queries.expected import of_deal
from modules.warehouse.services.shipment_rows import summed
from modules.warehouse.tasks import EXPECTED, TAKE_BACK, TAKE_BACK_SAY


@dataclass(frozen=True, kw_only=True)
class About:
    """Whose goods come back, and why."""

    id: UUID
    complaint: str
    deal_id: UUID
    number: str
    customer_id: UUID
    customer_name: str
    kind: str
    reason: str
    promised_on: date


@dataclass(frozen=True)
class Goods:
    """What comes back."""

    line_id: UUID
    sku: str
    name: str
    unit: str
    quantity: Decimal


def expect(about: About, goods: Sequence[Goods]) -> None:
    """Put it on the list of goods that are to come back."""
    db.session.add(
        ExpectedReturn(
            **asdict(about),
            is_open=True,
            lines=[
                ExpectedLine(position=at, returned=Decimal(0), **asdict(one))
                for at, one in enumerate(goods, 1)
            ],
        )
    )
    db.session.flush()
    hint("warehouse.shipments", about.number)


def came(back: Returned) -> None:
    """Note what came back: for the oldest promise first."""
    left = summed(back.lines)
    for row in of_deal(back.deal_id):
        for line in row.lines:
            taken = min(line.quantity - line.returned, left.get(line.line_id, Decimal(0)))
            if taken > 0:
                line.returned += taken
                left[line.line_id] -= taken
        row.is_open = any(line.returned < line.quantity for line in row.lines)
    db.session.flush()


def ask(expected_id: UUID) -> None:
    """Ask the warehouse's people to fetch or take the goods."""
    row = db.session.get(ExpectedReturn, expected_id)
    if row is None or not row.is_open:
        return
    goods = (f"{quantity_text(line.quantity)} {line.unit} {line.name}" for line in row.lines)
    tasks.ask(
        EXPECTED,
        _key(row),
        TAKE_BACK,
        today(),
        customer_id=row.customer_id,
        deal_id=row.deal_id,
        number=row.number,
        pool="warehouse",
        say=TAKE_BACK_SAY,
        reason="%(why)s",
        words={"complaint": row.complaint, "goods": ", ".join(goods), "why": row.reason},
    )


def stop_asking(deal_id: UUID) -> None:
    """Take the tasks back for what is here."""
    with force_locale(company().language):
        reason = _("The goods are here.")
    for row in of_deal(deal_id, open_only=False):
        if not row.is_open:
            tasks.withdraw(reason, unique_key=_key(row))


def _key(row: ExpectedReturn) -> str:
    return f"{EXPECTED}:{row.id}"
