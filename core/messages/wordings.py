"""Templates: the presets that every company begins with, and what a company makes of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.messages.errors import TemplateNotFound
from core.messages.models import CHANNELS, KINDS, LETTER, SMS, MessageTemplate
from core.messages.presets import PRESETS
from core.messages.slots import places
from core.text import tidy, tidy_lines
from core.versions import claim
from core.web.languages import LANGUAGES

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_BODY, LONGEST_SMS = 120, 200, 5000, 450
#: What networks refuse in a text message: a second signature, and signs outside its alphabet.
_NOT_IN_SMS = "【】¥￥★"
#: language -> {"subject": …, "body": …}
Texts = Mapping[str, Mapping[str, str]]


def install() -> None:
    """Give the company the presets that are new to it, in every language."""
    known = set(db.session.scalars(select(MessageTemplate.preset)))
    for preset in PRESETS:
        if preset.key not in known:
            texts: dict[str, Any] = {}
            for code in LANGUAGES:
                with force_locale(code):
                    subject = _(preset.subject) if preset.subject else ""
                    texts[code] = {"subject": subject, "body": _(preset.body)}
            db.session.add(
                MessageTemplate(
                    id=new_id(),
                    name=preset.title,
                    kind=preset.kind,
                    channel=preset.channel,
                    texts=texts,
                    preset=preset.key,
                    version=1,
                )
            )
    db.session.flush()


def templates() -> Sequence[MessageTemplate]:
    """Return all templates: there are few."""
    order = (MessageTemplate.kind, MessageTemplate.channel, MessageTemplate.name)
    return db.session.scalars(select(MessageTemplate).order_by(*order, MessageTemplate.id)).all()


def template_named(name: str | UUID) -> MessageTemplate:
    """Return a template by its id or its preset's name.

    Raises:
        TemplateNotFound: when there is none.
    """
    if isinstance(name, UUID):
        row = db.session.get(MessageTemplate, name)
    else:
        row = db.session.scalar(select(MessageTemplate).where(MessageTemplate.preset == name))
        if row is None:
            row = db.session.get(MessageTemplate, _id(name)) if _id(name) else None
    if row is None:
        raise TemplateNotFound(template=str(name))
    return row


def make(name: str, kind: str, channel: str, texts: Texts) -> MessageTemplate:
    """Make a template.

    Raises:
        InvalidInput: naming what must be corrected.
    """
    row = MessageTemplate(id=new_id(), version=1)
    _write(row, name, kind, channel, texts)
    db.session.add(row)
    db.session.flush()
    hint("messages.templates", str(row.id))
    return row


def change(
    template_id: UUID,
    name: str,
    kind: str,
    channel: str,
    texts: Texts,
    *,
    version: int | None = None,
) -> MessageTemplate:
    """Change a template; what was sent with it stays as it was."""
    row = template_named(template_id)
    claim(row, version)
    _write(row, name, kind, channel, texts)
    db.session.flush()
    hint("messages.templates", str(row.id))
    return row


def titled(row: MessageTemplate) -> str:
    """Return what a template is called; a preset in the reader's language."""
    return str(_(row.name)) if row.preset else row.name


def wrong_in(channel: str, body: str, subject: str = "") -> dict[str, str]:
    """Return what must be corrected in a text, by "body" and "subject"."""
    errors: dict[str, str] = {}
    longest = LONGEST_SMS if channel == SMS else LONGEST_BODY
    if not body.strip():
        errors["body"] = _("Enter what is to be said.")
    elif len(body) > longest:
        errors["body"] = _("Enter at most %(number)s characters.", number=longest)
    elif channel == SMS and any(sign in body for sign in _NOT_IN_SMS):
        errors["body"] = _("Leave out 【】 ¥ ★: networks refuse them. The signature is put first.")
    if channel not in (SMS, LETTER) and not subject.strip():
        errors["subject"] = _("Enter the subject of the mail.")
    elif len(subject) > LONGEST_SUBJECT:
        errors["subject"] = _("Enter at most %(number)s characters.", number=LONGEST_SUBJECT)
    return errors


def _write(row: MessageTemplate, name: str, kind: str, channel: str, texts: Texts) -> None:
    errors: dict[str, str] = {}
    if not tidy(name) or len(tidy(name)) > LONGEST_NAME:
        errors["name"] = _("Enter a name, at most %(number)s characters.", number=LONGEST_NAME)
    if kind not in KINDS:
        errors["kind"] = _("Choose one from the list.")
    if channel not in CHANNELS:
        errors["channel"] = _("Choose one from the list.")
    kept = {
        code: {
            "subject": tidy(texts.get(code, {}).get("subject", "")),
            "body": tidy_lines(texts.get(code, {}).get("body", "")),
        }
        for code in LANGUAGES
    }
    written = {code: text for code, text in kept.items() if text["body"] or text["subject"]}
    for code, text in (written or {next(iter(LANGUAGES)): {"body": "", "subject": ""}}).items():
        found = wrong_in(channel, text["body"], text["subject"])
        errors |= {f"{part}_{code}": message for part, message in found.items()}
        if found.keys() <= {"subject"} and "link" in places(text["body"]) and channel == LETTER:
            errors[f"body_{code}"] = _("A letter has no link: take {link} out.")
    if unknown := [code for code in texts if code not in LANGUAGES]:
        errors["texts"] = _("There is no language %(code)s.", code=unknown[0])
    if errors:
        raise InvalidInput(errors)
    row.name = tidy(name) if row.preset is None or tidy(name) != _(row.name) else row.name
    row.kind, row.channel, row.texts = kind, channel, written


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
