"""${message}

Step of expand → backfill → contract this belongs to: say which. A step may not hold a lock that stations or people
would feel: new columns without volatile defaults, indexes concurrently (in an autocommit block), backfills in bounded
batches from a job, constraints first `not valid` and validated later. `lock_timeout` is 5 s; a step that can't get its
lock fails, changes nothing, and can be run again.
"""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


def upgrade() -> None:
    ${upgrades if upgrades else 'op.execute("")'}


def downgrade() -> None:
    ${downgrades if downgrades else 'op.execute("")'}
