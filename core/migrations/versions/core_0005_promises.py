"""Promises, what was decided about them, and facts by their days."""

import sqlalchemy as sa
from alembic import op

revision = "core_0005"
down_revision = "core_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "core_promise",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("kept_to", sa.Date(), nullable=True),
        sa.Column("preset", sa.String(length=120), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_promise")),
        sa.UniqueConstraint("preset", name=op.f("uq_core_promise_preset")),
    )
    op.create_index(op.f("ix_core_promise_kind"), "core_promise", ["kind"], unique=False)
    op.create_table(
        "core_promise_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("promise_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["promise_id"], ["core_promise.id"], name=op.f("fk_core_promise_act_promise_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_promise_act")),
    )
    op.create_index(
        op.f("ix_core_promise_act_promise_id"), "core_promise_act", ["promise_id"], unique=False
    )
    op.create_index(
        "ix_core_deal_entry_fact",
        "core_deal_entry",
        ["fact", "happened_on", "deal_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_core_deal_entry_fact", table_name="core_deal_entry")
    op.drop_index(op.f("ix_core_promise_act_promise_id"), table_name="core_promise_act")
    op.drop_table("core_promise_act")
    op.drop_index(op.f("ix_core_promise_kind"), table_name="core_promise")
    op.drop_table("core_promise")
