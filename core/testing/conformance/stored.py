"""A module keeps its tables to itself, and its migrations make just those tables."""

from collections.abc import Iterator

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Table, inspect

from core.app import Lamplit
from core.db import Base, db
from core.registry.discovery import Installed
from core.registry.migrations import Part, parts


def tables_carry_the_prefix(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield tables whose name does not say whose they are."""
    for table in tables_of(module):
        if not table.name.startswith(f"{module.name}_"):
            yield f"table {table.name} needs the prefix {module.name}_"


def foreign_keys_stay_at_home(module: Installed, _app: Lamplit) -> Iterator[str]:
    """Yield foreign keys to another department, which could then not be taken away."""
    allowed = (f"{module.name}_", "core_")
    for table in tables_of(module):
        for key in table.foreign_keys:
            if not key.target_fullname.startswith(allowed):
                yield f"{table.name}.{key.parent.name} points to {key.target_fullname}"


def migrations_make_the_tables(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield every difference between the models and a migrated database."""
    tables = tables_of(module)
    part = part_of(module)
    if part is None:
        if tables:
            yield "there are tables but no migrations/versions/"
        return
    own = {table.name for table in tables}
    options = {
        "version_table": part.version_table,
        "include_name": lambda name, kind, _parents: kind != "table" or name in own,
        "include_object": lambda _item, name, kind, _other, _to: kind != "table" or name in own,
        "compare_type": True,
    }
    with app.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        for difference in compare_metadata(context, Base.metadata):
            yield f"models and migrations differ: {difference}"


def migrations_can_be_taken_back(module: Installed, app: Lamplit) -> Iterator[str]:
    """Yield tables that stay behind after the way down, and failures of the way up again."""
    part = part_of(module)
    if part is None:
        return
    with app.app_context():
        config = part.config(db.engine)
        command.downgrade(config, "base")
        left = {each for each in inspect(db.engine).get_table_names() if _is_its(each, module)}
        if left:
            yield f"the way down leaves {sorted(left)}"
        command.upgrade(config, "head")


def tables_of(module: Installed) -> list[Table]:
    """Return the tables that a module's models declare."""
    found = []
    for mapper in Base.registry.mappers:
        if mapper.class_.__module__.startswith(f"{module.package}."):
            found += [each for each in mapper.tables if isinstance(each, Table)]
    return sorted(set(found), key=lambda table: table.name)


def part_of(module: Installed) -> Part | None:
    """Return the module's migrations, if it has any."""
    return next((each for each in parts([module]) if each.name == module.name), None)


def _is_its(table: str, module: Installed) -> bool:
    return table.startswith(f"{module.name}_")
