"""Alembic's environment for one part; the part comes from core.registry.migrations."""

from typing import Any

from alembic import context

from core.registry.migrations import Part

part: Part = context.config.attributes["part"]


def include_name(name: str | None, type_: str, _parents: Any) -> bool:
    """Look only at the tables that carry the part's prefix."""
    return type_ != "table" or (name or "").startswith(f"{part.name}_")


def include_object(_object: Any, name: str | None, type_: str, _reflected: bool, _to: Any) -> bool:
    """Compare only the models that carry the part's prefix."""
    return type_ != "table" or (name or "").startswith(f"{part.name}_")


def render_item(type_: str, item: Any, _context: Any) -> str | bool:
    """Write our column types by their storage, so that old migrations never import new code."""
    if type_ != "type" or not type(item).__module__.startswith("core."):
        return False
    return f"sa.{item.impl_instance!r}"


with context.config.attributes["engine"].connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=part.metadata,
        version_table=part.version_table,
        include_name=include_name,
        include_object=include_object,
        render_item=render_item,
        compare_type=False,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()
