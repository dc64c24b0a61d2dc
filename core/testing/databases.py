"""A fresh, migrated database for every test, copied from one that was set up once."""

import shutil
from abc import ABC, abstractmethod
from collections.abc import Iterable
from pathlib import Path

import psycopg
from argon2 import PasswordHasher, profiles
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from core.app import create_app
from core.company import Company, found_company
from core.config import Settings
from core.db import unit_of_work
from core.people import passwords
from core.people.sample import add_sample_people
from core.setup import migrate
from core.testing.applications import dispose

# Hashing is slow on purpose; the tests sign in hundreds of times.
passwords._hasher = PasswordHasher.from_parameters(profiles.CHEAPEST)

#: A company that is no sample: what the tests sell is their own.
COMPANY = Company(name="晨光商贸", currency="CNY", language="zh_Hans_CN", timezone="Asia/Shanghai")


class Databases(ABC):
    """Hands out a database that nobody has used yet, under the same address every time."""

    @abstractmethod
    def fresh(self) -> str:
        """Return the URL of a database with tables, a company and its people."""

    @abstractmethod
    def drop(self) -> None:
        """Remove a database that a test has finished with."""


class SqliteDatabases(Databases):
    """Files, copied."""

    def __init__(self, folder: Path, addons: Iterable[Path] = ()) -> None:
        self._template = folder / "template.sqlite3"
        self._path = folder / "test.sqlite3"
        prepare(f"sqlite:///{self._template}", addons)
        with_all_pages = create_engine(f"sqlite:///{self._template}")
        with with_all_pages.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        with_all_pages.dispose()

    def fresh(self) -> str:
        shutil.copyfile(self._template, self._path)
        return f"sqlite:///{self._path}"

    def drop(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)


class PostgresqlDatabases(Databases):
    """Databases of one server, cloned file by file inside it."""

    def __init__(self, server_url: str, prefix: str, addons: Iterable[Path] = ()) -> None:
        self._server = make_url(server_url).set(drivername="postgresql")
        self._prefix = prefix
        self._template = f"{prefix}_template"
        self._say(f'drop database if exists "{self._template}" with (force)')
        self._say(f'create database "{self._template}"')
        prepare(self._url(self._template), addons)

    def fresh(self) -> str:
        self.drop()
        self._say(
            f'create database "{self._prefix}" template "{self._template}" strategy file_copy'
        )
        return self._url(self._prefix)

    def drop(self) -> None:
        self._say(f'drop database if exists "{self._prefix}" with (force)')

    def close(self) -> None:
        """Remove what the others were copied from."""
        self._say(f'drop database if exists "{self._template}" with (force)')

    def _url(self, name: str) -> str:
        return self._server.set(database=name).render_as_string(hide_password=False)

    def _say(self, statement: str) -> None:
        url = self._server.render_as_string(hide_password=False)
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(statement.encode())


def prepare(url: str, addons: Iterable[Path] = ()) -> None:
    """Set up an empty database: tables, a company, and the people of the sample company."""
    settings = Settings(database_url=url, addons=tuple(addons))
    migrate(settings)
    app = create_app(settings)
    with unit_of_work(app):
        found_company(COMPANY)
        add_sample_people()
    dispose(app)
