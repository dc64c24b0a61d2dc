<%def name="steps(text)">${"\n".join(line for line in (text or "pass").splitlines() if "# ###" not in line).strip()}</%def>\
"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    ${steps(upgrades)}


def downgrade() -> None:
    """Take back."""
    ${steps(downgrades)}
