"""Brings the database's schema to this version."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

import voltkeep


def migrations_folder() -> Path:
    """The migrations: inside the installed package, or beside `src` in a checkout."""
    package = Path(voltkeep.__file__).parent
    inside = package / "migrations"
    return inside if inside.exists() else package.parents[1] / "migrations"


def _configuration(url: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    configuration.attributes["url"] = url
    return configuration


def migrate(url: str) -> None:
    """Runs every migration that is missing; one migrator at a time (an advisory lock)."""
    command.upgrade(_configuration(url), "head")


def newest() -> str | None:
    """The revision this version of the program wants."""
    return ScriptDirectory.from_config(_configuration("")).get_current_head()


def current(url: str) -> str | None:
    """The revision the database has; None for an empty database."""
    address = sqlalchemy.make_url(url).set(drivername="postgresql+psycopg")
    engine = sqlalchemy.create_engine(address, poolclass=sqlalchemy.NullPool, connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
