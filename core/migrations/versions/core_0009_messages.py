"""Messages by template, what became of them, what customers want, and e-mail addresses."""

import sqlalchemy as sa
from alembic import op

revision = "core_0009"
down_revision = "core_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column(
        "core_customer",
        sa.Column("email", sa.String(length=200), server_default="", nullable=False),
    )
    _templates()
    _messages()
    op.create_table(
        "core_message_consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("opted_out", sa.Boolean(), nullable=False),
        sa.Column("how", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message_consent")),
    )
    op.create_index(
        op.f("ix_core_message_consent_customer_id"), "core_message_consent", ["customer_id"]
    )


def _templates() -> None:
    op.create_table(
        "core_message_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("preset", sa.String(length=60), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message_template")),
        sa.UniqueConstraint("preset", name=op.f("uq_core_message_template_preset")),
    )
    op.create_table(
        "core_message_settings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature", sa.String(length=40), nullable=False),
        sa.Column("ending", sa.String(length=60), nullable=False),
        sa.Column("refusals", sa.String(length=200), nullable=False),
        sa.Column("mail_from", sa.String(length=200), nullable=False),
        sa.Column("public_url", sa.String(length=200), nullable=False),
        sa.Column("opens", sa.Integer(), nullable=False),
        sa.Column("closes", sa.Integer(), nullable=False),
        sa.Column("gap", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message_settings")),
    )


def _messages() -> None:
    op.create_table(
        "core_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.String(length=120), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("recipient", sa.String(length=400), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message")),
        sa.UniqueConstraint("key", name=op.f("uq_core_message_key")),
    )
    for name, columns in (
        ("ix_core_message_customer", ["customer_id", "created_at"]),
        ("ix_core_message_created", ["created_at", "id"]),
        ("ix_core_message_waiting", ["state", "not_before"]),
        ("ix_core_message_recipient", ["recipient"]),
    ):
        op.create_index(name, "core_message", columns)
    op.create_table(
        "core_message_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["core_message.id"], name=op.f("fk_core_message_act_message_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_message_act")),
    )
    op.create_index(op.f("ix_core_message_act_message_id"), "core_message_act", ["message_id"])


def downgrade() -> None:
    """Take back."""
    for table in ("act", "consent", "settings", "template"):
        op.drop_table(f"core_message_{table}")
    op.drop_table("core_message")
    op.drop_column("core_customer", "email")
