"""The migrations make exactly the tables that the code uses."""

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import inspect

from bus.tables import metadata
from tests.bus.company import heard


def test_the_migrated_tables_are_the_declared_ones(company):
    def ours(_object, name, kind, _reflected, _other):
        return kind != "table" or name.startswith("bus_")

    with company.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": ours, "compare_type": False}
        )
        assert compare_metadata(context, metadata) == []


def test_the_bus_can_be_taken_away_again(company):
    import importlib

    first = importlib.import_module("bus.migrations.versions.bus_0001_log_and_deliveries")
    with company.engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            first.downgrade()
        assert inspect(connection).get_table_names() == [heard.name]
