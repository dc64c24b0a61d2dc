"""The templates that every company begins with; their words are msgids, kept in every language."""

from dataclasses import dataclass
from typing import Final

from core.messages.models import GREETING, LETTER, MAIL, MARKETING, SERVICE, SMS


def _l(text: str) -> str:
    """Mark words to be collected for translation."""
    return text


@dataclass(frozen=True)
class Preset:
    """A template as it comes."""

    key: str
    title: str
    kind: str
    channel: str
    body: str
    subject: str = ""


PRESETS: Final = (
    Preset(
        "delivery",
        _l("Delivery announced"),
        SERVICE,
        SMS,
        _l(
            "{salutation} your order {order} is delivered on {date}. Please check the goods"
            " when you receive them. {company} {company_phone}"
        ),
    ),
    Preset(
        "follow_up",
        _l("How are the goods?"),
        SERVICE,
        SMS,
        _l(
            "{salutation} {company} asks: is everything fine with {goods}? If not, call "
            "{company_phone} and we see to it."
        ),
    ),
    Preset(
        "payment",
        _l("Reminder of a payment"),
        SERVICE,
        MAIL,
        _l(
            "{salutation}\n\nof your order {order} {amount} are still open. If you have "
            "paid meanwhile, please disregard this. For questions call "
            "{company_phone}.\n\n{company}"
        ),
        _l("Your order {order}"),
    ),
    Preset(
        "feedback",
        _l("How content are you?"),
        SERVICE,
        SMS,
        _l(
            "{salutation} how content are you with us? One click tells us: {feedback} "
            "Thank you! {company}"
        ),
    ),
    Preset(
        "feedback_mail",
        _l("How content are you? (by mail)"),
        SERVICE,
        MAIL,
        _l(
            "{salutation}\n\nhow content are you with us? One click tells us what to keep "
            "and what to change: {feedback}\n\nThank you!\n\n{company}"
        ),
        _l("How content are you with us?"),
    ),
    Preset(
        "birthday",
        _l("Birthday greeting"),
        GREETING,
        SMS,
        _l("{salutation} we wish you a happy birthday and all the best. {company}"),
    ),
    Preset(
        "care",
        _l("Offer of maintenance"),
        MARKETING,
        SMS,
        _l(
            "{salutation} it is time to have {goods} cleaned and checked. Call "
            "{company_phone} for a day that suits you. {company}"
        ),
    ),
    Preset(
        "news",
        _l("News by mail"),
        MARKETING,
        MAIL,
        _l(
            "{salutation}\n\nwe have something new that may suit you. Call us at "
            "{company_phone}.\n\n{company}\n\nNo more such mails: {link}"
        ),
        _l("News from {company}"),
    ),
    Preset(
        "thanks",
        _l("Letter of thanks"),
        SERVICE,
        LETTER,
        _l(
            "{salutation}\n\nthank you for your order {order}. We hope that you enjoy "
            "{goods} for a long time, and are there for you whenever something is not as it"
            " should be.\n\n{company}, {today}"
        ),
        _l("Thank you"),
    ),
)  # fmt: skip
