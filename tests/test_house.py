"""The house stands: every import-linter contract holds, and each is seen to fail when it is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

CAPABILITIES = ("sessions", "tokens", "telemetry", "traces", "commands", "stations", "profiles", "accounts")

# One line that breaks each contract: where it is put, and what it says.
BREAKS = {
    "Imports only point down the floors": ("kit/clock.py", "import voltkeep.accounts.model"),
    "Inside a capability, imports only point down the rooms": (
        "stations/model/station.py",
        "import voltkeep.stations.store",
    ),
    "OCPP: socket above versions above frames": (
        "protocols/ocpp/frames/__init__.py",
        "import voltkeep.protocols.ocpp.v16",
    ),
    "Models and events know no web or database": ("commands/model.py", "import sqlalchemy"),
} | {
    f"The store of {name} belongs to {name}": ("apps/wiring.py", f"import voltkeep.{name}.store")
    for name in CAPABILITIES
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over the package in `folder`."""
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--config", "pyproject.toml"]
    environment = {"PYTHONPATH": str(folder / "src"), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=100
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package that a test may break."""
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "panel"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


def test_each_broken_contract_is_seen(copy: Path) -> None:
    for file, line in BREAKS.values():
        target = copy / "src" / "voltkeep" / file
        target.write_text(target.read_text() + f"\n{line}\n")
    result = lint(copy)
    assert result.returncode != 0
    assert [name for name in BREAKS if f"{name} BROKEN" not in result.stdout] == []
    assert "0 kept" in result.stdout


def test_a_new_room_nobody_placed_is_seen(copy: Path) -> None:
    (copy / "src" / "voltkeep" / "garage").mkdir()
    (copy / "src" / "voltkeep" / "garage" / "__init__.py").write_text('"""A floor that nobody placed."""\n')
    result = lint(copy)
    assert result.returncode != 0
    assert "garage" in result.stdout


def test_no_file_is_long() -> None:
    long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in (ROOT / "src").rglob("*.py")
        if (lines := path.read_text().count("\n")) > 400
    ]
    assert long == []
