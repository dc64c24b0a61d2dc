"""What the owner decides about messages: the settings; and where mails reach a customer."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _

from core.customers.emails import is_address
from core.customers.models import Customer
from core.customers.queries import customer
from core.db import db
from core.errors import EditedMeanwhile, InvalidInput
from core.live.hints import hint
from core.messages.models import MessageSettings
from core.messages.settings import settings
from core.text import tidy

FIELDS = ("signature", "ending", "refusals", "mail_from", "public_url", "opens", "closes", "gap")


def decide_settings(version: int | None, **values: Any) -> MessageSettings:
    """Save how this company writes.

    Raises:
        InvalidInput: naming what must be corrected.
        EditedMeanwhile: when somebody saved it since.
    """
    if values["opens"] >= values["closes"]:
        raise InvalidInput({"closes": _("Messages must stop later than they begin.")})
    if any(sign in values["signature"] for sign in "【】"):
        raise InvalidInput({"signature": _("Leave out 【】: they are put around it.")})
    row = db.session.get(MessageSettings, 1, with_for_update=True)
    if row is None:
        row = MessageSettings(id=1, **{name: getattr(settings(), name) for name in FIELDS})
        row.version = 1
        db.session.add(row)
        db.session.flush()
    if version is not None and version != row.version:
        raise EditedMeanwhile(version=row.version)
    row.version += 1
    for name in FIELDS:
        setattr(row, name, values[name])
    hint("messages.settings")
    return row


def set_email(customer_id: UUID, email: str) -> Customer:
    """Enter where mails reach a customer; empty takes it away.

    Raises:
        InvalidInput: when it is no address.
    """
    row, email = customer(customer_id), tidy(email)
    if email and not is_address(email):
        raise InvalidInput({"email": _("Enter an e-mail address such as name@company.com.")})
    row.email = email
    hint("customers", str(row.id))
    return row
