"""The foundation: people, profiles, stations, commands, tokens, sessions, telemetry, traces, jobs.

Expand: nothing existed before. The statements are in 0001_foundation.sql beside this file.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    statements = SchemaManager.get_schema(), Path(__file__).with_suffix(".sql").read_text()
    pooled = op.get_bind().connection
    with pooled.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def downgrade() -> None:
    raise RuntimeError("There is nothing before the foundation: restore a backup instead")
