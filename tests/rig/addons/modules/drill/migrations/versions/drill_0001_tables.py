"""What was heard, and two shelves."""

import sqlalchemy as sa
from alembic import op

revision = "drill_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "drill_heard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscriber", sa.String(), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_heard")),
    )
    op.create_index("ix_drill_heard_aggregate_id", "drill_heard", ["aggregate_id"])
    shelf = op.create_table(
        "drill_shelf",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drill_shelf")),
    )
    op.bulk_insert(shelf, [{"id": 1, "taken": 0}, {"id": 2, "taken": 0}])


def downgrade() -> None:
    """Take back."""
    op.drop_table("drill_shelf")
    op.drop_table("drill_heard")
