"""Messages to everybody in a segment."""

import sqlalchemy as sa
from alembic import op

revision = "core_0010"
down_revision = "core_0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "core_mailing",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("segment", sa.String(length=120), nullable=False),
        sa.Column("template", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=True),
        sa.Column("sent_by", sa.String(length=120), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_mailing")),
        sa.UniqueConstraint("key", name=op.f("uq_core_mailing_key")),
    )
    op.create_index(op.f("ix_core_mailing_made_at"), "core_mailing", ["made_at"], unique=False)
    op.create_index(op.f("ix_core_mailing_state"), "core_mailing", ["state"], unique=False)
    op.create_table(
        "core_mailing_recipient",
        sa.Column("mailing_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("checked", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"], ["core_mailing.id"], name=op.f("fk_core_mailing_recipient_mailing_id")
        ),
        sa.PrimaryKeyConstraint(
            "mailing_id", "customer_id", name=op.f("pk_core_mailing_recipient")
        ),
    )
    op.create_index(
        "ix_core_mailing_recipient_checked",
        "core_mailing_recipient",
        ["mailing_id", "checked", "customer_id"],
        unique=False,
    )
    op.create_index(
        "ix_core_mailing_recipient_outcome",
        "core_mailing_recipient",
        ["mailing_id", "outcome", "customer_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_core_mailing_recipient_outcome", table_name="core_mailing_recipient")
    op.drop_index("ix_core_mailing_recipient_checked", table_name="core_mailing_recipient")
    op.drop_table("core_mailing_recipient")
    op.drop_index(op.f("ix_core_mailing_state"), table_name="core_mailing")
    op.drop_index(op.f("ix_core_mailing_made_at"), table_name="core_mailing")
    op.drop_table("core_mailing")
