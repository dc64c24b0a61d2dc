"""Goods that are to come back for an exchange or a return."""

import sqlalchemy as sa
from alembic import op

revision = "warehouse_0002"
down_revision = "warehouse_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "warehouse_expected",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse_expected")),
    )
    op.create_index(
        op.f("ix_warehouse_expected_deal_id"), "warehouse_expected", ["deal_id"], unique=False
    )
    op.create_index(
        "ix_warehouse_expected_open", "warehouse_expected", ["is_open", "promised_on"], unique=False
    )
    op.create_table(
        "warehouse_expected_line",
        sa.Column("expected_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expected_id"],
            ["warehouse_expected.id"],
            name=op.f("fk_warehouse_expected_line_expected_id"),
        ),
        sa.PrimaryKeyConstraint("expected_id", "position", name=op.f("pk_warehouse_expected_line")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("warehouse_expected_line")
    op.drop_index("ix_warehouse_expected_open", table_name="warehouse_expected")
    op.drop_index(op.f("ix_warehouse_expected_deal_id"), table_name="warehouse_expected")
    op.drop_table("warehouse_expected")
