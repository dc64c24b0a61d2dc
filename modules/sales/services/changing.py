"""Change a quotation freely, and an order as far as it has not been shipped."""

from collections.abc import Sequence

from core.db import db
from core.deals.locking import lock
from core.text import tidy_lines
from core.versions import claim
from modules.sales.drafts import OrderChanges
from modules.sales.errors import OrderIsCancelled
from modules.sales.models import Order
from modules.sales.pricing import PricedLine, priced, total_of
from modules.sales.services.amending import amend
from modules.sales.services.comparing import differences, seen
from modules.sales.services.matching import completed
from modules.sales.services.records import (
    buyer,
    held_order,
    make_findable,
    new_line,
    noted,
    price_line,
    take_terms,
)


def change_order(
    number: str, changes: OrderChanges, *, version: int | None = None, reason: str = ""
) -> Order:
    """Change what is given; `version` is the one that the person saw.

    A quotation is rewritten. Of an order everybody is told what came and what went, in one
    transaction; what was shipped stays as it was sold.

    Raises:
        OrderNotFound: when there is none.
        OrderIsCancelled: when it was called off.
        AlreadyShipped: when less was asked for than has left the house.
        EditedMeanwhile: when somebody changed it after that version.
        InvalidInput: naming every field that must be corrected.
    """
    order = held_order(number)
    if order.state == "cancelled":
        raise OrderIsCancelled(order=number)
    picture = lock([order.id])[order.id] if order.state == "confirmed" else None
    before = seen(order)
    claim(order, version)
    if picture is None:
        _rewrite(order, changes)
    else:
        amend(order, picture, changes, tidy_lines(reason))
    db.session.flush()
    if changed := differences(before, seen(order)):
        noted(order, "changed", tidy_lines(reason), changed)
    return order


def _rewrite(order: Order, changes: OrderChanges) -> None:
    if "customer_id" in changes:
        card = buyer(changes["customer_id"])
        order.customer_id, order.customer_name = changes["customer_id"], card.name
    if "lines" in changes:
        lines = priced(completed(order.lines, changes["lines"]))
        _replace_lines(order, lines)
        order.currency, order.total = lines[0].product.currency, total_of(lines)
    take_terms(order, changes)
    make_findable(order)


def _replace_lines(order: Order, lines: Sequence[PricedLine]) -> None:
    rows = {row.id: row for row in order.lines}
    kept = {line.draft.line_id for line in lines}
    order.lines[:] = [row for row in order.lines if row.id in kept]
    for position, line in enumerate(lines, 1):
        row = rows.get(line.draft.line_id) if line.draft.line_id else None
        if row is None:
            new_line(order, position, line)
            continue
        row.position = position
        row.sku, row.name, row.unit = line.product.sku, line.product.name, line.product.unit
        row.tax_rate = line.product.tax_rate
        price_line(row, line)
