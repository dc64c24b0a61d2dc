"""Letters and address labels, as PDF."""

from collections.abc import Sequence

from flask_babel import force_locale, format_date
from flask_babel import gettext as _

from core.clock import local, today
from core.company import company
from core.messages.models import Message
from core.messages.queries import shown
from core.papers import blocks
from core.papers.blocks import language_of
from core.papers.engine import typeset
from core.papers.papers import letterhead


def letters(rows: Sequence[Message]) -> bytes:
    """Return the letters, each on a page of its own, addressed for a window envelope."""
    with force_locale(company().language):
        pages = [
            {
                "name": one.customer,
                "address": blocks.breakable(one.row.recipient),
                "day": format_date(local(one.row.created_at).date(), "long"),
                "paragraphs": [part for part in one.row.body.split("\n") if part.strip()],
                "subject": one.row.subject,
            }
            for one in shown(rows)
        ]
        return _set("letter.typ", {"letters": pages})


def labels(rows: Sequence[Message]) -> bytes:
    """Return the addresses for sheets of 3 × 8 labels of 70 × 37 mm."""
    with force_locale(company().language):
        found = [
            {"name": one.customer, "address": blocks.breakable(one.row.recipient)}
            for one in shown(rows)
        ]
        return _set("labels.typ", {"labels": found})


def _set(template: str, content: dict[str, object]) -> bytes:
    head = blocks.head_block(letterhead())
    common = {"title": _("Letters"), "number": today().isoformat(), "company": head}
    return typeset(template, {**common, **content, "language": language_of(company().language)})
