"""Fixtures for tests of the core and of modules, also of modules by somebody else.

A conftest.py names them with `pytest_plugins = ["core.testing.fixtures"]`. `pytest
--backend=sqlite|postgresql|both` chooses the database; with PostgreSQL the bus runs over Redis.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, cast

import pytest

from core.testing import servers

# The application is imported by the fixtures that need it: a pure function is tested at once.
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from pathlib import Path

    from flask import Flask

    from core.app import Lamplit
    from core.config import Settings
    from core.testing.clients import ApiClient, ScreenClient
    from core.testing.databases import Databases
    from core.testing.deals import ADeal

BACKENDS = {"sqlite": ("sqlite",), "postgresql": ("postgresql",), "both": ("sqlite", "postgresql")}
_ONLY = {"sqlite_only": "postgresql", "postgresql_only": "sqlite"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --backend."""
    parser.addoption(
        "--backend",
        choices=sorted(BACKENDS),
        default="sqlite",
        help="run the tests that use a database on SQLite, on PostgreSQL with Redis, or on both",
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what uses a database once for each backend."""
    if "backend" in metafunc.fixturenames:
        chosen = BACKENDS[metafunc.config.getoption("--backend")]
        metafunc.parametrize("backend", chosen, scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL alone leave out what has run on SQLite and uses no database."""
    kept = [item for item in items if _runs(item, config.getoption("--backend"))]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = kept


def _runs(item: pytest.Item, chosen: str) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    backend = params.get("backend", "sqlite" if chosen == "both" else chosen)
    if any(item.get_closest_marker(mark) and backend == other for mark, other in _ONLY.items()):
        return False
    fixtures = getattr(item, "fixturenames", ())
    return chosen != "postgresql" or "backend" in fixtures or "redis_url" in fixtures


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """A Redis server for this test run."""
    with servers.redis_server() as url:
        yield url


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A PostgreSQL server for this test run."""
    with servers.postgresql_server() as url:
        yield url


@pytest.fixture(scope="session")
def databases(backend: str, request: pytest.FixtureRequest) -> Iterator[Databases]:
    """The maker of databases; their template is set up once."""
    from core.config import Settings
    from core.testing.databases import PostgresqlDatabases, SqliteDatabases

    addons = Settings.from_environment().addons
    if backend == "sqlite":
        with servers.memory_folder("lamplit-sqlite-") as folder:
            yield SqliteDatabases(folder, addons)
        return
    server = request.getfixturevalue("postgresql_url")
    made = PostgresqlDatabases(server, f"lamplit_{os.getpid()}", addons)
    yield made
    made.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A database of this test alone: migrated, with a company and its people."""
    url = databases.fresh()
    yield url
    databases.drop()


@pytest.fixture
def settings(
    backend: str, database_url: str, tmp_path: Path, request: pytest.FixtureRequest
) -> Settings:
    """Settings for an installation of this test alone."""
    import redis

    from core.config import Settings

    url = ""
    if backend == "postgresql":
        url = cast("str", request.getfixturevalue("redis_url"))
        redis.Redis.from_url(url).flushdb()
    addons = Settings.from_environment().addons
    return Settings(home=tmp_path, database_url=database_url, redis_url=url, addons=addons)


@pytest.fixture(scope="session")
def applications() -> dict[object, Lamplit]:
    """The applications of this test run: wiring one takes longer than most tests."""
    return {}


@pytest.fixture
def app(
    settings: Settings, applications: dict[object, Lamplit], request: pytest.FixtureRequest
) -> Iterator[Lamplit]:
    """The application on this test's database: people admin, sales, finance, warehouse, service.

    It is used again and again; a test that adds to it is marked `own_app`.
    """
    from core.testing.applications import connected, dispose, made

    if request.node.get_closest_marker("own_app"):
        application = made(settings)
    else:
        key = (settings.url, settings.redis_url, settings.addons)
        if key not in applications:
            applications[key] = made(settings)
        application = connected(applications[key], settings)
    yield application
    dispose(application)


@pytest.fixture
def visitor(app: Lamplit) -> ScreenClient:
    """A browser in which nobody has signed in yet."""
    return cast("ScreenClient", app.test_client())


@pytest.fixture
def client(app: Lamplit) -> Callable[[str], ScreenClient]:
    """A maker of browsers signed in as somebody, as in `client("sales").get("/sales/orders")`."""
    return lambda login: cast("ScreenClient", app.test_client()).sign_in(login)


@pytest.fixture
def api_as(app: Lamplit) -> Callable[[str], ApiClient]:
    """A maker of programs that act as somebody, as in `api_as("finance").get("deals")`."""
    from core.testing.clients import ApiClient

    return lambda login: ApiClient(app, login)


@pytest.fixture
def api(api_as: Callable[[str], ApiClient]) -> ApiClient:
    """A program that may do everything: api.post("customers", {...})."""
    return api_as("admin")


@pytest.fixture
def bus_idle(app: Lamplit) -> Callable[[], int]:
    """Deliver in line, now, everything that waits; returns how many deliveries were open."""
    from core.testing.deliveries import deliver_everything

    return lambda: deliver_everything(app)


@pytest.fixture
def acting(app: Lamplit) -> Callable[[str], AbstractContextManager[None]]:
    """A maker of write transactions in which the services see somebody acting."""
    return lambda login: _acting(app, login)


@contextmanager
def _acting(app: Flask, login: str) -> Iterator[None]:
    from flask import g

    from core.db import unit_of_work
    from core.testing.clients import person_called

    person = person_called(app, login)
    with unit_of_work(app):
        g.lamplit_person = person
        yield


@pytest.fixture
def a_deal(acting: Callable[[str], AbstractContextManager[None]]) -> Callable[..., ADeal]:
    """A maker of deals: `a_deal(quantity=2)` has been sold to a customer, by no module."""
    from core.testing.deals import sell

    numbers = count(1)

    def make(quantity: int | str = 1, **more: Any) -> ADeal:
        with acting("sales"):
            return sell(f"T-{next(numbers):04d}", quantity, **more)

    return make
