"""Brings the database's schema to this version."""

from __future__ import annotations

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext

from voltkeep.apps.revisions import migrations_folder


def _configuration(url: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    configuration.attributes["url"] = url
    return configuration


def migrate(url: str) -> None:
    """Runs every migration that is missing; one migrator at a time (an advisory lock)."""
    command.upgrade(_configuration(url), "head")


def current(url: str) -> str | None:
    """The revision the database has; None for an empty database."""
    address = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
