"""`voltkeep simulate`: the options of the simulated fleet."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from voltkeep.apps.simulate.fleet import FleetOptions, run_fleet
from voltkeep.kit import logs
from voltkeep.kit.addresses import in_url
from voltkeep.kit.settings import Settings

TOKEN_VARIABLE = "VOLTKEEP_API_TOKEN"  # noqa: S105  the variable's name

command = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@command.command()
def simulate(  # noqa: PLR0913, PLR0917  one argument an option
    stations: Annotated[int, typer.Option(min=1, max=20_000, help="How many stations")] = 12,
    seed: Annotated[int, typer.Option(help="The same seed gives the same stations and cars")] = 1,
    speed: Annotated[float, typer.Option(min=0.1, max=1000, help="How much faster cars live than we do")] = 1.0,
    bustle: Annotated[float, typer.Option(min=0.01, max=100, help="How much more often cars come and go")] = 8.0,
    url: Annotated[str | None, typer.Option(help="Where stations connect, without the identity")] = None,
    api_url: Annotated[str | None, typer.Option(help="Where the fleet gets its credentials")] = None,
    api_token_file: Annotated[
        Path | None, typer.Option(help=f"File with an API token; else the variable {TOKEN_VARIABLE}")
    ] = None,
    account: Annotated[
        Path | None, typer.Option(help="File that gets a line for each message kept and each answer (JSON lines)")
    ] = None,
    prefix: Annotated[str, typer.Option(help="Begin of each identity")] = "SIM-",
    starts_per_second: Annotated[float, typer.Option(min=0.1, help="Stations that connect each second")] = 50.0,
    mishaps: Annotated[bool, typer.Option(help="Dropped lines, offline spells and power cuts")] = True,
) -> None:
    """Runs simulated stations against a running Voltkeep until Ctrl-C."""
    settings = Settings()
    logs.configure("fleet", level=settings.log_level, form=settings.log_format)
    options = FleetOptions(
        stations=stations,
        seed=seed,
        speed=speed,
        bustle=bustle,
        url=url or f"ws://{in_url(settings.ocpp_host)}:{settings.ocpp_port}/ocpp",
        api_url=api_url or f"http://{in_url(settings.http_host)}:{settings.http_port}",
        api_token=_token(api_token_file),
        folder=settings.data_dir / "fleet",
        account=account,
        prefix=prefix,
        starts_per_s=starts_per_second,
        mishaps=mishaps,
    )
    uvloop.run(_until_signalled(options))


def _token(file: Path | None) -> str | None:
    text = file.read_text() if file is not None else os.environ.get(TOKEN_VARIABLE, "")
    return text.strip() or None


async def _until_signalled(options: FleetOptions) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await run_fleet(options, stop)
