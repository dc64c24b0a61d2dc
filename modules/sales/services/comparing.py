"""What an order said before and after a change, for its history."""

from core.money import money_text, quantity_text
from modules.sales.models import Order, OrderLine

Seen = dict[str, str]


def seen(order: Order) -> Seen:
    """Return what a person can change of an order, as text, by the names of the form's fields."""
    fields = {
        "customer_id": order.customer_name,
        "promised_on": order.promised_on.isoformat() if order.promised_on else "",
        "deposit": _deposit(order),
        "note": order.note,
    }
    for line in order.lines:
        if line.quantity:
            fields[f"line {line.id}"] = _line(line)
    return fields


def differences(before: Seen, after: Seen) -> list[list[str]]:
    """Return [field, before, after] of whatever differs; a line that came or went has one side."""
    names = [*before, *(name for name in after if name not in before)]
    return [
        [name.split(" ")[0], before.get(name, ""), after.get(name, "")]
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _deposit(order: Order) -> str:
    if order.deposit_kind is None:
        return ""
    if order.deposit_percent is not None:
        return f"{quantity_text(order.deposit_percent)} %"
    return money_text(order.deposit_amount or order.total)


def _line(line: OrderLine) -> str:
    discount = f" −{quantity_text(line.discount_percent)} %" if line.discount_percent else ""
    return (
        f"{line.name} · {quantity_text(line.quantity)} {line.unit} × "
        f"{money_text(line.unit_price)}{discount}"
    )
