"""The tasks of the warehouse: what its people are asked to do, in words."""

from typing import Final


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


#: Take back goods that a customer was promised to exchange or return.
EXPECTED: Final = "warehouse.expected_return"
TAKE_BACK: Final = _("Take goods back (complaint %(complaint)s)")
TAKE_BACK_SAY: Final = _("These come back: %(goods)s. When will it suit you that we fetch them?")
