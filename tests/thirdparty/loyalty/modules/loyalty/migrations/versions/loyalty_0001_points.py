"""How many points each customer has."""

import sqlalchemy as sa
from alembic import op

revision = "loyalty_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "loyalty_balance",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_loyalty_balance_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_loyalty_balance")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("loyalty_balance")
