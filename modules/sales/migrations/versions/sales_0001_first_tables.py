"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "sales_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "sales_order",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("deposit_kind", sa.String(length=40), nullable=True),
        sa.Column("deposit_amount", sa.BigInteger(), nullable=True),
        sa.Column("deposit_percent", sa.BigInteger(), nullable=True),
        sa.Column("deposit_before_shipping", sa.Boolean(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("imported", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_order_number")),
    )
    op.create_index(
        "ix_sales_order_customer", "sales_order", ["customer_id", "dated_on"], unique=False
    )
    op.create_index("ix_sales_order_dated", "sales_order", ["dated_on", "id"], unique=False)
    op.create_index(
        "ix_sales_order_state", "sales_order", ["state", "dated_on", "id"], unique=False
    )
    op.create_table(
        "sales_order_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_sales_order_entry_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_entry")),
    )
    op.create_index(
        op.f("ix_sales_order_entry_order_id"), "sales_order_entry", ["order_id"], unique=False
    )
    op.create_table(
        "sales_order_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.BigInteger(), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["sales_order.id"], name=op.f("fk_sales_order_line_order_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order_line")),
    )
    op.create_index(
        op.f("ix_sales_order_line_order_id"), "sales_order_line", ["order_id"], unique=False
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(op.f("ix_sales_order_line_order_id"), table_name="sales_order_line")
    op.drop_table("sales_order_line")
    op.drop_index(op.f("ix_sales_order_entry_order_id"), table_name="sales_order_entry")
    op.drop_table("sales_order_entry")
    op.drop_index("ix_sales_order_state", table_name="sales_order")
    op.drop_index("ix_sales_order_dated", table_name="sales_order")
    op.drop_index("ix_sales_order_customer", table_name="sales_order")
    op.drop_table("sales_order")
