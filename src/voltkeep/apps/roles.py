"""The roles of one installation and how `voltkeep up` runs each of them."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voltkeep.apps.engines.children import Command
from voltkeep.apps.engines.ports import free_port
from voltkeep.kit.addresses import in_url
from voltkeep.kit.settings import Settings

ROLES = ("api", "ocpp", "worker", "devices")


@dataclass(frozen=True)
class Role:
    """One process of a role: its command, and where it says whether it is ready."""

    command: Command
    health_url: str


def is_known(role: str) -> bool:
    """Whether this version has the role."""
    return role in ROLES and importlib.util.find_spec(f"voltkeep.apps.{role}") is not None


def roles_of(settings: Settings) -> Iterator[Role]:
    """Every process that `voltkeep up` keeps, the API first."""
    for role in ROLES:
        if not is_known(role):
            continue
        count = settings.ocpp_processes if role == "ocpp" else 1
        for number in range(1, count + 1):
            yield _role(role, f"{role}-{number}" if count > 1 else role, settings)


def _role(role: str, name: str, settings: Settings) -> Role:
    port = free_port("127.0.0.1")
    environment = {**environment_of(settings), "VOLTKEEP_METRICS_PORT": str(port)}
    health = f"http://127.0.0.1:{port}"
    if role == "api":
        health = f"http://{in_url(settings.http_host)}:{settings.http_port}"
    return Role(_command(name, ("voltkeep.apps.serve", role), environment), f"{health}/health/ready")


def fleet_command(settings: Settings, stations: int, token_file: Path) -> Command:
    """The simulated fleet, which works against the running API and the OCPP port as a real one would."""
    arguments = ("voltkeep.apps.cli", "simulate", "--stations", str(stations), "--api-token-file", str(token_file))
    return _command("fleet", arguments, environment_of(settings))


def _command(name: str, module_and_arguments: tuple[str, ...], environment: Mapping[str, str]) -> Command:
    return Command(
        name=name,
        argv=(sys.executable, "-m", *module_and_arguments),
        stop_signal=signal.SIGTERM,
        orphan_signal=signal.SIGKILL,
        grace_s=20.0,
        environment=environment,
    )


def environment_of(settings: Settings) -> dict[str, str]:
    """What a role must be told: the engines' addresses and the ports that were chosen."""
    told = {
        "VOLTKEEP_DATA_DIR": str(settings.data_dir.absolute()),
        "VOLTKEEP_DATABASE_URL": settings.database_url or "",
        "VOLTKEEP_NATS_URL": settings.nats_url or "",
        "VOLTKEEP_HTTP_PORT": str(settings.http_port),
        "VOLTKEEP_OCPP_PORT": str(settings.ocpp_port),
        "VOLTKEEP_MQTT_PORT": str(settings.mqtt_port),
        "VOLTKEEP_SUPERVISOR": str(os.getpid()),
    }
    return {name: value for name, value in told.items() if value}
