"""The whole card of a customer: her people, her days, her tags, and when she was last heard of."""

import sqlalchemy as sa
from alembic import op

revision = "core_0003"
down_revision = "core_0002"
branch_labels = None
depends_on = None

#: Only a few cards have a value: an index over those alone.
_RARE = ("resident_id", "uscc", "seller_id")


def upgrade() -> None:
    """Apply."""
    for column in (*_words(), *_numbers(), *_birth()):
        op.add_column("core_customer", column)
    op.create_index("ix_core_customer_area", "core_customer", ["area"])
    op.create_index(
        "ix_core_customer_birthday",
        "core_customer",
        ["birth_calendar", "birth_month", "birth_day"],
    )
    for name in _RARE:
        there = sa.text(f"{name} IS NOT NULL")
        op.create_index(
            f"ix_core_customer_{name}",
            "core_customer",
            [name],
            sqlite_where=there,
            postgresql_where=there,
        )
    _contacts_and_tags()
    _access()
    _alike()
    op.create_table(
        "core_customer_touch",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_core_customer_touch")),
    )
    op.create_index(
        "ix_core_customer_touch_at", "core_customer_touch", ["touched_at", "customer_id"]
    )


def _contacts_and_tags() -> None:
    op.create_table(
        "core_customer_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        _word("relation", 60),
        _word("name", 120),
        _word("phone", 40),
        sa.Column("exam_year", sa.Integer(), nullable=True),
        _word("note", 200),
        *_birth(),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["core_customer.id"],
            name=op.f("fk_core_customer_contact_customer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_customer_contact")),
    )
    op.create_index(
        "ix_core_customer_contact_customer_id", "core_customer_contact", ["customer_id"]
    )
    op.create_table(
        "core_customer_tag",
        sa.Column("customer_id", sa.Uuid(), nullable=False),
        sa.Column("tag", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["core_customer.id"], name=op.f("fk_core_customer_tag_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "tag", name=op.f("pk_core_customer_tag")),
    )
    op.create_index("ix_core_customer_tag_tag", "core_customer_tag", ["tag", "customer_id"])


def _access() -> None:
    op.create_table(
        "core_customer_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.Uuid(), nullable=True),
        _word("detail", 200),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_customer_access")),
    )
    op.create_index("ix_core_customer_access_at", "core_customer_access", ["at"])
    op.create_index(
        "ix_core_customer_access_customer", "core_customer_access", ["customer_id", "at"]
    )


def _alike() -> None:
    op.add_column("core_customer_alias", sa.Column("merged_with", sa.Uuid(), nullable=True))
    op.create_table(
        "core_customer_apart",
        sa.Column("first_id", sa.Uuid(), nullable=False),
        sa.Column("second_id", sa.Uuid(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("said_by", sa.Uuid(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], ["core_customer.id"], name=op.f(f"fk_core_customer_apart_{name}")
            )
            for name in ("first_id", "second_id")
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_core_customer_apart")),
    )
    _index_phones("number", "customer_id")


def _index_phones(*columns: str) -> None:
    op.drop_index("ix_core_customer_phone_number", table_name="core_customer_phone")
    op.create_index("ix_core_customer_phone_number", "core_customer_phone", list(columns))


def downgrade() -> None:
    """Take back."""
    _index_phones("number")
    op.drop_column("core_customer_alias", "merged_with")
    for table in ("touch", "access", "tag", "contact", "apart"):
        op.drop_table(f"core_customer_{table}")
    for name in (*_RARE, "birthday", "area"):
        op.drop_index(f"ix_core_customer_{name}", table_name="core_customer")
    for column in (*_words(), *_numbers(), *_birth()):
        op.drop_column("core_customer", column.name)


def _words() -> list[sa.Column]:
    return [
        _word("kind", 40, "person"),
        _word("surname", 40),
        _word("title", 40),
        _word("brand", 40),
        _word("brand_name", 80),
        sa.Column("prefers", sa.Text(), server_default="", nullable=False),
        _word("area", 80),
        _word("legal_person", 120),
        _word("trade", 80),
        _word("terms", 200),
        _word("grade", 40),
        _word("stage", 40, "prospect"),
    ]


def _numbers() -> list[sa.Column]:
    return [
        sa.Column("household_size", sa.Integer(), nullable=True),
        sa.Column("pay_day", sa.Integer(), nullable=True),
        sa.Column("resident_id", sa.String(length=18), nullable=True),
        sa.Column("seller_id", sa.Uuid(), nullable=True),
        sa.Column("uscc", sa.String(length=18), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("opted_out", sa.Boolean(), server_default=sa.false(), nullable=False),
    ]


def _birth() -> list[sa.Column]:
    return [
        sa.Column("birth_calendar", sa.String(length=40), nullable=True),
        sa.Column("birth_month", sa.Integer(), nullable=True),
        sa.Column("birth_day", sa.Integer(), nullable=True),
        sa.Column("birth_leap", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("birth_year", sa.Integer(), nullable=True),
    ]


def _word(name: str, longest: int, default: str = "") -> sa.Column:
    return sa.Column(name, sa.String(length=longest), server_default=default, nullable=False)
