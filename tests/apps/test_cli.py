"""The command `voltkeep`, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from voltkeep.apps.data_folder import NotRunning, with_running_engines
from voltkeep.apps.settings_page import settings_page
from voltkeep.kit.settings import Settings

ROOT = Path(__file__).parents[2]


def voltkeep(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("VOLTKEEP_")}
    return subprocess.run(
        [sys.executable, "-m", "voltkeep.apps.cli", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**clean, **environment},
    )


def test_a_wrong_setting_is_named_and_nothing_runs() -> None:
    done = voltkeep("up", VOLTKEEP_HTTP_PORT="eighty", VOLTKEEP_OCPP_PROCESSES="0")
    assert done.returncode == 2
    assert "VOLTKEEP_HTTP_PORT: Input should be a valid integer" in done.stderr
    assert "VOLTKEEP_OCPP_PROCESSES: Input should be greater than or equal to 1" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_settings_page_has_every_setting_and_is_the_one_in_docs() -> None:
    page = settings_page()
    for name, field in Settings.model_fields.items():
        assert f"| `VOLTKEEP_{name.upper()}` |" in page
        assert field.description, f"{name} has no description"
    assert (ROOT / "docs" / "configuration.md").read_text() == page


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    done = voltkeep("serve", "--role", "barista")
    assert done.returncode == 2
    assert "no role barista" in done.stderr


def test_a_tool_without_a_running_installation_says_how_to_start_one(tmp_path: Path) -> None:
    done = voltkeep("migrate", VOLTKEEP_DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "Start it with `voltkeep up`, or set VOLTKEEP_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_twice_changes_nothing(database_url: str) -> None:
    for _ in range(2):
        done = voltkeep("migrate", VOLTKEEP_DATABASE_URL=database_url)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("The database is at ")


def test_somebody_elses_folder_is_said_to_be_that(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "engines.json").write_text("{}")
    monkeypatch.setattr(os, "access", lambda *_: False)  # what another user would be told
    with pytest.raises(NotRunning, match="belongs to another user"):
        with_running_engines(Settings(data_dir=tmp_path, database_url=None))
