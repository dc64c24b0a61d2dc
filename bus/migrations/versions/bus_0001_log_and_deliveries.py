"""The log of events, its deliveries, and who listens."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "bus_0001"
down_revision = None
branch_labels = None
depends_on = None

_big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_json = sa.Text().with_variant(postgresql.JSONB(), "postgresql")
_moment = sa.DateTime(timezone=True)
_roomy = {"fillfactor": 70}


def upgrade() -> None:
    _create_log()
    _create_subscribers()
    _create_deliveries()
    _create_effects()
    _create_jobs()
    _forbid_changes_of_the_log()


def downgrade() -> None:
    for table in (
        "bus_job", "bus_effect", "bus_admin_log", "bus_delivery", "bus_subscriber",
        "bus_aggregate", "bus_event",
    ):  # fmt: skip
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION bus_event_is_append_only()")


def _create_log() -> None:
    op.create_table(
        "bus_event",
        sa.Column("pos", _big, sa.Identity(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("aggregate_type", sa.String(60), nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(120), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("fact", sa.String(120)),
        sa.Column("fact_version", sa.SmallInteger(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("actor", sa.String(200)),
        sa.Column("correlation_id", sa.Uuid(), nullable=False),
        sa.Column("historical", sa.Boolean(), nullable=False),
        sa.Column("payload", _json, nullable=False),
        sa.PrimaryKeyConstraint("pos", name="pk_bus_event"),
        sa.UniqueConstraint("id", name="uq_bus_event_id"),
        sa.UniqueConstraint("aggregate_id", "seq", name="uq_bus_event_aggregate_id_seq"),
    )
    op.create_index("ix_bus_event_type_pos", "bus_event", ["type", "pos"])
    op.create_index("ix_bus_event_fact_pos", "bus_event", ["fact", "pos"])
    op.create_index("ix_bus_event_correlation_id", "bus_event", ["correlation_id"])
    op.create_table(
        "bus_aggregate",
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("aggregate_id", name="pk_bus_aggregate"),
        postgresql_with=_roomy,
    )


def _create_subscribers() -> None:
    op.create_table(
        "bus_subscriber",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("module", sa.String(60), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("since", _big, nullable=False),
        sa.Column("mark", _big, nullable=False),
        sa.Column("upto", _big, nullable=False),
        sa.Column("proven", _big, nullable=False, server_default=sa.text("0")),
        sa.Column("replay_tries", sa.SmallInteger(), nullable=False),
        sa.Column("on_dead", sa.String(10), nullable=False),
        sa.Column("max_attempts", sa.SmallInteger(), nullable=False),
        sa.Column("replayable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_bus_subscriber"),
    )
    op.create_table(
        "bus_admin_log",
        sa.Column("id", _big, sa.Identity(), nullable=False),
        sa.Column("at", _moment, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("subscriber", sa.String(60), nullable=False),
        sa.Column("event_pos", _big),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bus_admin_log"),
    )


def _create_deliveries() -> None:
    op.create_table(
        "bus_delivery",
        sa.Column("subscriber", sa.String(60), nullable=False),
        sa.Column("event_pos", _big, nullable=False),
        sa.Column("aggregate_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("next_at", _moment, nullable=False),
        sa.Column("done_at", _moment),
        sa.Column("error_class", sa.String(200)),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("subscriber", "event_pos", name="pk_bus_delivery"),
        sa.ForeignKeyConstraint(["event_pos"], ["bus_event.pos"], name="fk_bus_delivery_event_pos"),
        postgresql_with=_roomy,
    )
    op.create_index("ix_bus_delivery_event_pos", "bus_delivery", ["event_pos"])
    _create_partial_index("bus_delivery_open", ["subscriber", "aggregate_id", "seq"], "status < 2")
    _create_partial_index("bus_delivery_due", ["subscriber", "event_pos"], "status = 0")
    _create_partial_index("bus_delivery_dead", ["subscriber", "event_pos"], "status = 1")


def _create_effects() -> None:
    op.create_table(
        "bus_effect",
        sa.Column("id", _big, sa.Identity(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("subscriber", sa.String(60)),
        sa.Column("event_pos", _big),
        sa.Column("payload", _json, nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("noted_at", _moment, nullable=False),
        sa.Column("next_at", _moment, nullable=False),
        sa.Column("sent_at", _moment),
        sa.Column("reference", sa.String(200)),
        sa.Column("error_class", sa.String(200)),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_bus_effect"),
        sa.UniqueConstraint("key", name="uq_bus_effect_key"),
        sa.ForeignKeyConstraint(["event_pos"], ["bus_event.pos"], name="fk_bus_effect_event_pos"),
    )
    op.create_index("ix_bus_effect_event_pos", "bus_effect", ["event_pos"])
    _create_partial_index("bus_effect_unsent", ["next_at"], "status = 0")


def _create_jobs() -> None:
    op.create_table(
        "bus_job",
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("due_at", _moment, nullable=False),
        sa.Column("begun_at", _moment),
        sa.Column("ended_at", _moment),
        sa.Column("host", sa.String(200)),
        sa.Column("error", sa.Text()),
        sa.PrimaryKeyConstraint("name", name="pk_bus_job"),
    )


def _create_partial_index(name: str, columns: list[str], where: str) -> None:
    table = name.rpartition("_")[0]
    op.create_index(
        f"ix_{name}",
        table,
        columns,
        sqlite_where=sa.text(where),
        postgresql_where=sa.text(where),
    )


def _forbid_changes_of_the_log() -> None:
    """What happened is appended, never edited; the database itself refuses."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION bus_event_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'bus_event is append-only'; END $$"
        )
        op.execute(
            "CREATE TRIGGER bus_event_append_only BEFORE UPDATE OR DELETE ON bus_event "
            "FOR EACH ROW EXECUTE FUNCTION bus_event_is_append_only()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER bus_event_no_{change.lower()} BEFORE {change} ON bus_event "
            "BEGIN SELECT RAISE(ABORT, 'bus_event is append-only'); END"
        )
