"""What the stories about the bus are told with: a company, its events and its listeners."""

import importlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from uuid import UUID, uuid4

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    create_engine,
    event,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

import bus
from bus.tables import bus_delivery, bus_event, bus_subscriber

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MIGRATIONS = Path(bus.__file__).parent / "migrations" / "versions"

_metadata = MetaData()
heard = Table(
    "heard",
    _metadata,
    Column("id", Integer, primary_key=True),
    Column("subscriber", String, nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("number", Integer, nullable=False),
    Column("replayed", Integer, nullable=False),
)
_current: ContextVar[Session] = ContextVar("session")
_handlers = count(1)


class Killed(BaseException):
    """The process ends here: nothing after this line runs, and its transaction is rolled back."""


class Company:
    """A database, its transactions, and a process in it that can be made to die."""

    def __init__(self, url: str) -> None:
        self.engine = create_engine(url, pool_size=12)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        if self.is_sqlite:
            sqlite_rules(self.engine)
        self.person: str | None = "Wang"
        self.dies_at: tuple[str, int] | None = None
        self.steps = 0
        event.listen(self.engine, "begin", self._begin)
        event.listen(self.engine, "commit", self._commit)

    def connect(self, **others) -> None:
        """Connect the bus, as the program does at its start."""
        bus.connect(
            session=_current.get,
            unit_of_work=self.unit_of_work,
            reading=self.reading,
            actor=lambda: self.person,
            **others,
        )

    def connect_session(self, session: Session) -> None:
        """Let the bus publish in this session."""
        _current.set(session)

    @contextmanager
    def unit_of_work(self) -> Iterator[Session]:
        """A write transaction of its own."""
        with Session(self.engine) as session:
            token = _current.set(session)
            try:
                yield session
                session.commit()
            finally:
                _current.reset(token)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A read transaction of its own."""
        with Session(self.engine.execution_options(reads=True)) as session:
            token = _current.set(session)
            try:
                yield session
            finally:
                _current.reset(token)

    def open_for_business(self) -> None:
        """Start: the listeners declared so far are installed."""
        with self.unit_of_work():
            bus.install()

    def publish(self, *events: bus.Event) -> list[bus.StoredEvent]:
        """Publish in a transaction of its own."""
        with self.unit_of_work():
            return [bus.publish(each) for each in events]

    def heard_by(self, subscriber: str, about: UUID | None = None) -> list[int]:
        """The numbers of what a subscriber has heard, in the order in which it did."""
        statement = select(heard.c.number).where(heard.c.subscriber == subscriber)
        if about is not None:
            statement = statement.where(heard.c.aggregate_id == about)
        with self.reading() as session:
            return list(session.scalars(statement.order_by(heard.c.id)))

    def plan(self, ask: Callable[[], object]) -> str:
        """How the database answers the last question of a function, were the tables large."""
        asked = []
        with self.reading() as session:
            connection = session.connection()
            if not self.is_sqlite:
                connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given))
            ask()
            _, _, statement, values, *_ = asked[-1]
            word = "EXPLAIN QUERY PLAN" if self.is_sqlite else "EXPLAIN"
            rows = connection.exec_driver_sql(f"{word} {statement}", values)
            return "\n".join(str(row[-1]) for row in rows)

    def deliveries(self, subscriber: str) -> list[bus.DeliveryRow]:
        """The subscriber's deliveries, oldest first."""
        with self.reading():
            return bus.deliveries(subscriber=subscriber, limit=10_000)[::-1]

    def states(self, subscriber: str) -> list[str]:
        """The states of the subscriber's deliveries, oldest first."""
        return [each.state for each in self.deliveries(subscriber)]

    def state_of(self, subscriber: str) -> str:
        """Whether the subscriber is on, off or catching up."""
        statement = select(bus_subscriber.c.state).where(bus_subscriber.c.name == subscriber)
        with self.reading() as session:
            return session.execute(statement).scalar_one()

    def let_pass(self, time: timedelta = timedelta(hours=2)) -> None:
        """Bring forward whatever waits for a later time."""
        with self.unit_of_work() as session:
            for row in session.execute(select(bus_delivery).where(text("status = 0"))):
                session.execute(
                    update(bus_delivery)
                    .where(bus_delivery.c.subscriber == row.subscriber)
                    .where(bus_delivery.c.event_pos == row.event_pos)
                    .values(next_at=row.next_at - time)
                )

    def log(self) -> list:
        """Every event, oldest first."""
        with self.reading() as session:
            return session.execute(select(bus_event).order_by(bus_event.c.pos)).all()

    def die_at(self, what: str, number: int) -> None:
        """End the process at the n-th transaction: at "begin", "before" or "after" commit."""
        self.dies_at, self.steps = (what, number), 0

    def live_on(self) -> None:
        """Start the process again."""
        self.dies_at = None

    def _begin(self, _connection) -> None:
        if self._dies_now("begin"):
            raise Killed

    def _commit(self, connection) -> None:
        # The driver does what the database does when its client is gone before or after it has
        # said COMMIT.
        if self._dies_now("before"):
            connection.connection.driver_connection.rollback()
            raise Killed
        if self._dies_now("after"):
            connection.connection.driver_connection.commit()
            raise Killed

    def _dies_now(self, what: str) -> bool:
        if self.dies_at is None or what != self.dies_at[0]:
            return False
        self.steps += 1
        return self.steps == self.dies_at[1]


def a_listener(
    subscriber: str,
    to: type,
    *,
    batch: bool = False,
    historical: bool = True,
    acts: bool = False,
    first: Callable[..., None] = lambda _: None,
) -> None:
    """Let a subscriber note what it hears, after it has done something else `first`."""

    def handle(given) -> None:
        first(given)
        for each in given if batch else [given]:
            note(each)

    handle.__annotations__ = {"given": list[to] if batch else to, "return": None}
    handle.__qualname__ = f"handler_{next(_handlers)}"
    bus.subscribe(batch=batch, historical=historical, acts=acts, subscriber=subscriber)(handle)


def note(given) -> None:
    """Write down, in the handler's transaction, what it was given."""
    delivery = bus.delivery_context()
    envelope = delivery.of(given)
    _current.get().execute(
        insert(heard).values(
            subscriber=delivery.subscriber,
            aggregate_id=envelope.aggregate_id,
            number=envelope.payload["number"],
            replayed=int(delivery.replaying),
        )
    )


def a_number_event(name: str = "shop.counted") -> type[bus.Event]:
    """Declare an event that carries a number about a thing."""

    @bus.event(name, aggregate="thing_id")
    class Counted(bus.Event):
        """Somebody has counted one further."""

        thing_id: UUID
        number: int
        historical: bool = False

    return Counted


@contextmanager
def at_the_same_time(*works: Callable[[], object]) -> Iterator[None]:
    """Do these things over and over, each in a thread of its own, while the block runs."""
    over = threading.Event()
    failures: list[Exception] = []

    def keep_doing(work: Callable[[], object]) -> None:
        while not over.is_set() and not failures:
            try:
                work()
            except Exception as error:
                failures.append(error)
            time.sleep(0.001)

    threads = [threading.Thread(target=keep_doing, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert failures == []


def things(number: int) -> list[UUID]:
    """Ids of things that events are about."""
    return [uuid4() for _ in range(number)]


def create_tables(engine: Engine) -> None:
    """Run the bus's migrations, and make the listeners' table."""
    with engine.begin() as connection:
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            for path in sorted(MIGRATIONS.glob("bus_*.py")):
                importlib.import_module(f"bus.migrations.versions.{path.stem}").upgrade()
        _metadata.create_all(connection)


def sqlite_rules(engine: Engine) -> None:
    """Writers say BEGIN IMMEDIATE, as the program's own engine does."""

    def on_connect(connection, _record) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=OFF", "busy_timeout=30000"):
            connection.execute(f"PRAGMA {pragma}")

    def on_begin(connection) -> None:
        reads = connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    event.listen(engine, "connect", on_connect)
    event.listen(engine, "begin", on_begin)
