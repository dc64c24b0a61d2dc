"""The search box's index over pairs of characters, in each database's own words."""

from alembic import op

from core.search.index_tables import index_statements

revision = "core_0002"
down_revision = "core_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    for statement in index_statements(op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    """Take back; on PostgreSQL the index goes with its table."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE fts_core_search")
