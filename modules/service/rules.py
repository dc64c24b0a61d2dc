"""Which follow-ups a delivery brings: presets from what good service departments do."""

from dataclasses import dataclass
from typing import Final


def _(msgid: str) -> str:
    """Mark for the catalogues; each reader of a task sees it in her language."""
    return msgid


@dataclass(frozen=True)
class FollowUpRule:
    """Something to be asked some days after the goods are in the customer's hands."""

    kind: str
    days: int
    title: str
    #: What to say on the telephone.
    say: str


FOLLOW_UPS: Final = (
    FollowUpRule(
        "service.first_days",
        3,
        _("First days: is everything installed and understood?"),
        _("Did everything arrive as ordered? Is it installed, and do you know how to use it?"),
    ),
    FollowUpRule(
        "service.first_month",
        30,
        _("First month: call back"),
        _("How has it been working for you in the first month? What can we do better?"),
    ),
    FollowUpRule(
        "service.first_quarter",
        90,
        _("After 90 days: call back"),
        _("Are you still content? Is there anything you need or would like to see?"),
    ),
)
