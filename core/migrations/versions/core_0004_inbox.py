"""Why a task is on the list, how important it is, what came of it, and that it was passed up."""

import sqlalchemy as sa
from alembic import op

revision = "core_0004"
down_revision = "core_0003"
branch_labels = None
depends_on = None

_NOTHING = sa.text("''")


def upgrade() -> None:
    """Apply."""
    for column in (
        sa.Column("reason", sa.Text(), nullable=False, server_default=_NOTHING),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=False, server_default=sa.text("0")),
        # SQLite adds no column without a value; every row gets its own below.
        sa.Column("rank_on", sa.Date(), nullable=False, server_default=sa.text("'2000-01-01'")),
        sa.Column("outcome", sa.String(length=40), nullable=False, server_default=_NOTHING),
        sa.Column("escalated_on", sa.Date(), nullable=True),
    ):
        op.add_column("core_task", column)
    op.execute("UPDATE core_task SET rank_on = due_on")
    op.add_column(
        "core_task_act",
        sa.Column("outcome", sa.String(length=40), nullable=False, server_default=_NOTHING),
    )
    op.create_index("ix_core_task_rank", "core_task", ["state", "rank_on", "id"], unique=False)
    op.create_index(op.f("ix_core_task_escalated_on"), "core_task", ["escalated_on"], unique=False)


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_core_task_escalated_on"), table_name="core_task")
    op.drop_index("ix_core_task_rank", table_name="core_task")
    op.drop_column("core_task_act", "outcome")
    for name in (
        "escalated_on", "outcome", "rank_on", "weight", "currency", "amount", "reason"
    ):  # fmt: skip
        op.drop_column("core_task", name)
