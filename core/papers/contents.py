"""What is written on each paper, in the reader's language."""

from functools import singledispatch

from flask_babel import gettext as _
from flask_babel import pgettext

from core.deals.facts import Due, DueKind
from core.money import ZERO, format_money
from core.papers import blocks
from core.papers.blocks import Content, day, facts, place_to_sign, total_row
from core.papers.papers import DeliveryNote, Invoice, OrderPaper, Paper

#: Terms longer than this stand between the total and the signatures and may break.
_LONG_TEXTS = 900


@singledispatch
def contents(paper: Paper, language: str) -> tuple[str, Content]:
    """Return the template of a paper and the words and figures to fill it with."""
    raise TypeError(f"no template for {type(paper).__name__} in {language}")


@contents.register
def _delivery_note(paper: DeliveryNote, language: str) -> tuple[str, Content]:
    columns = blocks.goods_columns(
        paper.currency, prices=paper.show_prices, discounts=False, taxes=False
    )
    priced = paper.show_prices
    return "delivery_note.typ", {
        **_common(paper, _("Delivery note")),
        **blocks.goods_table(paper.lines, columns),
        "party": blocks.party_block(_("Deliver to"), paper.customer),
        "facts": facts(
            (_("Date"), day(paper.on)),
            (_("Order number"), paper.order_number),
            (_("Salesperson"), paper.seller_name),
            (_("Delivered by"), paper.delivered_by),
        ),
        "totals": [total_row(_("Total"), paper.total, paper.currency, strong=True)]
        if priced
        else [],
        "words": [blocks.words(paper.total, paper.currency, language)] if priced else [],
        "notices": [_("Please count and check the goods before you sign.")],
        "highlights": _to_collect(paper, language),
        "places": [
            place_to_sign(
                _("Delivered by"), paper.company.name, signature=_("Signature of the driver")
            ),
            place_to_sign(
                _("Received by"),
                paper.customer.name,
                signature=_("Full name of the receiver"),
                seal=_("Seal of the customer"),
            ),
        ],
    }


@contents.register
def _invoice(paper: Invoice, language: str) -> tuple[str, Content]:
    columns = blocks.goods_columns(paper.currency, prices=True, discounts=False, taxes=True)
    return "invoice.typ", {
        **_common(paper, _invoice_title(paper)),
        **blocks.goods_table(paper.lines, columns),
        "party": blocks.party_block(_("Bill to"), paper.customer),
        "facts": facts(
            (_("Date"), day(paper.on)),
            (_("Order number"), paper.order_number),
            (_("Corrects"), paper.corrects),
            (_("Due on"), day(paper.due_on) if paper.due_on else ""),
            (_("Salesperson"), paper.seller_name),
        ),
        "totals": _invoice_totals(paper),
        "words": [blocks.words(paper.total, paper.currency, language)],
        "notices": [_("This invoice is not a tax invoice.")],
        "texts": _texts((_("Pay to"), paper.company.bank_account), (_("Remarks"), paper.remarks)),
        "places": [
            place_to_sign("", "", signature=_("Prepared by")),
            place_to_sign(
                _("Issued by"),
                paper.company.name,
                signature=_("Signature"),
                seal=_("Seal"),
            ),
        ],
    }


@contents.register
def _order(paper: OrderPaper, language: str) -> tuple[str, Content]:
    quotation = paper.kind == "quotation"
    discounts = any(line.discount_percent for line in paper.lines)
    columns = blocks.goods_columns(paper.currency, prices=True, discounts=discounts, taxes=True)
    return "order.typ", {
        **_common(paper, _("Quotation") if quotation else _("Sales order")),
        **blocks.goods_table(paper.lines, columns),
        "party": blocks.party_block(_("Customer"), paper.customer),
        "facts": facts(
            (_("Date"), day(paper.on)),
            (_("Valid until"), day(paper.valid_until) if paper.valid_until else ""),
            (_("Promised for"), day(paper.promised_on) if paper.promised_on else ""),
            (_("Salesperson"), paper.seller_name),
        ),
        "totals": [total_row(_("Total with tax"), paper.total, paper.currency, strong=True)],
        "words": [blocks.words(paper.total, paper.currency, language)],
        "notices": [_("All prices include tax.")],
        "plan": _plan(paper),
        **_order_texts(paper),
        "places": _order_places(paper),
    }


