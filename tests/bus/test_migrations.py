"""The migrations make exactly the tables that the code uses."""

import importlib

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from bus.tables import metadata
from tests.bus.company import MIGRATIONS, heard


def test_the_migrated_tables_are_the_declared_ones(company):
    def ours(_object, name, kind, _reflected, _other):
        return kind != "table" or name.startswith("bus_")

    with company.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False}
        )
        assert compare_metadata(context, metadata) == []


def test_the_bus_can_be_taken_away_again(company):
    with company.engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            for path in sorted(MIGRATIONS.glob("bus_*.py"), reverse=True):
                importlib.import_module(f"bus.migrations.versions.{path.stem}").downgrade()
        assert inspect(connection).get_table_names() == [heard.name]
