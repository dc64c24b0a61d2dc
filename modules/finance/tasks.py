"""The tasks of finance: what its people are asked to do, in words."""

from typing import Final


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


#: Keep a promise that service has made to a customer who complained.
KIND: Final = "finance.compensation"
BOOK_IT: Final = _("Issue a credit note of %(amount)s (complaint %(complaint)s)")
GIVE_IT_BACK: Final = _("Give %(amount)s back (complaint %(complaint)s)")
