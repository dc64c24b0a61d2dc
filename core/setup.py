"""Prepare an installation: folder, database, company, first people."""

from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError

from core.company import Company, CompanyRow, found_company
from core.config import Settings
from core.db import attach, db
from core.errors import SetupError
from core.people.person import ADMINISTRATOR
from core.people.services import create_person
from core.registry.discovery import discover
from core.registry.migrations import upgrade
from core.registry.wiring import load_declarations


def migrate(settings: Settings) -> None:
    """Bring the database to this code's version, making it when there is none.

    Raises:
        SetupError: when it cannot be reached or is newer than the code.
    """
    if not settings.database_url:
        settings.prepare_home()
    modules = discover(settings.addons)
    load_declarations(modules.values())
    engine = create_engine(settings.url)
    attach(engine)
    try:
        upgrade(engine, modules.values())
    except OperationalError as error:
        raise SetupError(
            f"The database {engine.url.render_as_string()} cannot be used: {error.orig} "
            "Check LAMPLIT_DATABASE_URL and that the database server runs."
        ) from None
    finally:
        engine.dispose()


def is_founded() -> bool:
    """Tell whether the company has been set up."""
    return db.session.get(CompanyRow, 1) is not None


def found_empty() -> str:
    """Set up a real company and return the administrator's one-time password."""
    found_company(Company())
    _id, password = create_person("admin", "Administrator", (ADMINISTRATOR,))
    return password
