"""Many stations in one process: made from a seed, started one after another, stopped together."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from pathlib import Path

import ocpp.messages
import structlog

from voltkeep.apps.simulate.acknowledgements import Account, AccountFile, NoAccount
from voltkeep.apps.simulate.characters import draw_character
from voltkeep.apps.simulate.credentials import UNANSWERED, Api, Credentials, Refused
from voltkeep.apps.simulate.line import Line, LineOptions
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.station import Station

log = structlog.get_logger("voltkeep.simulate")
FAREWELL_S = 5.0
REPORT_EVERY_S = 30.0
RETRY_S = 2.0


@dataclass(frozen=True)
class FleetOptions:
    """What the fleet is and where it connects; the same seed gives the same stations and the same cars."""

    stations: int
    seed: int
    speed: float
    bustle: float
    url: str
    api_url: str
    api_token: str | None
    folder: Path
    account: Path | None = None
    prefix: str = "SIM-"
    starts_per_s: float = 50.0
    mishaps: bool = True


def identity_of(prefix: str, number: int) -> str:
    """SIM-0001 and so on."""
    return f"{prefix}{number:04d}"


def make_station(identity: str, seed: int, cards: tuple[str, ...], bustle: float = 1.0) -> Station:
    """A station whose make and whose every chance follow from the seed and its identity."""
    rng = random.Random(f"{seed}:{identity}")
    return Station(identity, draw_character(rng), cards, rng, bustle)


async def run_fleet(options: FleetOptions, stop: asyncio.Event) -> None:
    """Runs until `stop` is set, then ends the charges and says goodbye within a few seconds."""
    ocpp.messages.ASYNC_VALIDATION = False  # a thread for each check would cost more than the check
    credentials = await _credentials(options, stop)
    if stop.is_set():
        return
    cards = tuple(credentials.cards)
    account: Account = AccountFile(options.account) if options.account else NoAccount()
    pace = Pace(options.speed)
    lines = [_line(options, number, cards, credentials, account, pace) for number in range(1, options.stations + 1)]
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(_start(line, place / options.starts_per_s)) for place, line in enumerate(lines)]
        tasks.append(group.create_task(_report(lines)))
        await stop.wait()
        await _say_goodbye(lines)
        credentials.close()
        for task in tasks:
            task.cancel()


def _line(
    options: FleetOptions, number: int, cards: tuple[str, ...], credentials: Credentials, account: Account, pace: Pace
) -> Line:
    identity = identity_of(options.prefix, number)
    station = make_station(identity, options.seed, cards, options.bustle)
    line_options = LineOptions(options.url, mishaps=options.mishaps)
    return Line(station, line_options, credentials, account, pace, f"{options.seed}:{identity}:line")


async def _credentials(options: FleetOptions, stop: asyncio.Event) -> Credentials:
    """Cards known to the platform; waits for the API, as long as it takes."""
    api = Api(options.api_url, options.api_token) if options.api_token else None
    credentials = Credentials(options.folder / "fleet.json", api)
    credentials.load()
    wanted = max(20, min(400, options.stations * 2))
    while not stop.is_set():
        try:
            await credentials.ensure_cards(wanted)
            break
        except (Refused, *UNANSWERED) as error:
            log.warning("fleet waits for the API", url=options.api_url, reason=str(error))
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), RETRY_S)
    return credentials


async def _start(line: Line, after_s: float) -> None:
    await asyncio.sleep(after_s)
    await line.run()


async def _report(lines: list[Line]) -> None:
    while True:
        await asyncio.sleep(REPORT_EVERY_S)
        online = sum(line.is_online for line in lines)
        charging = sum(one.charge is not None for line in lines for one in line.station.connectors)
        waiting = sum(len(line.outbox) for line in lines)
        refusals = sorted({line.last_refusal for line in lines if not line.is_online and line.last_refusal})[:3]
        log.info("fleet", stations=len(lines), online=online, charging=charging, waiting=waiting, refusals=refusals)


async def _say_goodbye(lines: list[Line]) -> None:
    for line in lines:
        line.switch_off()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(FAREWELL_S):
            for line in lines:
                await line.told()
