"""An index of the effects that wait or need a person: those that were sent may be many."""

import sqlalchemy as sa
from alembic import op

revision = "bus_0002"
down_revision = "bus_0001"
branch_labels = None
depends_on = None

_waiting = sa.text("status < 2")


def upgrade() -> None:
    op.create_index(
        "ix_bus_effect_waiting",
        "bus_effect",
        ["status", "id"],
        sqlite_where=_waiting,
        postgresql_where=_waiting,
    )


def downgrade() -> None:
    op.drop_index("ix_bus_effect_waiting", "bus_effect")
