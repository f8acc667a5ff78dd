"""What `voltkeep up` keeps under the data folder for the other commands and for the health page."""

from __future__ import annotations

import json
import os
from pathlib import Path

from voltkeep.apps.engines.locks import holder
from voltkeep.apps.engines.private_files import write_private
from voltkeep.kit.settings import Settings


class NotRunning(RuntimeError):
    """No database address is known; the text says how to give one."""


class DataFolder:
    """Names of the files in one data folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.lock = self.folder / "up.lock"
        self.engines = self.folder / "engines.json"
        self.roles = self.folder / "roles.json"
        self.first_administrator = self.folder / "first-administrator.txt"
        self.fleet_token = self.folder / "fleet-token.txt"
        self.secret_key = self.folder / "secret.key"
        self.logs = self.folder / "logs"

    def make(self) -> None:
        """Makes the folder and its log folder, closed to other users where it is new."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.logs.mkdir(mode=0o700, exist_ok=True)

    def write_engines(self, *, database_url: str, nats_url: str) -> None:
        """Keeps the engines' addresses for commands that are run beside `voltkeep up`."""
        write_private(self.engines, json.dumps({"database_url": database_url, "nats_url": nats_url}))

    @property
    def supervisor(self) -> int | None:
        """The process id of the `voltkeep up` that runs on this folder now."""
        return holder(self.lock)


def with_running_engines(settings: Settings) -> Settings:
    """The settings with the addresses of the engines that `voltkeep up` runs, where none are set.

    Raises NotRunning when there is neither a set address nor a running `voltkeep up`.
    """
    if settings.database_url and settings.nats_url:
        return settings
    place = DataFolder(settings.data_dir)
    if not os.access(place.engines, os.R_OK) or place.supervisor is None:
        if settings.database_url:
            return settings
        if os.path.lexists(place.engines) and not os.access(place.engines, os.R_OK):
            raise NotRunning(f"{place.folder} belongs to another user. Run this as the user that runs Voltkeep.")
        raise NotRunning(
            f"Voltkeep does not run on {place.folder}. Start it with `voltkeep up`, or set VOLTKEEP_DATABASE_URL "
            "(and VOLTKEEP_DATA_DIR, if it runs on another folder)."
        )
    known = json.loads(place.engines.read_text())
    return settings.model_copy(
        update={
            "database_url": settings.database_url or known["database_url"],
            "nats_url": settings.nats_url or known["nats_url"],
        }
    )
