"""From a paper to its PDF."""

from flask_babel import force_locale

from core.papers import receipts, warranty_cards  # register what is written on them
from core.papers.blocks import language_of
from core.papers.contents import contents
from core.papers.engine import typeset
from core.papers.papers import Paper

__all__ = ["receipts", "render", "warranty_cards"]


def render(paper: Paper, language: str) -> bytes:
    """Set a paper in a language ("en", "zh_Hans_CN") and return the PDF.

    Raises:
        NoChineseFont: instead of printing empty boxes.
    """
    with force_locale(language):
        template, content = contents(paper, language)
    return typeset(template, {**content, "language": language_of(language)})
