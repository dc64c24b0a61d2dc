"""A company that consists of a database and the bus: no web, no core."""

from collections.abc import Iterator
from itertools import count

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

import bus
from bus.testing import own_declarations
from tests.bus.company import Company, create_tables, sqlite_rules

_numbers = count(1)


@pytest.fixture(scope="session")
def empty_postgresql(request) -> str:
    """A PostgreSQL database with the bus's tables, to be copied."""
    server = make_url(request.getfixturevalue("postgresql_url"))
    administrator = create_engine(server, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text("DROP DATABASE IF EXISTS bus_empty WITH (FORCE)"))
        connection.execute(text("CREATE DATABASE bus_empty"))
    administrator.dispose()
    engine = create_engine(server.set(database="bus_empty"))
    create_tables(engine)
    engine.dispose()
    return server.render_as_string(hide_password=False)


@pytest.fixture
def company_url(backend, request, tmp_path) -> Iterator[str]:
    """A database of this test alone."""
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path / 'company.sqlite3'}"
        engine = create_engine(url)
        sqlite_rules(engine)
        create_tables(engine)
        engine.dispose()
        yield url
        return
    server = make_url(request.getfixturevalue("empty_postgresql"))
    name = f"bus_{next(_numbers)}"
    administrator = create_engine(server, isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE bus_empty STRATEGY file_copy"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with administrator.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    administrator.dispose()


@pytest.fixture(autouse=True)
def declarations() -> Iterator[None]:
    """Each test declares its own events and listeners."""
    with own_declarations():
        yield


@pytest.fixture
def company(company_url) -> Iterator[Company]:
    """The company, with the bus connected to it."""
    made = Company(company_url)
    made.connect()
    yield made
    bus.disconnect()
    made.engine.dispose()
