"""One station on a real socket: connects, falls silent, comes back. What it says while connected is in talk.py."""

from __future__ import annotations

import asyncio
import base64
import random
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.typing import Subprotocol

from voltkeep.apps.simulate.acknowledgements import Account
from voltkeep.apps.simulate.configuration import Configuration
from voltkeep.apps.simulate.credentials import UNANSWERED, Credentials, Refused
from voltkeep.apps.simulate.facts import Fact
from voltkeep.apps.simulate.outbox import Outbox
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.station import Mishap, Station
from voltkeep.apps.simulate.talk import Talk

TICK_S = 1.0
REBOOT_S = 3.0
BACK_OFF_S = (1.0, 60.0)
BROKEN = (OSError, WebSocketException, TimeoutError, EOFError)


@dataclass(frozen=True)
class LineOptions:
    """`url` without the identity; `answer_within_s` is how long the platform may take for an answer."""

    url: str
    answer_within_s: float = 30.0
    mishaps: bool = True


def back_off_s(attempt: int, rng: random.Random) -> float:
    """Seconds before try `attempt` (from 1): doubling to a minute, half of it chance, so that a fleet spreads."""
    longest = min(BACK_OFF_S[1], BACK_OFF_S[0] * 2.0 ** min(attempt - 1, 10))
    return longest * rng.uniform(0.5, 1.0)


class Line:
    """Runs one station until it is cancelled."""

    def __init__(
        self, station: Station, options: LineOptions, credentials: Credentials, account: Account, pace: Pace, seed: str
    ) -> None:
        self.station = station
        self.account = account
        self.pace = pace
        self.outbox = Outbox()
        self.transactions: dict[int, int] = {}
        self.news = asyncio.Event()
        self.is_online = False
        self.needs_boot = True
        self.heartbeat_is_due = False
        self.last_refusal = ""
        self._options = options
        self._credentials = credentials
        self._rng = random.Random(seed)
        self._socket: ClientConnection | None = None
        self._password: str | None = None
        self._has_power = True
        self._stays_away_s = 0.0

    async def run(self) -> None:
        """Lives until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._live())
            group.create_task(self._stay_connected())

    def take(self, facts: list[Fact]) -> None:
        """Facts to tell; while the line is down only what must be kept is."""
        self.outbox.put(facts)
        if not self.is_online:
            self._answer_cards_alone()
        self.news.set()

    def trigger(self, message: str, connector: int | None) -> None:
        """Sends what the platform asked for (OCPP 1.6, 5.17)."""
        now = self.pace.moment()
        if message == "StatusNotification":
            self.take(self.station.statuses(now, connector))
        elif message == "MeterValues":
            self.take(self.station.read_now(now, connector))
        else:
            self.heartbeat_is_due = self.heartbeat_is_due or message == "Heartbeat"
            self.needs_boot = self.needs_boot or message == "BootNotification"
        self.news.set()

    def reset(self, kind: str) -> None:
        """Ends the charges, then goes down and comes up again."""
        self.take(self.station.shut_down("SoftReset" if kind == "Soft" else "HardReset", self.pace.moment()))
        self._go_down(REBOOT_S, boots=True)

    def changed(self, configuration: Configuration) -> None:
        """Obeys what can be obeyed at once."""
        ping_s = configuration.integer("WebSocketPingInterval")
        if self._socket is not None and ping_s:
            self._socket.ping_interval = ping_s
        self.news.set()

    def switch_off(self) -> None:
        """The simulation ends: charges end with it, and are told if there is time."""
        self._has_power = False
        self.take(self.station.switch_off(self.pace.moment()))

    async def told(self) -> None:
        """Returns when nothing waits to be told, or the line is down."""
        while self.is_online and len(self.outbox):  # noqa: ASYNC110  asked once in a fleet's life
            await asyncio.sleep(0.05)

    async def _live(self) -> None:
        """The world around the station goes on, online or not."""
        await asyncio.sleep(self._rng.uniform(0, TICK_S))
        while True:
            now = self.pace.moment()
            if self._has_power and (facts := self.station.step(now)):
                self.take(facts)
            if self._options.mishaps and (mishap := self.station.mishap(now)) is not None:
                self._suffer(mishap)
            await asyncio.sleep(TICK_S)

    def _suffer(self, mishap: Mishap) -> None:
        cut = mishap.kind == "power-cut"
        if cut:
            self.take(self.station.shut_down("PowerLoss", self.pace.moment()))
            self._has_power = False
        self._go_down(self.pace.real_s(mishap.lasts_s), boots=cut)

    def _go_down(self, seconds: float, *, boots: bool) -> None:
        self._stays_away_s = max(1.0, seconds)
        self.needs_boot = self.needs_boot or boots
        if self._socket is not None:
            self._socket.transport.abort()  # no goodbye, as when a cable is pulled

    async def _stay_connected(self) -> None:
        attempt = 0
        while True:
            try:
                async with await self._connection() as self._socket:
                    attempt = 0
                    await self._talk(self._socket)
            except BROKEN as error:
                await self._note(error)
            self._now_offline()
            attempt += 1
            await asyncio.sleep(self._stays_away_s or back_off_s(attempt, self._rng))
            if self._stays_away_s:
                self._stays_away_s, self._has_power = 0.0, True

    async def _talk(self, socket: ClientConnection) -> None:
        try:
            await Talk(self, socket, self._options.answer_within_s).run()
        except asyncio.CancelledError:
            socket.transport.abort()  # thousands of goodbyes would keep the process for long
            raise

    async def _connection(self) -> connect:
        identity = self.station.identity
        try:
            self._password = await self._credentials.password(identity)
        except (Refused, *UNANSWERED) as error:
            raise ConnectionError(str(error)) from error
        word = base64.b64encode(f"{identity}:{self._password}".encode()).decode()
        return connect(
            f"{self._options.url.rstrip('/')}/{quote(identity, safe='')}",
            subprotocols=[Subprotocol("ocpp1.6")],
            additional_headers={"Authorization": f"Basic {word}"} if self._password is not None else {},
            compression=None,
            open_timeout=self._options.answer_within_s,
            ping_interval=self.station.configuration.integer("WebSocketPingInterval") or None,
            close_timeout=2,
            proxy=None,
        )

    async def _note(self, error: BaseException) -> None:
        """Remembers why; a password that is no longer right is replaced."""
        self.last_refusal = f"{type(error).__name__}: {error}"[:200]
        if not isinstance(error, InvalidStatus):
            return
        if error.response.status_code in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
            try:
                await self._credentials.renew(self.station.identity, self._password)
            except (Refused, *UNANSWERED) as refusal:
                self.last_refusal = str(refusal)[:200]

    def _now_offline(self) -> None:
        self.is_online = False
        self._socket = None
        self._answer_cards_alone()

    def _answer_cards_alone(self) -> None:
        """Cards that nobody can be asked about are judged by the station itself."""
        while cards := self.outbox.go_offline():
            for card in cards:
                self.outbox.put(self.station.card_offline(card.connector, card.card, self.pace.moment()))
