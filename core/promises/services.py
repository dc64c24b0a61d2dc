"""What an owner can do with promises; each decision is kept with who and when."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid5

from flask_babel import gettext as _
from sqlalchemy import select

from core.clock import today
from core.db import db
from core.errors import InvalidInput
from core.ids import new_id
from core.live.hints import hint
from core.people import current_person_or_none
from core.promises.errors import PromiseNotFound
from core.promises.kinds import PromiseKind, kind_of, kinds
from core.promises.models import Promise, PromiseAct
from core.promises.settings import checked
from core.text import tidy
from core.versions import claim

LONGEST_NAME = 120
#: Presets have the same ids in every company, so that a migration can name them.
_PRESETS: Final = UUID("6f7e2a8c-54f1-4c0b-9a44-0a3a9d1f6b52")


def install() -> None:
    """Give the company the presets of every kind that is new to it."""
    known = set(db.session.scalars(select(Promise.preset).where(Promise.preset.is_not(None))))
    for kind in kinds():
        for preset in kind.presets:
            key = f"{kind.name}/{preset.name}"
            if key not in known:
                db.session.add(
                    Promise(
                        id=uuid5(_PRESETS, key),
                        kind=kind.name,
                        name=preset.title,
                        settings=kind.preset_settings(preset),
                        active=preset.active,
                        preset=key,
                    )
                )
    db.session.flush()


def make(kind_name: str, name: str, settings: Mapping[str, Any]) -> Promise:
    """Make another promise of a kind; it is off until somebody switches it on.

    Raises:
        PromiseNotFound: when there is no such kind.
        InvalidInput: naming what must be corrected.
    """
    kind = _kind(kind_name)
    row = Promise(id=new_id(), kind=kind.name, active=False)
    row.name, row.settings = _entered(kind, name, settings)
    db.session.add(row)
    db.session.flush()
    _note(row, "made")
    return row


def change(
    promise_id: UUID, *, name: str, settings: Mapping[str, Any], version: int | None = None
) -> Promise:
    """Change a promise; what it has asked for already stays as it is.

    Raises:
        InvalidInput: naming what must be corrected.
        EditedMeanwhile: when somebody saved it since.
    """
    row = promise(promise_id)
    entered = _entered(_kind(row.kind), name, settings)
    claim(row, version)
    row.name, row.settings = entered
    _note(row, "changed")
    return row


def switch(promise_id: UUID, *, on: bool) -> Promise:
    """Keep a promise from today on, or keep it no longer."""
    row = promise(promise_id)
    if row.active != on:
        row.active = on
        if on:
            row.since, row.kept_to = today(), None
        _note(row, "on" if on else "off")
    return row


def promise(promise_id: UUID) -> Promise:
    """Return a promise, locked until the transaction ends.

    Raises:
        PromiseNotFound: when there is none, or its module is gone.
    """
    row = db.session.scalar(select(Promise).where(Promise.id == promise_id).with_for_update())
    if row is None or kind_of(row.kind) is None:
        raise PromiseNotFound(promise=str(promise_id))
    return row


def _kind(name: str) -> PromiseKind:
    kind = kind_of(name)
    if kind is None:
        raise PromiseNotFound(kind=name)
    return kind


def _entered(
    kind: PromiseKind, name: str, settings: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    errors: dict[str, str] = {}
    found: dict[str, Any] = {}
    tidied = tidy(name)
    if not tidied:
        errors["name"] = _("Enter what you call this promise.")
    elif len(tidied) > LONGEST_NAME:
        errors["name"] = _("Enter at most %(number)s characters.", number=LONGEST_NAME)
    try:
        found = checked(kind, settings)
    except InvalidInput as refusal:
        errors |= refusal.errors
    if errors:
        raise InvalidInput(errors)
    preset = next((each.title for each in kind.presets if tidied == _(each.title)), tidied)
    return preset, found


def _note(row: Promise, act: str) -> None:
    person = current_person_or_none()
    db.session.add(
        PromiseAct(
            id=new_id(),
            promise_id=row.id,
            act=act,
            by=person.name if person else None,
            settings=row.settings,
        )
    )
    hint("promises", str(row.id))
