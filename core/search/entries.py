"""Put things into the search box's index, in the transaction of the change that made them."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, bindparam, delete

from bus.kept import Kept
from bus.rows import by_name
from core.db import connection, dialect_name, upsert
from core.search.folding import folded_words
from core.search.grams import grams
from core.search.models import SearchRow

_CHUNK = 500
_TABLE = cast("Table", SearchRow.__table__)
_NEWS = ("title", "subtitle", "folded", "grams", "permission", "module", "customer_id")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing to be found, with every word that people know it by."""

    kind: str
    ref: str
    title: str
    words: Iterable[str]
    subtitle: str = ""
    permission: str | None = None
    module: str | None = None
    customer_id: UUID | None = None


def put(
    kind: str,
    ref: str,
    title: str,
    words: Iterable[str],
    *,
    subtitle: str = "",
    permission: str | None = None,
    module: str | None = None,
    customer_id: UUID | None = None,
) -> None:
    """Make one thing findable, or find it under its new words."""
    entry = Entry(
        kind=kind, ref=ref, title=title, words=words, subtitle=subtitle,
        permission=permission, module=module, customer_id=customer_id,
    )  # fmt: skip
    put_many([entry])


def put_many(entries: Iterable[Entry]) -> None:
    """Make many things findable at once: for imports."""
    rows = {(entry.kind, entry.ref): _row(entry) for entry in entries}
    values = list(rows.values())
    for start in range(0, len(values), _CHUNK):
        _putting(dialect_name()).run(connection(), values[start : start + _CHUNK])


def remove(kind: str, ref: str) -> None:
    """Let something be found no longer."""
    _REMOVING.run(connection(), {"of_kind": kind, "of_ref": ref})


_REMOVING = Kept(
    delete(_TABLE).where(_TABLE.c.kind == bindparam("of_kind"), _TABLE.c.ref == bindparam("of_ref"))
)


@cache
def _putting(dialect: str) -> Kept:
    insert = upsert(_TABLE, dialect).values(by_name("kind", "ref", *_NEWS))
    news = {name: insert.excluded[name] for name in _NEWS}
    return Kept(insert.on_conflict_do_update(index_elements=["kind", "ref"], set_=news))


def _row(entry: Entry) -> dict[str, Any]:
    words = folded_words([entry.title, *entry.words])
    return {
        "kind": entry.kind,
        "ref": entry.ref,
        "title": entry.title[:300],
        "subtitle": entry.subtitle[:300],
        "folded": " ".join(words),
        "grams": grams(entry.kind, words),
        "permission": entry.permission,
        "module": entry.module,
        "customer_id": entry.customer_id,
    }
