"""Complaints and what is done with them."""

import sqlalchemy as sa
from alembic import op

revision = "service_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "service_complaint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("holds", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_service_complaint_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_service_complaint_number")),
    )
    op.create_index(
        op.f("ix_service_complaint_customer_id"), "service_complaint", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_service_complaint_deal_id"), "service_complaint", ["deal_id"], unique=False
    )
    op.create_index(
        "ix_service_complaint_state",
        "service_complaint",
        ["state", "opened_at", "id"],
        unique=False,
    )
    op.create_table(
        "service_complaint_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["service_complaint.id"],
            name=op.f("fk_service_complaint_act_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_complaint_act")),
    )
    op.create_index(
        op.f("ix_service_complaint_act_complaint_id"),
        "service_complaint_act",
        ["complaint_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_service_complaint_act_complaint_id"), table_name="service_complaint_act")
    op.drop_table("service_complaint_act")
    op.drop_index("ix_service_complaint_state", table_name="service_complaint")
    op.drop_index(op.f("ix_service_complaint_deal_id"), table_name="service_complaint")
    op.drop_index(op.f("ix_service_complaint_customer_id"), table_name="service_complaint")
    op.drop_table("service_complaint")