def _common(paper: DeliveryNote | Invoice | OrderPaper, title: str) -> Content:
    return {
        "title": title,
        "number": paper.number,
        "company": blocks.head_block(paper.company),
        "copies": list(paper.copies) or [""],
        "page_label": _("Page %(page)s of %(pages)s", page="%(page)s", pages="%(pages)s"),
        "highlights": [],
        "plan": {"label": "", "rows": []},
        "long_texts": False,
        "texts": _texts((_("Remarks"), paper.remarks)),
    }


def _texts(*rows: tuple[str, str]) -> list[tuple[str, str]]:
    return [(label, text.strip()) for label, text in rows if text.strip()]


def _to_collect(paper: DeliveryNote, language: str) -> list[Content]:
    if paper.to_collect is None:
        return []
    if not paper.to_collect:
        return [
            {
                "label": _("Nothing to collect"),
                "words": _("This delivery is paid for."),
                "value": format_money(ZERO, paper.currency),
            }
        ]
    label, words = blocks.words(paper.to_collect, paper.currency, language)
    return [
        {
            "label": _("To collect at the door"),
            "words": f"{label}  {words}",
            "value": format_money(paper.to_collect, paper.currency),
        }
    ]


def _invoice_title(paper: Invoice) -> str:
    # "Invoice" alone means the tax invoice on Chinese screens; this paper is none.
    return pgettext("paper", "Credit note") if paper.corrects else pgettext("paper", "Invoice")


def _invoice_totals(paper: Invoice) -> list[Content]:
    tax = sum((line.tax for line in paper.lines), ZERO)
    rows = [
        total_row(_("Net amount"), paper.total - tax, paper.currency),
        total_row(_("Tax"), tax, paper.currency),
        total_row(_("Total with tax"), paper.total, paper.currency, strong=True),
    ]
    if paper.received:
        rows.append(total_row(_("Received"), paper.received, paper.currency))
        rows.append(
            total_row(_("To pay"), paper.total - paper.received, paper.currency, strong=True)
        )
    return rows


def due_name(kind: DueKind | None) -> str:
    """Name a part of the payment plan: 定金 binds, 订金 does not, so never one for the other."""
    names = {
        "earnest": _("Earnest money (定金)"),
        "prepayment": _("Down payment (订金)"),
        "instalment": _("Instalment"),
        "balance": _("Balance payment"),
    }
    return names.get(kind or "", "")


def _plan(paper: OrderPaper) -> Content:
    rows = [
        (due_name(part.kind), format_money(part.amount, paper.currency), _moment(part))
        for part in paper.dues
    ]
    return {"label": _("Payment plan"), "rows": rows}


def _moment(part: Due) -> str:
    if part.on and part.before_shipping:
        return _("by %(day)s, before shipping", day=day(part.on))
    if part.on:
        return _("by %(day)s", day=day(part.on))
    return _("before shipping") if part.before_shipping else ""


def _order_texts(paper: OrderPaper) -> Content:
    texts = _texts(
        (_("Delivery address"), paper.delivery_address),
        (_("Terms"), paper.terms),
        (_("Pay to"), paper.company.bank_account),
        (_("Remarks"), paper.remarks),
    )
    long_texts = sum(len(text) + 40 * text.count("\n") for _label, text in texts) > _LONG_TEXTS
    return {"texts": texts, "long_texts": long_texts}


def _order_places(paper: OrderPaper) -> list[Content]:
    ours = place_to_sign(
        _("Seller"), paper.company.name, signature=_("Signature"), seal=_("Seal of the seller")
    )
    buyer = place_to_sign(
        _("Buyer"), paper.customer.name, signature=_("Signature"), seal=_("Seal of the buyer")
    )
    return [ours, buyer]
