"""Bring the database to the code's version; each module has a version table of its own.

One shared table with branches breaks every later upgrade once a module's code is gone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, MetaData

import bus.tables
from core.config import CHECKOUT
from core.db import Base
from core.errors import SetupError
from core.registry.discovery import Installed

_ENVIRONMENT = CHECKOUT / "core" / "migrations"


@dataclass(frozen=True)
class Part:
    """A set of tables that migrates on its own: the bus, the core, or one module."""

    name: str
    versions: Path
    metadata: MetaData

    @property
    def version_table(self) -> str:
        """Where this part's version is kept."""
        return f"alembic_version_{self.name}"

    def config(self, engine: Engine) -> Config:
        """Return Alembic's configuration for this part."""
        config = Config()
        config.set_main_option("script_location", str(_ENVIRONMENT))
        config.set_main_option("path_separator", "newline")
        config.set_main_option("version_locations", str(self.versions))
        config.attributes.update(engine=engine, part=self)
        return config


def parts(modules: Iterable[Installed]) -> list[Part]:
    """Return everything that has tables, in the order in which it is upgraded."""
    found = [
        Part("bus", CHECKOUT / "bus" / "migrations" / "versions", bus.tables.metadata),
        Part("core", _ENVIRONMENT / "versions", Base.metadata),
    ]
    for module in modules:
        versions = module.folder / "migrations" / "versions"
        if versions.is_dir():
            found.append(Part(module.name, versions, Base.metadata))
    return found


def upgrade(engine: Engine, modules: Iterable[Installed]) -> None:
    """Upgrade every part to its newest version.

    Raises:
        SetupError: when the database was written by newer code than this.
    """
    for part in parts(modules):
        config = part.config(engine)
        scripts = ScriptDirectory.from_config(config)
        have = _current(engine, part)
        if have == scripts.get_current_head():
            continue
        if have is not None and have not in {each.revision for each in scripts.walk_revisions()}:
            raise SetupError(
                f"The database is newer than this program ({part.name} is at {have}). "
                "Install the newer version of Lamplit, or restore the backup made before it."
            )
        command.upgrade(config, "head")


def draft(engine: Engine, modules: Iterable[Installed], name: str, message: str) -> None:
    """Write a new migration for one part from the difference between models and database."""
    part = next((each for each in parts(modules) if each.name == name), None)
    if part is None:
        raise SetupError(f"There is no part {name!r} with a folder migrations/versions.")
    config = part.config(engine)
    count = len(list(ScriptDirectory.from_config(config).walk_revisions()))
    command.revision(config, message, autogenerate=True, rev_id=f"{name}_{count + 1:04d}")


def _current(engine: Engine, part: Part) -> str | None:
    with engine.connect() as connection:
        options = {"version_table": part.version_table}
        return MigrationContext.configure(connection, opts=options).get_current_revision()
