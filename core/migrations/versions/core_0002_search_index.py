"""The search box's index over pairs of characters, in each database's own words."""

from alembic import op

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE VIRTUAL TABLE fts_core_search USING fts5("
    "grams, content='core_search_row', content_rowid='id', tokenize='ascii')",
    "CREATE TRIGGER core_search_row_added AFTER INSERT ON core_search_row BEGIN"
    " INSERT INTO fts_core_search(rowid, grams) VALUES (new.id, new.grams); END",
    "CREATE TRIGGER core_search_row_removed AFTER DELETE ON core_search_row BEGIN"
    " INSERT INTO fts_core_search(fts_core_search, rowid, grams)"
    " VALUES ('delete', old.id, old.grams); END",
    "CREATE TRIGGER core_search_row_changed AFTER UPDATE OF grams ON core_search_row BEGIN"
    " INSERT INTO fts_core_search(fts_core_search, rowid, grams)"
    " VALUES ('delete', old.id, old.grams);"
    " INSERT INTO fts_core_search(rowid, grams) VALUES (new.id, new.grams); END",
)
# The function only wraps string_to_array() to tell the planner that calling it for every row is
# dear: it believes otherwise, and reads the whole table instead of the index.
_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION core_search_pairs(entry text) RETURNS text[]"
    " LANGUAGE plpgsql IMMUTABLE STRICT COST 100000"
    " AS $$ BEGIN RETURN string_to_array(entry, ' '); END $$",
    "CREATE INDEX ix_core_search_row_grams ON core_search_row"
    " USING gin (core_search_pairs(grams)) WITH (gin_pending_list_limit = 256)",
)


def upgrade() -> None:
    """Apply."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if sqlite else _POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    if op.get_bind().dialect.name == "sqlite":
        for moment in ("added", "removed", "changed"):
            op.execute(f"DROP TRIGGER core_search_row_{moment}")
        op.execute("DROP TABLE fts_core_search")
    else:
        op.execute("DROP INDEX ix_core_search_row_grams")
        op.execute("DROP FUNCTION core_search_pairs(text)")
