"""Follow-ups are promises now: their tasks keep their places under the promises' keys."""

from uuid import UUID, uuid5

import sqlalchemy as sa
from alembic import op

revision = "service_0002"
down_revision = "service_0001"
branch_labels = None
depends_on = None

_PRESETS = UUID("6f7e2a8c-54f1-4c0b-9a44-0a3a9d1f6b52")
_NAMES = ("first_days", "first_month", "first_quarter")
_TASK = sa.table("core_task", sa.column("kind"), sa.column("unique_key"))


def upgrade() -> None:
    """Apply."""
    for name in _NAMES:
        was = f"service.{name}"
        promise = uuid5(_PRESETS, f"service.follow_up/{name}")
        deal = sa.func.substr(_TASK.c.unique_key, len(was) + 2)
        key = sa.literal(f"{promise}:").concat(deal).concat(":")
        op.execute(
            sa.update(_TASK)
            .where(_TASK.c.kind == was)
            .values(kind="service.follow_up", unique_key=key)
        )


def downgrade() -> None:
    """Take back."""
    for name in _NAMES:
        promise = str(uuid5(_PRESETS, f"service.follow_up/{name}"))
        deal = sa.func.substr(_TASK.c.unique_key, len(promise) + 2, 36)
        op.execute(
            sa.update(_TASK)
            .where(_TASK.c.unique_key.startswith(f"{promise}:"))
            .values(kind=f"service.{name}", unique_key=sa.literal(f"service.{name}:").concat(deal))
        )
