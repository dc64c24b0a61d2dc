"""Threes of digits and letters in the search box's index: they have too few pairs among them."""

import re

import sqlalchemy as sa
from alembic import op

revision = "core_0012"
down_revision = "core_0011"
branch_labels = None
depends_on = None
_CHUNK = 5000
_TYPED = re.compile("[0-9a-z]{3,}")
_row = sa.table(
    "core_search_row",
    sa.column("id", sa.BigInteger()),
    sa.column("folded", sa.Text()),
    sa.column("grams", sa.Text()),
)
_CHANGED = (
    "CREATE TRIGGER core_search_row_changed AFTER UPDATE OF grams ON core_search_row BEGIN"
    " INSERT INTO fts_core_search(fts_core_search, rowid, grams)"
    " VALUES ('delete', old.id, old.grams);"
    " INSERT INTO fts_core_search(rowid, grams) VALUES (new.id, new.grams); END"
)


def upgrade() -> None:
    """Apply."""
    # All of it anew is faster than row by row.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER core_search_row_changed")
        _fill()
        op.execute("INSERT INTO fts_core_search(fts_core_search) VALUES ('rebuild')")
        op.execute(_CHANGED)
    else:
        op.execute("DROP INDEX ix_core_search_row_grams")
        _fill()
        op.execute(
            "CREATE INDEX ix_core_search_row_grams ON core_search_row"
            " USING gin (core_search_pairs(grams)) WITH (gin_pending_list_limit = 256)"
        )


def downgrade() -> None:
    """Take back: the earlier index knows nothing of threes and is not disturbed by them."""


def _fill() -> None:
    connection, after = op.get_bind(), -1
    query = sa.select(_row.c.id, _row.c.folded).where(_row.c.id > sa.bindparam("after"))
    change = (
        sa.update(_row)
        .where(_row.c.id == sa.bindparam("key"))
        .values(grams=_row.c.grams + sa.bindparam("more"))
    )
    while rows := connection.execute(
        query.order_by(_row.c.id).limit(_CHUNK), {"after": after}
    ).all():
        after = rows[-1].id
        found = [{"key": id_, "more": more} for id_, folded in rows if (more := _threes(folded))]
        if found:
            connection.execute(change, found)


def _threes(folded: str) -> str:
    """What is put behind an entry; a single character parts those of different words."""
    return "".join(
        f" {piece}"
        for typed in _TYPED.findall(folded)
        for piece in (*(typed[i : i + 3] for i in range(len(typed) - 2)), typed[-1])
    )
