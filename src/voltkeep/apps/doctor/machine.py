"""What the machine offers: Python, engines, disk, ports, the built panel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from voltkeep.apps.data_folder import DataFolder
from voltkeep.apps.doctor.finding import Finding, fail, ok, warn
from voltkeep.apps.engines.binaries import choose_binaries, find_binaries
from voltkeep.apps.engines.children import EngineFailed
from voltkeep.apps.engines.nats import find_nats_server
from voltkeep.apps.engines.ports import is_free
from voltkeep.apps.serve import allow_many_files
from voltkeep.kit.settings import Settings

LEAST_FREE_BYTES = 1_000_000_000
GOOD_FREE_BYTES = 10_000_000_000
FILES_BESIDE_SOCKETS = 1000
PANEL = Path(__file__).parents[1] / "panel" / "index.html"


def check_machine(settings: Settings) -> Iterator[Finding]:
    """Everything that can be told without a connection."""
    yield _python()
    yield _panel()
    yield _data_folder(settings)
    yield _disk(settings)
    yield _files(settings)
    if settings.database_url is None:
        yield _postgres(settings)
    if settings.nats_url is None:
        yield _nats()
    yield from _ports(settings)


def _python() -> Finding:
    return ok("Python", ".".join(map(str, sys.version_info[:3])))


def _panel() -> Finding:
    if PANEL.exists():
        return ok("Panel", f"built, in {PANEL.parent}")
    return warn("Panel", "not built: the API works, the pages don't", "Run `make setup`.")


def _data_folder(settings: Settings) -> Finding:
    folder = DataFolder(settings.data_dir).folder
    if not folder.exists():
        above = next(part for part in folder.parents if part.exists())
        if os.access(above, os.W_OK):
            return ok("Data folder", f"{folder} will be made")
        return fail("Data folder", f"{above} can't be written", "Set VOLTKEEP_DATA_DIR to a folder of yours.")
    if not os.access(folder, os.W_OK | os.X_OK):
        owner = folder.stat().st_uid
        return fail(
            "Data folder",
            f"{folder} belongs to user {owner} and can't be written",
            f"Run as that user, or `chown -R $(id -un) {folder}`.",
        )
    return ok("Data folder", f"{folder} can be written")


def _disk(settings: Settings) -> Finding:
    folder = DataFolder(settings.data_dir).folder
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    detail = f"{free / 1e9:.1f} GB free under {folder}"
    if free < LEAST_FREE_BYTES:
        return fail("Disk", detail, "Make room: PostgreSQL stops accepting writes when the disk is full.")
    if free < GOOD_FREE_BYTES:
        return warn(
            "Disk", detail, "Make room, or lower VOLTKEEP_TELEMETRY_RETENTION_DAYS and VOLTKEEP_TRACE_LIMIT_MB."
        )
    return ok("Disk", detail)


def _files(settings: Settings) -> Finding:
    limit, needed = allow_many_files(), settings.ocpp_max_connections + FILES_BESIDE_SOCKETS
    detail = f"a process may open {limit} files"
    if limit < needed:
        advice = (
            f"Raise the hard limit to {needed} (`ulimit -Hn`, LimitNOFILE=), or lower VOLTKEEP_OCPP_MAX_CONNECTIONS."
        )
        return warn("Open files", detail, advice)
    return ok("Open files", detail)


def _postgres(settings: Settings) -> Finding:
    found = find_binaries()
    names = ", ".join(f"{b.version} ({'bundled' if b.bundled else b.folder})" for b in found) or "none"
    try:
        chosen = choose_binaries(found, DataFolder(settings.data_dir).folder / "postgres")
    except (EngineFailed, PermissionError) as error:
        return fail("PostgreSQL programs", names, str(error))
    return ok("PostgreSQL programs", f"{names}; {chosen.version} is used")


def _nats() -> Finding:
    program = find_nats_server()
    if program is None:
        return fail("nats-server", "not found", "Run `make setup`, or set VOLTKEEP_NATS_URL.")
    said = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=20, check=False)
    if said.returncode != 0:
        return fail("nats-server", f"{program} doesn't run: {said.stderr.strip()}", "Run `make clean setup`.")
    return ok("nats-server", f"{said.stdout.strip()} in {program}")


def _ports(settings: Settings) -> Iterator[Finding]:
    running = DataFolder(settings.data_dir).supervisor
    for name in ("http", "ocpp", "mqtt"):
        host, port = getattr(settings, f"{name}_host"), getattr(settings, f"{name}_port")
        title = f"Port {name.upper()}"
        if port == 0:
            yield ok(title, f"chosen freely on {host}")
        elif is_free(host, port) and running is None:
            yield ok(title, f"{host}:{port} is free")
        elif running is not None:
            yield ok(title, f"{host}:{port}; Voltkeep runs (pid {running})")
        else:
            yield fail(
                title,
                f"{host}:{port} is in use by another program",
                f"Stop it, or set VOLTKEEP_{name.upper()}_PORT.",
            )
