"""Complaints in six steps: what each asks for, what is promised, who has which goods, norms."""

import sqlalchemy as sa
from alembic import op

revision = "service_0003"
down_revision = "service_0002"
branch_labels = None
depends_on = None

_INDEXES = {
    "answerable_id": ["answerable_id"],
    "due": ["due_at"],
    "opened": ["opened_at", "id"],
    "sku": ["sku"],
}


def upgrade() -> None:
    """Apply; what was open begins with hearing her, what was answered with the review."""
    _goods_and_norms()
    _compensations()
    for column in _of_complaints():
        op.add_column("service_complaint", column)
    for name, columns in _INDEXES.items():
        op.create_index(f"ix_service_complaint_{name}", "service_complaint", columns)
    for column in _of_acts():
        op.add_column("service_complaint_act", column)
    _translate()


def _of_complaints() -> list["sa.Column[object]"]:
    return [
        _code("grade"),
        sa.Column("safety", sa.Boolean(), nullable=False, server_default=sa.false()),
        _code("kind"),
        _code("cause"),
        _code("department"),
        sa.Column("line_id", sa.Uuid(), nullable=True),
        _code("sku", 60),
        _code("product", 200),
        _code("lot", 60),
        _code("serial", 80),
        sa.Column("round", sa.Integer(), nullable=False, server_default="1"),
        _moment("due_at"),
        sa.Column(
            "clock_from",
            sa.DateTime(timezone=True),
            nullable=False,
            server_default="2026-01-01 00:00:00+00:00",
        ),
        _moment("waiting_since"),
        sa.Column("waited", sa.Integer(), nullable=False, server_default="0"),
        _moment("escalated_at"),
        sa.Column("answerable_id", sa.Uuid(), nullable=True),
        sa.Column("answerable", sa.String(length=120), nullable=True),
        sa.Column("offered_id", sa.Uuid(), nullable=True),
        sa.Column("offered", sa.String(length=120), nullable=True),
        sa.Column("responsible", sa.String(length=120), nullable=True),
        _code("verdict"),
        sa.Column("verdict_words", sa.Text(), nullable=False, server_default=""),
        _moment("closed_at"),
    ]


def _of_acts() -> list["sa.Column[object]"]:
    return [
        sa.Column("position", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False, server_default="{}"),
    ]


def _code(name: str, length: int = 40) -> "sa.Column[object]":
    return sa.Column(name, sa.String(length=length), nullable=False, server_default="")


def _moment(name: str) -> "sa.Column[object]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _translate() -> None:
    """Bring what was recorded before into the words of the steps."""
    for statement in (
        "UPDATE service_complaint SET clock_from = opened_at, answerable = opened_by",
        "UPDATE service_complaint SET state = 'hear' WHERE state = 'open'",
        "UPDATE service_complaint SET state = 'review' WHERE state = 'answered'",
        "UPDATE service_complaint_act SET act = 'recorded' WHERE act = 'open'",
        "UPDATE service_complaint_act SET position = 1 + (SELECT count(*)"
        " FROM service_complaint_act AS other"
        " WHERE other.complaint_id = service_complaint_act.complaint_id"
        " AND (other.at < service_complaint_act.at"
        " OR (other.at = service_complaint_act.at AND other.id < service_complaint_act.id)))",
        "UPDATE service_complaint SET closed_at = (SELECT max(at) FROM service_complaint_act"
        " WHERE complaint_id = service_complaint.id AND act = 'closed') WHERE state = 'closed'",
    ):
        op.execute(statement)


def _goods_and_norms() -> None:
    op.create_table(
        "service_delivered_goods",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint(
            "deal_id", "line_id", "lot", "serial", name=op.f("pk_service_delivered_goods")
        ),
    )
    op.create_index(
        "ix_service_delivered_goods_line", "service_delivered_goods", ["line_id"], unique=False
    )
    op.create_index(
        "ix_service_delivered_goods_lot", "service_delivered_goods", ["lot"], unique=False
    )
    op.create_index(
        "ix_service_delivered_goods_serial", "service_delivered_goods", ["serial"], unique=False
    )
    op.create_table(
        "service_limit",
        sa.Column("holder", sa.String(length=80), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("holder", name=op.f("pk_service_limit")),
    )
    op.create_table(
        "service_step_time",
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("grade", "step", name=op.f("pk_service_step_time")),
    )


def _compensations() -> None:
    op.create_table(
        "service_compensation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=120), nullable=True),
        sa.Column("proposed_by_id", sa.Uuid(), nullable=True),
        sa.Column("approved_by", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["service_complaint.id"],
            name=op.f("fk_service_compensation_complaint_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_compensation")),
    )
    op.create_index(
        op.f("ix_service_compensation_complaint_id"),
        "service_compensation",
        ["complaint_id"],
        unique=False,
    )
    op.create_index(
        "ix_service_compensation_deal", "service_compensation", ["deal_id", "state"], unique=False
    )
    op.create_table(
        "service_compensation_line",
        sa.Column("compensation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("replacement_id", sa.Uuid(), nullable=True),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["compensation_id"],
            ["service_compensation.id"],
            name=op.f("fk_service_compensation_line_compensation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "compensation_id", "position", name=op.f("pk_service_compensation_line")
        ),
    )
    op.create_index(
        op.f("ix_service_compensation_line_replacement_id"),
        "service_compensation_line",
        ["replacement_id"],
        unique=False,
    )
    op.create_table(
        "service_compensation_part",
        sa.Column("compensation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("department", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(length=120), nullable=True),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["compensation_id"],
            ["service_compensation.id"],
            name=op.f("fk_service_compensation_part_compensation_id"),
        ),
        sa.PrimaryKeyConstraint(
            "compensation_id", "position", name=op.f("pk_service_compensation_part")
        ),
    )


def downgrade() -> None:
    """Take back; every open step is then simply open."""
    for statement in (
        "UPDATE service_complaint SET state = 'answered' WHERE state = 'review'",
        "UPDATE service_complaint SET state = 'open' WHERE state NOT IN ('answered', 'closed')",
        "UPDATE service_complaint_act SET act = 'open' WHERE act = 'recorded'",
    ):
        op.execute(statement)
    for column in reversed(_of_acts()):
        op.drop_column("service_complaint_act", column.name)
    for name in _INDEXES:
        op.drop_index(f"ix_service_complaint_{name}", table_name="service_complaint")
    for column in reversed(_of_complaints()):
        op.drop_column("service_complaint", column.name)
    op.drop_table("service_compensation_part")
    op.drop_index(
        op.f("ix_service_compensation_line_replacement_id"), table_name="service_compensation_line"
    )
    op.drop_table("service_compensation_line")
    op.drop_index("ix_service_compensation_deal", table_name="service_compensation")
    op.drop_index(op.f("ix_service_compensation_complaint_id"), table_name="service_compensation")
    op.drop_table("service_compensation")
    op.drop_table("service_step_time")
    op.drop_table("service_limit")
    op.drop_index("ix_service_delivered_goods_serial", table_name="service_delivered_goods")
    op.drop_index("ix_service_delivered_goods_lot", table_name="service_delivered_goods")
    op.drop_index("ix_service_delivered_goods_line", table_name="service_delivered_goods")
    op.drop_table("service_delivered_goods")
