"""What is written on a receipt."""

from flask_babel import gettext as _
from flask_babel import pgettext

from core.money import format_money
from core.papers import blocks
from core.papers.blocks import Content, day, facts
from core.papers.contents import contents, due_name
from core.papers.papers import Allocation, Receipt
from core.papers.words import amount_in_words

#: With more orders than this a slip of a third of a page is too small.
_ORDERS_ON_A_SLIP = 5


def method_name(method: str) -> str:
    """Name the way in which money was paid."""
    names = {
        "cash": _("Cash"),
        "transfer": _("Bank transfer"),
        "card": _("Card"),
        "wechat": _("WeChat Pay"),
        "alipay": _("Alipay"),
    }
    return names.get(method, method)


@contents.register
def _receipt(paper: Receipt, language: str) -> tuple[str, Content]:
    owed = paper.still_owed
    return "receipt.typ", {
        "title": _("Receipt"),
        "number": paper.number,
        "company": blocks.head_block(paper.company),
        "copies": list(paper.copies) or [_("Stub"), _("Customer's copy"), _("Book-keeping copy")],
        "slips": len(paper.allocations) <= _ORDERS_ON_A_SLIP,
        "sentences": facts(
            (_("Date"), day(paper.on)),
            (_("Received from"), blocks.breakable(paper.payer)),
            (pgettext("paper", "For"), _purpose(paper)),
        ),
        "words": (_("Amount in words"), amount_in_words(paper.amount, paper.currency, language)),
        "amount": format_money(paper.amount, paper.currency),
        "facts": facts(
            (_("Paid by"), method_name(paper.method)),
            (_("Still owed"), "" if owed is None else format_money(owed, paper.currency)),
            (_("Remarks"), paper.remarks),
        ),
        "signatures": [
            (_("Money taken by"), paper.received_by),
            (_("Handled by"), paper.handled_by),
            (_("Payee (seal)"), paper.company.name),
        ],
        "notices": [_("This receipt is not a tax invoice.")],
    }


def _purpose(paper: Receipt) -> str:
    parts = [_allocation(part, paper) for part in paper.allocations]
    if paper.credit:
        credit = format_money(paper.credit, paper.currency)
        parts.append(_("kept as credit %(amount)s", amount=credit))
    return _("; ").join(parts)


def _allocation(part: Allocation, paper: Receipt) -> str:
    kind = due_name(part.kind)
    number = part.order_number
    what = (
        _("%(kind)s for order %(number)s", kind=kind, number=number)
        if kind
        else _("Order %(number)s", number=number)
    )
    # The amount of a single order is that of the receipt and stands below in words.
    if len(paper.allocations) == 1 and not paper.credit:
        return what
    return f"{what} {format_money(part.amount, paper.currency)}"
