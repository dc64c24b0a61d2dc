"""Calls that come in, what was done about them, and under which number a person is called."""

import sqlalchemy as sa
from alembic import op

revision = "core_0007"
down_revision = "core_0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "core_person",
        sa.Column("extension", sa.String(length=40), server_default="", nullable=False),
    )
    op.add_column(
        "core_person", sa.Column("line", sa.String(length=24), server_default="", nullable=False)
    )
    op.create_index(op.f("ix_core_person_line"), "core_person", ["line"])
    op.create_table(
        "core_call",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typed", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("line", sa.String(length=24), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("told", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("taken_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_call")),
        sa.UniqueConstraint("external_id", name=op.f("uq_core_call_external_id")),
    )
    op.create_index("ix_core_call_line", "core_call", ["line", "ended_at"])
    op.create_index("ix_core_call_received", "core_call", ["received_at", "id"])
    op.create_index(op.f("ix_core_call_number"), "core_call", ["number"])
    op.create_index(op.f("ix_core_call_customer_id"), "core_call", ["customer_id"])
    op.create_table(
        "core_call_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["call_id"], ["core_call.id"], name=op.f("fk_core_call_act_call_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_call_act")),
    )
    op.create_index(op.f("ix_core_call_act_call_id"), "core_call_act", ["call_id"])


def downgrade() -> None:
    """Take back."""
    op.drop_table("core_call_act")
    op.drop_table("core_call")
    op.drop_index(op.f("ix_core_person_line"), table_name="core_person")
    op.drop_column("core_person", "line")
    op.drop_column("core_person", "extension")
