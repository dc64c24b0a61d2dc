"""How this company writes: signature, hours, and the link by which advertising is refused."""

from datetime import time
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from core.calendar.hours import Hours
from core.company import company
from core.db import db
from core.messages.errors import LinkUnknown
from core.messages.models import MessageSettings

_PRESETS = MessageSettings(
    id=1,
    signature="",
    ending="拒收请回复R",
    refusals="R T TD 退订",
    mail_from="",
    public_url="",
    opens=9,
    closes=20,
    gap=7,
    version=1,
)


def settings() -> MessageSettings:
    """Return the settings; the presets before anybody has saved some."""
    return db.session.get(MessageSettings, 1) or _PRESETS


def signature() -> str:
    """Return who writes, as it stands first in every text message."""
    return settings().signature or company().name


def window() -> Hours:
    """Return the hours in which messages go out."""
    row = settings()
    return Hours(time(row.opens), time(row.closes % 24))


def is_refusal(text: str) -> bool:
    """Whether an answer means that she wants no advertising."""
    return text.strip().casefold() in {each.casefold() for each in settings().refusals.split()}


def link_of(customer_id: UUID) -> str:
    """Return her link to refuse advertising; empty while nobody has said where we are reached."""
    base = settings().public_url.rstrip("/")
    return f"{base}/m/{_signer().dumps(customer_id.hex)}" if base else ""


def customer_of(token: str) -> UUID:
    """Return whose link it is.

    Raises:
        LinkUnknown: when this company has not given it out.
    """
    try:
        return UUID(str(_signer().loads(token)))
    except (BadData, ValueError):
        raise LinkUnknown from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="lamplit-no-advertising")
