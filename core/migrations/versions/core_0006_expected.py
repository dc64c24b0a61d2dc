"""What was expected of customers, and whom to reckon anew."""

import sqlalchemy as sa
from alembic import op

revision = "core_0006"
down_revision = "core_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "core_expected",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("bought_on", sa.Date(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.PrimaryKeyConstraint(
            "customer_id", "kind", "sku", "bought_on", name=op.f("pk_core_expected")
        ),
    )
    op.create_index(
        "ix_core_expected_on", "core_expected", ["kind", "on_day", "customer_id"], unique=False
    )
    op.create_table(
        "core_to_reckon",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_core_to_reckon")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("core_to_reckon")
    op.drop_index("ix_core_expected_on", table_name="core_expected")
    op.drop_table("core_expected")
