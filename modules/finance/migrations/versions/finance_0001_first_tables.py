"""first tables."""

import sqlalchemy as sa
from alembic import op

revision = "finance_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "finance_credit_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cause_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_credit_note")),
        sa.UniqueConstraint("cause_id", name=op.f("uq_finance_credit_note_cause_id")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_credit_note_number")),
    )
    op.create_index(
        op.f("ix_finance_credit_note_deal_id"), "finance_credit_note", ["deal_id"], unique=False
    )
    op.create_table(
        "finance_receivable",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.Column("credited", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("owed", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("falls_on", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", name=op.f("pk_finance_receivable")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_receivable_number")),
        info={"view": True},
    )
    op.create_index(
        "ix_finance_receivable_customer",
        "finance_receivable",
        ["customer_id", "falls_on"],
        unique=False,
    )
    op.create_index(
        "ix_finance_receivable_falls_on",
        "finance_receivable",
        ["falls_on", "deal_id"],
        unique=False,
    )
    op.create_index(
        "ix_finance_receivable_owed", "finance_receivable", ["owed", "deal_id"], unique=False
    )
    op.create_table(
        "finance_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_finance_setting")),
    )
    op.create_table(
        "finance_write_off",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_write_off")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_write_off_number")),
    )
    op.create_index(
        op.f("ix_finance_write_off_deal_id"), "finance_write_off", ["deal_id"], unique=False
    )
    op.create_table(
        "finance_credit_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_finance_credit_entry_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_credit_entry")),
    )
    op.create_index(
        "ix_finance_credit_entry_customer",
        "finance_credit_entry",
        ["customer_id", "at"],
        unique=False,
    )
    op.create_table(
        "finance_credit_note_line",
        sa.Column("credit_note_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["credit_note_id"],
            ["finance_credit_note.id"],
            name=op.f("fk_finance_credit_note_line_credit_note_id"),
        ),
        sa.PrimaryKeyConstraint(
            "credit_note_id", "line_id", name=op.f("pk_finance_credit_note_line")
        ),
    )
    op.create_table(
        "finance_invoice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("corrects", sa.String(length=40), nullable=True),
        sa.Column("cause_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_finance_invoice_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_invoice")),
        sa.UniqueConstraint("cause_id", name=op.f("uq_finance_invoice_cause_id")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_invoice_number")),
    )
    op.create_index(
        op.f("ix_finance_invoice_customer_id"), "finance_invoice", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_finance_invoice_deal_id"), "finance_invoice", ["deal_id"], unique=False
    )
    op.create_table(
        "finance_payment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("credit", sa.BigInteger(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_finance_payment_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_payment")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_payment_number")),
    )
    op.create_index(
        op.f("ix_finance_payment_customer_id"), "finance_payment", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_finance_payment_taken_on"), "finance_payment", ["taken_on"], unique=False
    )
    op.create_table(
        "finance_receivable_due",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("open", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"],
            ["finance_receivable.deal_id"],
            name=op.f("fk_finance_receivable_due_deal_id"),
        ),
        sa.PrimaryKeyConstraint("deal_id", "position", name=op.f("pk_finance_receivable_due")),
        info={"view": True},
    )
    op.create_index(
        "ix_finance_receivable_due_on",
        "finance_receivable_due",
        ["on_day"],
        unique=False,
        sqlite_where=sa.text("open > 0"),
        postgresql_where=sa.text("open > 0"),
    )
    op.create_table(
        "finance_refund",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("order_number", sa.String(length=40), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_finance_refund_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_refund")),
        sa.UniqueConstraint("number", name=op.f("uq_finance_refund_number")),
    )
    op.create_index(
        op.f("ix_finance_refund_customer_id"), "finance_refund", ["customer_id"], unique=False
    )
    op.create_index(op.f("ix_finance_refund_deal_id"), "finance_refund", ["deal_id"], unique=False)
    op.create_table(
        "finance_invoice_line",
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["invoice_id"], ["finance_invoice.id"], name=op.f("fk_finance_invoice_line_invoice_id")
        ),
        sa.PrimaryKeyConstraint("invoice_id", "position", name=op.f("pk_finance_invoice_line")),
    )
    op.create_index(
        op.f("ix_finance_invoice_line_line_id"), "finance_invoice_line", ["line_id"], unique=False
    )
    op.create_table(
        "finance_payment_allocation",
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=True),
        sa.Column("owed_after", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["finance_payment.id"],
            name=op.f("fk_finance_payment_allocation_payment_id"),
        ),
        sa.PrimaryKeyConstraint(
            "payment_id", "position", name=op.f("pk_finance_payment_allocation")
        ),
    )
    op.create_index(
        op.f("ix_finance_payment_allocation_deal_id"),
        "finance_payment_allocation",
        ["deal_id"],
        unique=False,
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index(
        op.f("ix_finance_payment_allocation_deal_id"), table_name="finance_payment_allocation"
    )
    op.drop_table("finance_payment_allocation")
    op.drop_index(op.f("ix_finance_invoice_line_line_id"), table_name="finance_invoice_line")
    op.drop_table("finance_invoice_line")
    op.drop_index(op.f("ix_finance_refund_deal_id"), table_name="finance_refund")
    op.drop_index(op.f("ix_finance_refund_customer_id"), table_name="finance_refund")
    op.drop_table("finance_refund")
    op.drop_index(
        "ix_finance_receivable_due_on",
        table_name="finance_receivable_due",
        sqlite_where=sa.text("open > 0"),
        postgresql_where=sa.text("open > 0"),
    )
    op.drop_table("finance_receivable_due")
    op.drop_index(op.f("ix_finance_payment_taken_on"), table_name="finance_payment")
    op.drop_index(op.f("ix_finance_payment_customer_id"), table_name="finance_payment")
    op.drop_table("finance_payment")
    op.drop_index(op.f("ix_finance_invoice_deal_id"), table_name="finance_invoice")
    op.drop_index(op.f("ix_finance_invoice_customer_id"), table_name="finance_invoice")
    op.drop_table("finance_invoice")
    op.drop_table("finance_credit_note_line")
    op.drop_index("ix_finance_credit_entry_customer", table_name="finance_credit_entry")
    op.drop_table("finance_credit_entry")
    op.drop_index(op.f("ix_finance_write_off_deal_id"), table_name="finance_write_off")
    op.drop_table("finance_write_off")
    op.drop_table("finance_setting")
    op.drop_index("ix_finance_receivable_owed", table_name="finance_receivable")
    op.drop_index("ix_finance_receivable_falls_on", table_name="finance_receivable")
    op.drop_index("ix_finance_receivable_customer", table_name="finance_receivable")
    op.drop_table("finance_receivable")
    op.drop_index(op.f("ix_finance_credit_note_deal_id"), table_name="finance_credit_note")
    op.drop_table("finance_credit_note")
