"""A kept statement answers what SQLAlchemy's own way would, on each database."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    bindparam,
    event,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from bus.columns import Json, UtcDateTime
from bus.kept import Kept
from bus.rows import among_named, by_name

metadata = MetaData()
note = Table(
    "kept_note",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("said", Json),
    Column("at", UtcDateTime),
    Column("open", Boolean),
    Column("by", String(20), unique=True),
)
NAMES = tuple(note.columns.keys())
WRITING = Kept(insert(note).values(by_name(*NAMES)))
ALL = select(note).order_by(note.c.number)
READING = Kept(ALL)


def a_note(number, **others):
    at = datetime(2026, 3, 1, 12, 30, 15, 250_000, UTC)
    values = {"said": {"你": [number, None]}, "at": at, "open": number % 2 == 0, "by": str(number)}
    return {"id": uuid4(), "number": number, **values, **others}


@pytest.fixture
def notes(company):
    metadata.create_all(company.engine)
    yield company
    metadata.drop_all(company.engine)


def test_every_type_comes_back_as_it_does_from_sqlalchemy(notes):
    written = [a_note(1), a_note(2, said=None, at=None, open=None, by=None)]
    with notes.unit_of_work() as session:
        connection = session.connection()
        WRITING.run(connection, written)
        WRITING.run(connection, [])

        kept, usual = READING.rows(connection, {}), connection.execute(ALL).all()

    assert [row._asdict() for row in kept] == written
    assert [row._asdict() for row in usual] == written
    assert (kept[0].number, kept[1].by) == (1, None)


def test_a_list_is_one_parameter(notes):
    written = [a_note(number) for number in range(5)]
    wanted = [written[4], written[1]]
    with notes.unit_of_work() as session:
        connection = session.connection()
        WRITING.run(connection, written)
        for column in (note.c.id, note.c.number, note.c.by):
            these = among_named(connection.dialect.name, column, "these")
            found = Kept(select(note.c.number).where(these).order_by(note.c.number))

            asked = [each[column.name] for each in wanted]

            assert [n for (n,) in found.rows(connection, {"these": asked})] == [1, 4]
            assert found.rows(connection, {"these": []}) == []


def test_what_is_fixed_and_what_is_given_go_together(notes):
    later = Kept(
        select(note.c.number)
        .where(note.c.number > bindparam("least"), note.c.open == literal(True))
        .order_by(note.c.number.desc())
        .limit(2)
    )
    with notes.unit_of_work() as session:
        connection = session.connection()
        WRITING.run(connection, [a_note(number) for number in range(9)])

        assert later.rows(connection, {"least": 3}) == [(8,), (6,)]
        assert later.first(connection, {"least": 7}).number == 8
        assert later.scalar(connection, {"least": 8}) is None
        assert Kept(text("SELECT 40 + :more")).scalar(connection, {"more": 2}) == 42


def test_an_error_of_the_database_is_sqlalchemys(notes):
    nowhere = Kept(text("SELECT * FROM kept_nowhere"))
    with pytest.raises(IntegrityError), notes.unit_of_work() as session:
        WRITING.run(session.connection(), [a_note(1), a_note(2, by="1")])
    with pytest.raises(DBAPIError, match="kept_nowhere"), notes.reading() as session:
        nowhere.rows(session.connection(), {})
    with notes.reading() as session:
        assert READING.rows(session.connection(), {}) == []


def test_a_parameter_that_is_not_given_is_an_error(notes):
    incomplete = {name: value for name, value in a_note(1).items() if name != "by"}
    with notes.unit_of_work() as session, pytest.raises(KeyError, match="by"):
        WRITING.run(session.connection(), incomplete)


def test_who_listens_for_statements_hears_of_it(notes):
    told = []

    def listen(_connection, _cursor, statement, *_more):
        told.append(statement)

    event.listen(notes.engine, "before_cursor_execute", listen)
    try:
        with notes.unit_of_work() as session:
            WRITING.run(session.connection(), [a_note(1), a_note(2)])
            assert [row.number for row in READING.rows(session.connection(), {})] == [1, 2]
    finally:
        event.remove(notes.engine, "before_cursor_execute", listen)
    assert [words.split()[0] for words in told][-2:] == ["INSERT", "SELECT"]


@pytest.mark.postgresql_only
def test_a_connection_that_is_gone_is_not_used_again(notes):
    with notes.engine.connect() as connection, notes.engine.connect() as other:
        pid = connection.connection.driver_connection.info.backend_pid
        other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})

        with pytest.raises(OperationalError):
            READING.rows(connection, {})

        assert connection.invalidated
