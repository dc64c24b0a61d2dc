"""The bus's tables: the log, its deliveries, and who listens.

They are written with SQLAlchemy Core only: a delivery costs a few statements and no objects.
Statuses are small numbers because partial indexes and every hot query name them literally.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from bus.columns import Json, UtcDateTime

OPEN, DEAD, DONE, SKIPPED = 0, 1, 2, 3
STATUS_NAMES = {OPEN: "open", DEAD: "dead", DONE: "done", SKIPPED: "skipped"}

_Big = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

bus_event = Table(
    "bus_event",
    metadata,
    Column("pos", _Big, Identity(), primary_key=True),
    Column("id", Uuid, nullable=False, unique=True),
    Column("aggregate_type", String(60), nullable=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("type", String(120), nullable=False),
    Column("version", SmallInteger, nullable=False),
    Column("fact", String(120)),
    Column("fact_version", SmallInteger, nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("actor", String(200)),
    Column("correlation_id", Uuid, nullable=False),
    Column("historical", Boolean, nullable=False),
    Column("payload", Json, nullable=False),
    UniqueConstraint("aggregate_id", "seq"),
    Index(None, "type", "pos"),
    Index(None, "fact", "pos"),
    # Begins with the time, as every id does: a publish adds at its end, on a page in memory.
    Index(None, "correlation_id"),
)

#: The columns of an envelope, in the order in which `envelope` reads them.
ENVELOPE = tuple(bus_event.columns)

bus_aggregate = Table(
    "bus_aggregate",
    metadata,
    Column("aggregate_id", Uuid, primary_key=True),
    Column("last_seq", Integer, nullable=False),
    postgresql_with={"fillfactor": 70},
)

bus_subscriber = Table(
    "bus_subscriber",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("module", String(60), nullable=False),
    Column("kinds", Text, nullable=False),
    Column("state", String(20), nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("since", _Big, nullable=False),
    Column("mark", _Big, nullable=False),
    Column("upto", _Big, nullable=False),
    # Up to here every event is proven to have been told; the upkeep moves it.
    Column("proven", _Big, nullable=False, server_default=text("0")),
    Column("replay_tries", SmallInteger, nullable=False),
    Column("on_dead", String(10), nullable=False),
    Column("max_attempts", SmallInteger, nullable=False),
    Column("replayable", Boolean, nullable=False),
)

bus_delivery = Table(
    "bus_delivery",
    metadata,
    # No foreign key: every publisher would have to lock the few rows of the subscribers.
    Column("subscriber", String(60), primary_key=True),
    Column("event_pos", _Big, ForeignKey("bus_event.pos"), primary_key=True, autoincrement=False),
    Column("aggregate_id", Uuid, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("done_at", UtcDateTime),
    Column("error_class", String(200)),
    Column("error", Text),
    Index(
        "ix_bus_delivery_open",
        "subscriber",
        "aggregate_id",
        "seq",
        sqlite_where=text("status < 2"),
        postgresql_where=text("status < 2"),
    ),
    Index(
        "ix_bus_delivery_due",
        "subscriber",
        "event_pos",
        sqlite_where=text("status = 0"),
        postgresql_where=text("status = 0"),
    ),
    Index(
        "ix_bus_delivery_dead",
        "subscriber",
        "event_pos",
        sqlite_where=text("status = 1"),
        postgresql_where=text("status = 1"),
    ),
    Index("ix_bus_delivery_event_pos", "event_pos"),
    postgresql_with={"fillfactor": 70},
)

bus_effect = Table(
    "bus_effect",
    metadata,
    Column("id", _Big, Identity(), primary_key=True),
    # Once and for all: what has this key is never noted a second time.
    Column("key", String(200), nullable=False, unique=True),
    Column("kind", String(60), nullable=False),
    Column("subscriber", String(60)),
    Column("event_pos", _Big, ForeignKey("bus_event.pos")),
    Column("payload", Json, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("attempts", SmallInteger, nullable=False),
    Column("noted_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime, nullable=False),
    Column("sent_at", UtcDateTime),
    Column("reference", String(200)),
    Column("error_class", String(200)),
    Column("error", Text),
    Index(
        "ix_bus_effect_unsent",
        "next_at",
        sqlite_where=text("status = 0"),
        postgresql_where=text("status = 0"),
    ),
    # What waits or needs a person, for the screen and the figures.
    Index(
        "ix_bus_effect_waiting",
        "status",
        "id",
        sqlite_where=text("status < 2"),
        postgresql_where=text("status < 2"),
    ),
    Index(None, "event_pos"),
)

bus_job = Table(
    "bus_job",
    metadata,
    Column("name", String(60), primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("begun_at", UtcDateTime),
    Column("ended_at", UtcDateTime),
    Column("host", String(200)),
    Column("error", Text),
)

bus_admin_log = Table(
    "bus_admin_log",
    metadata,
    Column("id", _Big, Identity(), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(40), nullable=False),
    Column("subscriber", String(60), nullable=False),
    Column("event_pos", _Big),
    Column("why", Text, nullable=False),
)
