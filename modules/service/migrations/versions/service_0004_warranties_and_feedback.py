"""warranties and feedback."""

import sqlalchemy as sa
from alembic import op

revision = "service_0004"
down_revision = "service_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "service_public_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_public_attempt")),
    )
    op.create_index(
        "ix_service_public_attempt_address",
        "service_public_attempt",
        ["address", "at"],
        unique=False,
    )
    op.create_index(
        "ix_service_public_attempt_subject",
        "service_public_attempt",
        ["subject", "at"],
        unique=False,
    )
    op.create_table(
        "service_warranty_terms",
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("main_part", sa.String(length=120), nullable=False),
        sa.Column("main_months", sa.Integer(), nullable=False),
        sa.Column("free", sa.Text(), nullable=False),
        sa.Column("charged", sa.Text(), nullable=False),
        sa.Column("on_exchange", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("sku", name=op.f("pk_service_warranty_terms")),
    )
    op.create_table(
        "service_feedback_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("served_by_id", sa.Uuid(), nullable=True),
        sa.Column("served_by", sa.String(length=120), nullable=False),
        sa.Column("asks_nps", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_service_feedback_link_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_feedback_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_service_feedback_link_token_hash")),
    )
    op.create_index(
        "ix_service_feedback_link_customer",
        "service_feedback_link",
        ["customer_id", "made_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_service_feedback_link_subject_id"),
        "service_feedback_link",
        ["subject_id"],
        unique=False,
    )
    op.create_table(
        "service_warranty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("lot", sa.String(length=60), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("serial_key", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("main_part", sa.String(length=120), nullable=False),
        sa.Column("main_ends_on", sa.Date(), nullable=True),
        sa.Column("free", sa.Text(), nullable=False),
        sa.Column("charged", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("registered_on", sa.Date(), nullable=True),
        sa.Column("registered_phone", sa.String(length=24), nullable=False),
        sa.Column("may_call", sa.Boolean(), nullable=False),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_service_warranty_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["service_warranty.id"], name=op.f("fk_service_warranty_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_warranty")),
        sa.UniqueConstraint(
            "deal_id", "line_id", "lot", "serial", "starts_on", name="uq_service_warranty_goods"
        ),
    )
    op.create_index(
        op.f("ix_service_warranty_customer_id"), "service_warranty", ["customer_id"], unique=False
    )
    op.create_index(
        "ix_service_warranty_ends",
        "service_warranty",
        ["ends_on", "deal_id", "line_id"],
        unique=False,
    )
    op.create_index(
        "ix_service_warranty_main_ends",
        "service_warranty",
        ["main_ends_on", "deal_id", "line_id"],
        unique=False,
    )
    op.create_index(
        "ix_service_warranty_serial_key", "service_warranty", ["serial_key"], unique=False
    )
    op.create_table(
        "service_feedback",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("occasion", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("served_by_id", sa.Uuid(), nullable=True),
        sa.Column("served_by", sa.String(length=120), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("nps", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("complaint_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"],
            ["service_complaint.id"],
            name=op.f("fk_service_feedback_complaint_id"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_service_feedback_customer_id")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["service_feedback_link.id"], name=op.f("fk_service_feedback_link_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_feedback")),
        sa.UniqueConstraint("link_id", name=op.f("uq_service_feedback_link_id")),
    )
    op.create_index("ix_service_feedback_at", "service_feedback", ["at", "id"], unique=False)
    op.create_index(
        "ix_service_feedback_customer", "service_feedback", ["customer_id", "at"], unique=False
    )
    op.create_index(
        op.f("ix_service_feedback_served_by_id"), "service_feedback", ["served_by_id"], unique=False
    )
    op.create_table(
        "service_warranty_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("warranty_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["warranty_id"],
            ["service_warranty.id"],
            name=op.f("fk_service_warranty_act_warranty_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_warranty_act")),
    )
    op.create_index(
        op.f("ix_service_warranty_act_warranty_id"),
        "service_warranty_act",
        ["warranty_id"],
        unique=False,
    )
    op.create_table(
        "service_warranty_claim",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("serial", sa.String(length=80), nullable=False),
        sa.Column("serial_key", sa.String(length=80), nullable=False),
        sa.Column("warranty_id", sa.Uuid(), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("phone_number", sa.String(length=24), nullable=False),
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("birth_calendar", sa.String(length=40), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("birth_leap", sa.Boolean(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
        sa.Column("may_call", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(length=120), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["core_customer.id"],
            name=op.f("fk_service_warranty_claim_customer_id"),
        ),
        sa.ForeignKeyConstraint(
            ["warranty_id"],
            ["service_warranty.id"],
            name=op.f("fk_service_warranty_claim_warranty_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_service_warranty_claim")),
        sa.UniqueConstraint("serial_key", "phone_number", name="uq_service_warranty_claim_once"),
    )
    op.create_index(
        "ix_service_warranty_claim_state",
        "service_warranty_claim",
        ["state", "at", "id"],
        unique=False,
    )
    op.create_table(
        "service_feedback_version",
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("nps", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feedback_id"],
            ["service_feedback.id"],
            name=op.f("fk_service_feedback_version_feedback_id"),
        ),
        sa.PrimaryKeyConstraint(
            "feedback_id", "position", name=op.f("pk_service_feedback_version")
        ),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("service_feedback_version")
    op.drop_index("ix_service_warranty_claim_state", table_name="service_warranty_claim")
    op.drop_table("service_warranty_claim")
    op.drop_index(op.f("ix_service_warranty_act_warranty_id"), table_name="service_warranty_act")
    op.drop_table("service_warranty_act")
    op.drop_index(op.f("ix_service_feedback_served_by_id"), table_name="service_feedback")
    op.drop_index("ix_service_feedback_customer", table_name="service_feedback")
    op.drop_index("ix_service_feedback_at", table_name="service_feedback")
    op.drop_table("service_feedback")
    op.drop_index("ix_service_warranty_serial_key", table_name="service_warranty")
    op.drop_index("ix_service_warranty_main_ends", table_name="service_warranty")
    op.drop_index("ix_service_warranty_ends", table_name="service_warranty")
    op.drop_index(op.f("ix_service_warranty_customer_id"), table_name="service_warranty")
    op.drop_table("service_warranty")
    op.drop_index(op.f("ix_service_feedback_link_subject_id"), table_name="service_feedback_link")
    op.drop_index("ix_service_feedback_link_customer", table_name="service_feedback_link")
    op.drop_table("service_feedback_link")
    op.drop_table("service_warranty_terms")
    op.drop_index("ix_service_public_attempt_subject", table_name="service_public_attempt")
    op.drop_index("ix_service_public_attempt_address", table_name="service_public_attempt")
    op.drop_table("service_public_attempt")
