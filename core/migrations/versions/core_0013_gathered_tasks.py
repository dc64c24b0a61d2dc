"""Tasks that are done together with another one."""

import sqlalchemy as sa
from alembic import op

revision = "core_0013"
down_revision = "core_0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("core_task", sa.Column("gathered_in", sa.Uuid(), nullable=True))
    op.create_index("ix_core_task_gathered_in", "core_task", ["gathered_in"])


def downgrade() -> None:
    """Take back."""
    op.execute("UPDATE core_task SET state = 'open' WHERE state = 'gathered'")
    op.drop_index("ix_core_task_gathered_in", table_name="core_task")
    op.drop_column("core_task", "gathered_in")
