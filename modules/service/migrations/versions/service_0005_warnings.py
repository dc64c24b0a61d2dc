"""Warnings before a step of a complaint is late."""

import sqlalchemy as sa
from alembic import op

revision = "service_0005"
down_revision = "service_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "service_complaint", sa.Column("half_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "service_complaint", sa.Column("nearly_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.add_column(
        "service_complaint", sa.Column("warned", sa.Integer(), server_default="0", nullable=False)
    )
    op.create_index(
        op.f("ix_service_complaint_half_at"), "service_complaint", ["half_at"], unique=False
    )
    op.create_index(
        op.f("ix_service_complaint_nearly_at"), "service_complaint", ["nearly_at"], unique=False
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_service_complaint_nearly_at"), table_name="service_complaint")
    op.drop_index(op.f("ix_service_complaint_half_at"), table_name="service_complaint")
    op.drop_column("service_complaint", "warned")
    op.drop_column("service_complaint", "nearly_at")
    op.drop_column("service_complaint", "half_at")
