"""Numbers of family and contacts as they are compared: whoever of them calls is known."""

import sqlalchemy as sa
from alembic import op

from core.customers.phones import NotAPhone, parse_phone

revision = "core_0011"
down_revision = "core_0010"
branch_labels = None
depends_on = None
_CHUNK = 1000
_contact = sa.table(
    "core_customer_contact",
    sa.column("id", sa.Uuid()),
    sa.column("phone", sa.String()),
    sa.column("number", sa.String()),
)


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "core_customer_contact",
        sa.Column("number", sa.String(length=24), server_default="", nullable=False),
    )
    _fill()
    op.create_index(
        "ix_core_customer_contact_number", "core_customer_contact", ["number", "customer_id"]
    )


def downgrade() -> None:
    """Take back."""
    op.drop_index("ix_core_customer_contact_number", table_name="core_customer_contact")
    op.drop_column("core_customer_contact", "number")


def _fill() -> None:
    connection = op.get_bind()
    query = sa.select(_contact.c.id, _contact.c.phone).where(_contact.c.phone != "")
    rows = connection.execute(query.order_by(_contact.c.id)).all()
    numbers = [{"key": id_, "found": _number(phone)} for id_, phone in rows]
    change = (
        sa.update(_contact)
        .where(_contact.c.id == sa.bindparam("key", type_=sa.Uuid()))
        .values(number=sa.bindparam("found"))
    )
    for start in range(0, len(numbers), _CHUNK):
        connection.execute(change, numbers[start : start + _CHUNK])


def _number(phone: str) -> str:
    try:
        return parse_phone(phone).number
    except NotAPhone:
        return ""
