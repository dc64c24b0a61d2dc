"""Templates, messages with what became of each, what customers want, and the settings."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index, String, Text, Uuid
from sqlalchemy.orm import Mapped, mapped_column

from core.clock import now
from core.columns import Code, UtcDateTime
from core.db import Base
from core.ids import new_id

SERVICE, MARKETING, GREETING = "service", "marketing", "greeting"
KINDS = (SERVICE, MARKETING, GREETING)
SMS, MAIL, LETTER = "sms", "mail", "letter"
CHANNELS = (SMS, MAIL, LETTER)
#: How far a message is; the last one written down counts.
WAITING, NOTED, SENT, FAILED, REFUSED = "waiting", "noted", "sent", "failed", "refused"
ARRIVED, OPENED, ANSWERED = "arrived", "opened", "answered"
BECAME = (ARRIVED, OPENED, ANSWERED, FAILED, REFUSED)
STATES = (WAITING, NOTED, SENT, *BECAME)


class MessageTemplate(Base):
    """A text with places to be filled in, in several languages."""

    __tablename__ = "core_message_template"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(Code)
    channel: Mapped[str] = mapped_column(Code)
    #: language -> {"subject": …, "body": …}
    texts: Mapped[dict[str, Any]] = mapped_column(JSON)
    #: The preset that it came from, by which programs name it.
    preset: Mapped[str | None] = mapped_column(String(60), unique=True)
    version: Mapped[int] = mapped_column(default=1)


class Message(Base):
    """One message to one customer, as it was written; what became of it is appended."""

    __tablename__ = "core_message"
    __table_args__ = (
        Index("ix_core_message_customer", "customer_id", "created_at"),
        Index("ix_core_message_created", "created_at", "id"),
        Index("ix_core_message_waiting", "state", "not_before"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    #: What was asked for under one key is sent once.
    key: Mapped[str] = mapped_column(String(200), unique=True)
    customer_id: Mapped[UUID] = mapped_column(Uuid)
    template: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(Code)
    channel: Mapped[str] = mapped_column(Code)
    language: Mapped[str] = mapped_column(String(20))
    #: The number, the e-mail address, or the place as it stands on an envelope.
    recipient: Mapped[str] = mapped_column(String(400), index=True)
    subject: Mapped[str] = mapped_column(String(200), default="")
    body: Mapped[str] = mapped_column(Text)
    #: The order's number, for showing.
    about: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(Code)
    #: Not at night: it waits until then.
    not_before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    created_by: Mapped[str | None] = mapped_column(String(120))


class MessageAct(Base):
    """One thing that became of a message; appended, never changed."""

    __tablename__ = "core_message_act"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    message_id: Mapped[UUID] = mapped_column(ForeignKey("core_message.id"), index=True)
    act: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text, default="")


class Consent(Base):
    """Whether a customer wants advertising, by whom and how it was said; appended."""

    __tablename__ = "core_message_consent"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=new_id)
    customer_id: Mapped[UUID] = mapped_column(Uuid, index=True)
    opted_out: Mapped[bool]
    #: hand, link or answer.
    how: Mapped[str] = mapped_column(Code)
    at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    by: Mapped[str | None] = mapped_column(String(120))


class MessageSettings(Base):
    """How this company writes: one row."""

    __tablename__ = "core_message_settings"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Stands first in every text message, as 【晨光】; empty means the company's name.
    signature: Mapped[str] = mapped_column(String(40), default="")
    #: The last words of a text message that advertises.
    ending: Mapped[str] = mapped_column(String(60), default="拒收请回复R")
    #: Who answers with one of these wants no advertising.
    refusals: Mapped[str] = mapped_column(String(200), default="R T TD 退订")
    mail_from: Mapped[str] = mapped_column(String(200), default="")
    #: Where customers reach this installation, for the link in mails.
    public_url: Mapped[str] = mapped_column(String(200), default="")
    #: Messages go out between these hours.
    opens: Mapped[int] = mapped_column(default=9)
    closes: Mapped[int] = mapped_column(default=20)
    #: Days between two messages that advertise.
    gap: Mapped[int] = mapped_column(default=7)
    version: Mapped[int] = mapped_column(default=1)
