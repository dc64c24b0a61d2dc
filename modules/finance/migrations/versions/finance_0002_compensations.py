"""What customers who complained were promised."""

import sqlalchemy as sa
from alembic import op

revision = "finance_0002"
down_revision = "finance_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "finance_compensation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("promised_by", sa.String(length=120), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("credit_note", sa.String(length=40), nullable=False),
        sa.Column("to_give_back", sa.BigInteger(), nullable=False),
        sa.Column("given_back", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finance_compensation")),
    )
    op.create_index(
        op.f("ix_finance_compensation_deal_id"), "finance_compensation", ["deal_id"], unique=False
    )
    op.create_index(
        "ix_finance_compensation_state",
        "finance_compensation",
        ["state", "promised_at"],
        unique=False,
    )
    op.create_table(
        "finance_compensation_line",
        sa.Column("compensation_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compensation_id"],
            ["finance_compensation.id"],
            name=op.f("fk_finance_compensation_line_compensation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "compensation_id", "line_id", name=op.f("pk_finance_compensation_line")
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("finance_compensation_line")
    op.drop_index("ix_finance_compensation_state", table_name="finance_compensation")
    op.drop_index(op.f("ix_finance_compensation_deal_id"), table_name="finance_compensation")
    op.drop_table("finance_compensation")
