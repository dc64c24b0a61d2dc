"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "warehouse_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "warehouse_delivery",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("received_by", sa.String(length=120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("shipment_id", name=op.f("pk_warehouse_delivery")),
    )
    op.create_table(
        "warehouse_dispatch",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("carrier", sa.String(length=120), nullable=False),
        sa.Column("tracking", sa.String(length=120), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=True),
        sa.Column("held_by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("shipment_id", name=op.f("pk_warehouse_dispatch")),
        sa.UniqueConstraint("document", name=op.f("uq_warehouse_dispatch_document")),
    )
    op.create_index(op.f("ix_warehouse_dispatch_at"), "warehouse_dispatch", ["at"], unique=False)
    op.create_index(
        op.f("ix_warehouse_dispatch_deal_id"), "warehouse_dispatch", ["deal_id"], unique=False
    )
    op.create_table(
        "warehouse_move",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse_move")),
    )
    op.create_index("ix_warehouse_move_document", "warehouse_move", ["document"], unique=False)
    op.create_index("ix_warehouse_move_serial", "warehouse_move", ["serial"], unique=False)
    op.create_index("ix_warehouse_move_sku", "warehouse_move", ["sku", "id"], unique=False)
    op.create_table(
        "warehouse_receipt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_warehouse_receipt_number")),
    )
    op.create_table(
        "warehouse_return",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=True),
        sa.Column("restock", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse_return")),
        sa.UniqueConstraint("number", name=op.f("uq_warehouse_return_number")),
    )
    op.create_index(
        op.f("ix_warehouse_return_deal_id"), "warehouse_return", ["deal_id"], unique=False
    )
    op.create_table(
        "warehouse_serial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("sku", "serial", name=op.f("pk_warehouse_serial")),
        sa.UniqueConstraint("id", name=op.f("uq_warehouse_serial_id")),
    )
    op.create_index(
        op.f("ix_warehouse_serial_shipment_id"), "warehouse_serial", ["shipment_id"], unique=False
    )
    op.create_table(
        "warehouse_shipment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("ship_by", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shipped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shipped_by", sa.String(length=200), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_by", sa.String(length=200), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_warehouse_shipment")),
        sa.UniqueConstraint("deal_id", "position", name=op.f("uq_warehouse_shipment_deal_id")),
        info={"view": True},
    )
    op.create_index(
        "ix_warehouse_shipment_moved",
        "warehouse_shipment",
        ["state", "moved_at", "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_warehouse_shipment_number"), "warehouse_shipment", ["number"], unique=False
    )
    op.create_index(
        "ix_warehouse_shipment_state",
        "warehouse_shipment",
        ["state", "ship_by", "number", "position"],
        unique=False,
    )
    op.create_table(
        "warehouse_stock",
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_warehouse_stock_not_below_zero")),
        sa.PrimaryKeyConstraint("sku", "location", "lot", name=op.f("pk_warehouse_stock")),
    )
    op.create_table(
        "warehouse_dispatch_line",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("serials", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["warehouse_dispatch.shipment_id"],
            name=op.f("fk_warehouse_dispatch_line_shipment_id"),
        ),
        sa.PrimaryKeyConstraint("shipment_id", "position", name=op.f("pk_warehouse_dispatch_line")),
    )
    op.create_index(
        op.f("ix_warehouse_dispatch_line_line_id"),
        "warehouse_dispatch_line",
        ["line_id"],
        unique=False,
    )
    op.create_table(
        "warehouse_return_line",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("location", sa.String(length=60), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("serials", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["return_id"], ["warehouse_return.id"], name=op.f("fk_warehouse_return_line_return_id")
        ),
        sa.PrimaryKeyConstraint("return_id", "position", name=op.f("pk_warehouse_return_line")),
    )
    op.create_index(
        op.f("ix_warehouse_return_line_line_id"), "warehouse_return_line", ["line_id"], unique=False
    )
    op.create_table(
        "warehouse_shipment_line",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["warehouse_shipment.id"],
            name=op.f("fk_warehouse_shipment_line_shipment_id"),
        ),
        sa.PrimaryKeyConstraint("shipment_id", "line_id", name=op.f("pk_warehouse_shipment_line")),
        info={"view": True},
    )
    op.create_index(
        "ix_warehouse_shipment_line_sku", "warehouse_shipment_line", ["sku"], unique=False
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_warehouse_shipment_line_sku", table_name="warehouse_shipment_line")
    op.drop_table("warehouse_shipment_line")
    op.drop_index(op.f("ix_warehouse_return_line_line_id"), table_name="warehouse_return_line")
    op.drop_table("warehouse_return_line")
    op.drop_index(op.f("ix_warehouse_dispatch_line_line_id"), table_name="warehouse_dispatch_line")
    op.drop_table("warehouse_dispatch_line")
    op.drop_table("warehouse_stock")
    op.drop_index("ix_warehouse_shipment_state", table_name="warehouse_shipment")
    op.drop_index(op.f("ix_warehouse_shipment_number"), table_name="warehouse_shipment")
    op.drop_index("ix_warehouse_shipment_moved", table_name="warehouse_shipment")
    op.drop_table("warehouse_shipment")
    op.drop_index(op.f("ix_warehouse_serial_shipment_id"), table_name="warehouse_serial")
    op.drop_table("warehouse_serial")
    op.drop_index(op.f("ix_warehouse_return_deal_id"), table_name="warehouse_return")
    op.drop_table("warehouse_return")
    op.drop_table("warehouse_receipt")
    op.drop_index("ix_warehouse_move_sku", table_name="warehouse_move")
    op.drop_index("ix_warehouse_move_serial", table_name="warehouse_move")
    op.drop_index("ix_warehouse_move_document", table_name="warehouse_move")
    op.drop_table("warehouse_move")
    op.drop_index(op.f("ix_warehouse_dispatch_deal_id"), table_name="warehouse_dispatch")
    op.drop_index(op.f("ix_warehouse_dispatch_at"), table_name="warehouse_dispatch")
    op.drop_table("warehouse_dispatch")
    op.drop_table("warehouse_delivery")
