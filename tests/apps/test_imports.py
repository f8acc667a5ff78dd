"""What a role's process must not carry: its start costs what it imports, and so does its memory."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory

from voltkeep.apps.revisions import migrations_folder, newest

# Imports the module, and looks into the rooms that such a process looks into when it starts.
PROGRAM = """
import importlib, json, sys
importlib.import_module("voltkeep.apps." + sys.argv[1])
if sys.argv[1] in ("ocpp", "worker"):
    from voltkeep.apps import wiring
    from voltkeep.kit.settings import Settings
    assert list(wiring.command_kinds(Settings())) and wiring.permissions()
    assert sys.argv[1] == "ocpp" or list(wiring.rooms("tasks"))
print(json.dumps(sorted(name for name in sys.modules if "." not in name)))
"""


def modules_of(app: str) -> set[str]:
    """The packages that a fresh process holds after importing a module of apps."""
    done = subprocess.run([sys.executable, "-c", PROGRAM, app], check=True, capture_output=True, text=True, timeout=60)
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("role", ["ocpp", "worker"])
def test_a_role_without_a_web_face_imports_neither_the_web_framework_nor_migrations(role: str) -> None:
    assert modules_of(role).isdisjoint({"fastapi", "alembic", "typer"})
    assert "sqlalchemy" in modules_of(role), "the look itself must see something"


def test_starting_the_engines_needs_no_database_library_of_the_roles() -> None:
    assert modules_of("up").isdisjoint({"fastapi", "alembic", "sqlalchemy", "nats", "structlog", "procrastinate"})


def test_the_web_role_imports_no_migrations() -> None:
    assert "alembic" not in modules_of("api")


def test_the_newest_revision_told_by_file_names_is_the_one_that_migrations_lead_to() -> None:
    configuration = Config()
    configuration.set_main_option("script_location", str(migrations_folder()))
    assert newest() == ScriptDirectory.from_config(configuration).get_current_head()
