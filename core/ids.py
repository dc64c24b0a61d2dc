"""Identifiers: time-ordered for what people create, derived for what must rebuild the same."""

from uuid import UUID, uuid5

from uuid_utils.compat import uuid7

_LAMPLIT = UUID("6f1d2a54-3c1b-5c0e-9a57-1a3d5e7c9b11")


def new_id() -> UUID:
    """Return a new identifier; later ones sort after earlier ones, which keeps indexes compact."""
    return uuid7()


def derived_id(*parts: object) -> UUID:
    """Return the identifier that these parts always give, so that a rebuilt view keeps its ids."""
    return uuid5(_LAMPLIT, "\x1f".join(str(part) for part in parts))
