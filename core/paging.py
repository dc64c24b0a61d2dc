"""Lists in pages, continued by key: stable while rows come and go, fast at any depth."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from flask_babel import gettext as _

from core.errors import InvalidInput

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some items and where the next ones begin (None at the end)."""

    items: Sequence[T]
    next: str | None


def encode(*key: object) -> str:
    """Return an opaque token for the last key of a page."""
    text = json.dumps([str(part) for part in key])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


_READERS: dict[str, Any] = {"date": date.fromisoformat, "uuid": UUID, "int": int, "str": str}


def decode(token: str, *kinds: str) -> list[Any]:
    """Return the key inside a token.

    Raises:
        InvalidInput: when the token is not one of ours.
    """
    try:
        parts = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        return [_READERS[kind](part) for kind, part in zip(kinds, parts, strict=True)]
    except (ValueError, TypeError, KeyError, binascii.Error):
        raise InvalidInput({"after": _("Use the value of 'next' from the page before.")}) from None
