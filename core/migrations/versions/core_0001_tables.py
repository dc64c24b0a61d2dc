"""The core's tables."""

import sqlalchemy as sa
from alembic import op

revision = "core_0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "core_company",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("timezone", sa.String(length=60), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("tax_number", sa.String(length=40), nullable=False),
        sa.Column("bank_account", sa.String(length=200), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("lived_to", sa.Date(), nullable=True),
        sa.Column("secret_key", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_company")),
    )
    op.create_table(
        "core_customer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sort_name", sa.String(length=120), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_customer")),
        sa.UniqueConstraint("code", name=op.f("uq_core_customer_code")),
    )
    op.create_index("ix_core_customer_sorted", "core_customer", ["sort_name", "id"], unique=False)
    op.create_table(
        "core_deal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("customer_name", sa.String(length=200), nullable=False),
        sa.Column("seller_id", sa.Uuid(), nullable=False),
        sa.Column("seller_name", sa.String(length=120), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("sold_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date(), nullable=True),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.Column("shipped", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("invoiced", sa.BigInteger(), nullable=False),
        sa.Column("credited", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), nullable=False),
        sa.Column("written_off", sa.BigInteger(), nullable=False),
        sa.Column("owed", sa.BigInteger(), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_deal")),
        sa.UniqueConstraint("number", name=op.f("uq_core_deal_number")),
        info={"view": True},
    )
    op.create_index("ix_core_deal_customer", "core_deal", ["customer_id", "sold_on"], unique=False)
    op.create_index("ix_core_deal_sold_on", "core_deal", ["sold_on", "id"], unique=False)
    op.create_index("ix_core_deal_stage", "core_deal", ["stage", "sold_on", "id"], unique=False)
    op.create_table(
        "core_live_hint",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_live_hint")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_core_live_hint_at"), "core_live_hint", ["at"], unique=False)
    op.create_table(
        "core_module",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_core_module")),
    )
    op.create_table(
        "core_number_series",
        sa.Column("series", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series", "year", name=op.f("pk_core_number_series")),
    )
    op.create_table(
        "core_person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_person")),
        sa.UniqueConstraint("login", name=op.f("uq_core_person_login")),
    )
    op.create_table(
        "core_product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("tax_rate", sa.BigInteger(), nullable=False),
        sa.Column("lots", sa.Boolean(), nullable=False),
        sa.Column("serials", sa.Boolean(), nullable=False),
        sa.Column("warranty_months", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_product")),
        sa.UniqueConstraint("sku", name=op.f("uq_core_product_sku")),
    )
    op.create_table(
        "core_request_once",
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("content_type", sa.String(length=100), nullable=True),
        sa.Column("location", sa.String(length=500), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", "person_id", name=op.f("pk_core_request_once")),
    )
    op.create_index(op.f("ix_core_request_once_at"), "core_request_once", ["at"], unique=False)
    op.create_table(
        "core_search_row",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("subtitle", sa.String(length=300), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("grams", sa.Text(), nullable=False),
        sa.Column("permission", sa.String(length=80), nullable=True),
        sa.Column("module", sa.String(length=40), nullable=True),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_search_row")),
    )
    op.create_index(
        op.f("ix_core_search_row_customer_id"), "core_search_row", ["customer_id"], unique=False
    )
    op.create_index("uq_core_search_row_kind_ref", "core_search_row", ["kind", "ref"], unique=True)
    op.create_table(
        "core_sign_in_attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(length=60), nullable=False),
        sa.Column("address", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_sign_in_attempt")),
    )
    op.create_index(
        "ix_core_sign_in_attempt_address", "core_sign_in_attempt", ["address", "at"], unique=False
    )
    op.create_index(
        "ix_core_sign_in_attempt_login", "core_sign_in_attempt", ["login", "at"], unique=False
    )
    op.create_table(
        "core_task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("unique_key", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("say", sa.Text(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("pool", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(length=120), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_task")),
        sa.UniqueConstraint("unique_key", name=op.f("uq_core_task_unique_key")),
    )
    op.create_index("ix_core_task_closed", "core_task", ["state", "closed_at", "id"], unique=False)
    op.create_index(op.f("ix_core_task_customer_id"), "core_task", ["customer_id"], unique=False)
    op.create_index(op.f("ix_core_task_deal_id"), "core_task", ["deal_id"], unique=False)
    op.create_index("ix_core_task_inbox", "core_task", ["state", "due_on", "id"], unique=False)
    op.create_index(op.f("ix_core_task_owner_id"), "core_task", ["owner_id"], unique=False)
    op.create_table(
        "core_api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_api_token_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_core_api_token_token_hash")),
    )
    op.create_index(
        op.f("ix_core_api_token_person_id"), "core_api_token", ["person_id"], unique=False
    )
    op.create_table(
        "core_customer_address",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_core_customer_address_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_customer_address")),
    )
    op.create_index(
        op.f("ix_core_customer_address_customer_id"),
        "core_customer_address",
        ["customer_id"],
        unique=False,
    )
    op.create_table(
        "core_customer_alias",
        sa.Column("alias_id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("merged_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alias_id"], ["core_customer.id"], name=op.f("fk_core_customer_alias_alias_id")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_core_customer_alias_customer_id")
        ),
        sa.PrimaryKeyConstraint("alias_id", name=op.f("pk_core_customer_alias")),
    )
    op.create_index(
        op.f("ix_core_customer_alias_customer_id"),
        "core_customer_alias",
        ["customer_id"],
        unique=False,
    )
    op.create_table(
        "core_customer_phone",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("typed", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("extension", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_core_customer_phone_customer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_customer_phone")),
    )
    op.create_index(
        op.f("ix_core_customer_phone_customer_id"),
        "core_customer_phone",
        ["customer_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_core_customer_phone_number"), "core_customer_phone", ["number"], unique=False
    )
    op.create_table(
        "core_deal_concern",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("holds", sa.String(length=40), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("raised_by", sa.String(length=120), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["core_deal.id"], name=op.f("fk_core_deal_concern_deal_id")
        ),
        sa.PrimaryKeyConstraint("deal_id", "concern_id", name=op.f("pk_core_deal_concern")),
        info={"view": True},
    )
    op.create_table(
        "core_deal_due",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=True),
        sa.Column("before_shipping", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["core_deal.id"], name=op.f("fk_core_deal_due_deal_id")
        ),
        sa.PrimaryKeyConstraint("deal_id", "position", name=op.f("pk_core_deal_due")),
        info={"view": True},
    )
    op.create_index("ix_core_deal_due_on", "core_deal_due", ["on_day"], unique=False)
    op.create_table(
        "core_deal_entry",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("fact", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=60), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["core_deal.id"], name=op.f("fk_core_deal_entry_deal_id")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_core_deal_entry")),
        info={"view": True},
    )
    op.create_index("ix_core_deal_entry_deal", "core_deal_entry", ["deal_id", "pos"], unique=False)
    op.create_table(
        "core_deal_line",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_amount", sa.BigInteger(), nullable=False),
        sa.Column("shipped", sa.BigInteger(), nullable=False),
        sa.Column("delivered", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deal_id"], ["core_deal.id"], name=op.f("fk_core_deal_line_deal_id")
        ),
        sa.PrimaryKeyConstraint("deal_id", "line_id", name=op.f("pk_core_deal_line")),
        info={"view": True},
    )
    op.create_index("ix_core_deal_line_sku", "core_deal_line", ["sku"], unique=False)
    op.create_table(
        "core_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("rows_total", sa.Integer(), nullable=False),
        sa.Column("rows_bad", sa.Integer(), nullable=False),
        sa.Column("rows_done", sa.Integer(), nullable=False),
        sa.Column("rows_new", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("by_name", sa.String(length=120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("alive_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["core_person.id"], name=op.f("fk_core_import_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_import")),
    )
    op.create_index(op.f("ix_core_import_created_at"), "core_import", ["created_at"], unique=False)
    op.create_index("ix_core_import_file", "core_import", ["kind", "digest"], unique=True)
    op.create_table(
        "core_person_role",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_person_role_person_id")
        ),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_core_person_role")),
    )
    op.create_table(
        "core_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["core_person.id"], name=op.f("fk_core_session_person_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_core_session")),
    )
    op.create_index(op.f("ix_core_session_person_id"), "core_session", ["person_id"], unique=False)
    op.create_table(
        "core_task_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=120), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("due_before", sa.Date(), nullable=True),
        sa.Column("owner", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(
            ["task_id"], ["core_task.id"], name=op.f("fk_core_task_act_task_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_task_act")),
    )
    op.create_index(op.f("ix_core_task_act_task_id"), "core_task_act", ["task_id"], unique=False)
    op.create_table(
        "core_view_check",
        sa.Column("module", sa.String(length=60), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.BigInteger(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("difference", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("module", name=op.f("pk_core_view_check")),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("core_view_check")
    op.drop_index(op.f("ix_core_task_act_task_id"), table_name="core_task_act")
    op.drop_table("core_task_act")
    op.drop_index(op.f("ix_core_session_person_id"), table_name="core_session")
    op.drop_table("core_session")
    op.drop_table("core_person_role")
    op.drop_index("ix_core_import_file", table_name="core_import")
    op.drop_index(op.f("ix_core_import_created_at"), table_name="core_import")
    op.drop_table("core_import")
    op.drop_index("ix_core_deal_line_sku", table_name="core_deal_line")
    op.drop_table("core_deal_line")
    op.drop_index("ix_core_deal_entry_deal", table_name="core_deal_entry")
    op.drop_table("core_deal_entry")
    op.drop_index("ix_core_deal_due_on", table_name="core_deal_due")
    op.drop_table("core_deal_due")
    op.drop_table("core_deal_concern")
    op.drop_index(op.f("ix_core_customer_phone_number"), table_name="core_customer_phone")
    op.drop_index(op.f("ix_core_customer_phone_customer_id"), table_name="core_customer_phone")
    op.drop_table("core_customer_phone")
    op.drop_index(op.f("ix_core_customer_alias_customer_id"), table_name="core_customer_alias")
    op.drop_table("core_customer_alias")
    op.drop_index(op.f("ix_core_customer_address_customer_id"), table_name="core_customer_address")
    op.drop_table("core_customer_address")
    op.drop_index(op.f("ix_core_api_token_person_id"), table_name="core_api_token")
    op.drop_table("core_api_token")
    op.drop_index(op.f("ix_core_task_owner_id"), table_name="core_task")
    op.drop_index("ix_core_task_inbox", table_name="core_task")
    op.drop_index(op.f("ix_core_task_deal_id"), table_name="core_task")
    op.drop_index(op.f("ix_core_task_customer_id"), table_name="core_task")
    op.drop_index("ix_core_task_closed", table_name="core_task")
    op.drop_table("core_task")
    op.drop_index("ix_core_sign_in_attempt_login", table_name="core_sign_in_attempt")
    op.drop_index("ix_core_sign_in_attempt_address", table_name="core_sign_in_attempt")
    op.drop_table("core_sign_in_attempt")
    op.drop_index("uq_core_search_row_kind_ref", table_name="core_search_row")
    op.drop_index(op.f("ix_core_search_row_customer_id"), table_name="core_search_row")
    op.drop_table("core_search_row")
    op.drop_index(op.f("ix_core_request_once_at"), table_name="core_request_once")
    op.drop_table("core_request_once")
    op.drop_table("core_product")
    op.drop_table("core_person")
    op.drop_table("core_number_series")
    op.drop_table("core_module")
    op.drop_index(op.f("ix_core_live_hint_at"), table_name="core_live_hint")
    op.drop_table("core_live_hint")
    op.drop_index("ix_core_deal_stage", table_name="core_deal")
    op.drop_index("ix_core_deal_sold_on", table_name="core_deal")
    op.drop_index("ix_core_deal_customer", table_name="core_deal")
    op.drop_table("core_deal")
    op.drop_index("ix_core_customer_sorted", table_name="core_customer")
    op.drop_table("core_customer")
    op.drop_table("core_company")
