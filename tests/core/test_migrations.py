"""The core's migrations make exactly the tables that the code uses, and can be taken back."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Uuid, column, insert, table

from core.clock import now
from core.columns import UtcDateTime
from core.customers.models import Customer
from core.db import Base, db
from core.ids import new_id
from core.registry.migrations import parts

# Columns and indexes that only one dialect understands are not compared.
_OWN = {"ix_core_search_row_grams"}


def _core():
    return next(part for part in parts([]) if part.name == "core")


def test_the_migrated_tables_are_the_declared_ones(app):
    def ours(_object, name, kind, reflected, _other):
        if kind == "table":
            return name.startswith("core_") and not (reflected and name.startswith("core_search"))
        return name not in _OWN

    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": ours, "version_table": _core().version_table},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_cards_from_before_the_whole_card_are_kept(app):
    with app.app_context():
        config = _core().config(db.engine)
        command.downgrade(config, "core_0002")
        old = table(
            "core_customer",
            *(column("id", Uuid), column("name"), column("sort_name"), column("note")),
            *(column("version"), column("created_at", UtcDateTime)),
        )
        id_ = new_id()
        with db.engine.begin() as connection:
            connection.execute(insert(old).values((id_, "赵敏", "zhaomin", "", 1, now())))

        command.upgrade(config, "head")

        row = db.session.get(Customer, id_)
        assert (row.name, row.kind, row.stage, row.opted_out) == (
            "赵敏",
            "person",
            "prospect",
            False,
        )
