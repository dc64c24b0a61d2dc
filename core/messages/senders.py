"""Who carries a message out of the house: a mail server, or a folder that takes its place."""

import logging
import smtplib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formataddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app

from core.config import Settings

log = logging.getLogger(__name__)
_TIMEOUT = 20


@dataclass(frozen=True)
class Outgoing:
    """A message as its carrier needs it: plain values."""

    id: str
    channel: str
    recipient: str
    subject: str
    body: str
    sender_name: str
    sender: str
    #: Her link to refuse advertising; empty for messages that she cannot refuse.
    link: str


class RefusedForGood(Exception):
    """The carrier does not take it, and will not take it later: it says why."""


class Sender(Protocol):
    """A carrier. It may be given the same message again: its id tells that it is the same."""

    def send(self, out: Outgoing) -> str:
        """Send it and return what is worth writing down; raise RefusedForGood if it never goes."""


class Outbox:
    """Stands for a carrier where there is none: messages lie in a folder and go nowhere."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, out: Outgoing) -> str:
        """Write it into the folder, the same file at every try."""
        self._folder.mkdir(parents=True, exist_ok=True)
        if out.channel == "mail":
            name, content = f"{out.id}.eml", bytes(mail_of(out))
        else:
            name, content = f"{out.id}.txt", f"{out.recipient}\n\n{out.body}\n".encode()
        (self._folder / name).write_bytes(content)
        log.info("%s to %s… lies in the outbox as %s", out.channel, out.recipient[:6], name)
        return f"outbox/{name}"


class Smtp:
    """A mail server: smtp://user:password@host:587 (with STARTTLS), or smtps://…:465."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)

    def send(self, out: Outgoing) -> str:
        """Hand the mail over; a repeated try carries the same Message-ID."""
        try:
            with self._server() as server:
                server.send_message(mail_of(out))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as refusal:
            raise RefusedForGood(str(refusal)) from None
        return str(self._url.hostname)

    def _server(self) -> smtplib.SMTP:
        host, secure = self._url.hostname or "localhost", self._url.scheme == "smtps"
        port = self._url.port or (465 if secure else 25)
        kind = smtplib.SMTP_SSL if secure else smtplib.SMTP
        server = kind(host, port, timeout=_TIMEOUT)
        if not secure and server.ehlo()[0] == 250 and server.has_extn("starttls"):
            server.starttls()
        if self._url.username:
            server.login(unquote(self._url.username), unquote(self._url.password or ""))
        return server


def mail_of(out: Outgoing) -> EmailMessage:
    """Return the mail, the same at every try."""
    mail = EmailMessage()
    host = out.sender.rpartition("@")[2] or "lamplit.invalid"
    mail["Message-ID"] = f"<{out.id}@{host}>"
    mail["From"] = formataddr((out.sender_name, out.sender or f"nobody@{host}"))
    mail["To"] = out.recipient
    mail["Subject"] = out.subject
    if out.link:
        mail["List-Unsubscribe"] = f"<{out.link}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(out.body)
    return mail


Maker = Callable[[Settings], Sender]
_carriers: dict[str, Maker] = {}


def carrier(channel: str, maker: Maker) -> None:
    """Put a company's own carrier in, such as its provider of text messages."""
    _carriers[channel] = maker


def sender_for(channel: str) -> Sender:
    """Return who carries messages of a channel in this installation."""
    settings: Settings = current_app.extensions["lamplit_settings"]
    if channel in _carriers:
        return _carriers[channel](settings)
    if channel == "mail" and settings.smtp_url:
        return Smtp(settings.smtp_url)
    return Outbox(settings.home / "outbox")
