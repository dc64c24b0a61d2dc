"""What is written on a warranty card."""

from flask_babel import gettext as _

from core.papers import blocks
from core.papers.blocks import Content, day, facts
from core.papers.contents import contents
from core.papers.papers import WarrantyCard


@contents.register
def _warranty_card(paper: WarrantyCard, _language: str) -> tuple[str, Content]:
    main = day(paper.main_ends_on) if paper.main_ends_on else ""
    return "warranty.typ", {
        "title": _("Warranty card"),
        "number": blocks.breakable(paper.number),
        "company": blocks.head_block(paper.company),
        "facts": facts(
            (_("Goods"), blocks.breakable(paper.product)),
            (_("Model"), paper.sku),
            (_("Serial number"), blocks.breakable(paper.serial)),
            (_("Lot"), blocks.breakable(paper.lot)),
            (_("Buyer"), blocks.breakable(paper.customer)),
            (_("Phone"), paper.phone),
            (_("Order number"), paper.order_number),
            (_("Begins on"), day(paper.starts_on)),
            (_("Whole until"), day(paper.ends_on)),
            (_("%(part)s until", part=paper.main_part or _("Main part")), main),
        ),
        "texts": facts((_("Free of charge"), paper.free), (_("Charged"), paper.charged)),
        "code": paper.code,
        "scan": _("Scan and register; we then know whom to help."),
        "address": blocks.breakable(paper.address),
    }
