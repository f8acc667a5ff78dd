"""What a station says on one connection: boot, statuses, then its facts in order and a heartbeat in silence."""

from __future__ import annotations

import asyncio
from typing import Any, Protocol

from ocpp.exceptions import OCPPError
from ocpp.v16 import call
from websockets.asyncio.client import ClientConnection

from voltkeep.apps.simulate.acknowledgements import Account
from voltkeep.apps.simulate.facts import CardShown, ChargeStarted, ChargeStopped, Fact, Kept
from voltkeep.apps.simulate.outbox import Outbox
from voltkeep.apps.simulate.pace import Pace
from voltkeep.apps.simulate.point import Owner, Point
from voltkeep.apps.simulate.station import Station
from voltkeep.apps.simulate.wire import boot, to_call

LONGEST_BOOT_WAIT_S = 300.0


class Speaker(Owner, Protocol):
    """The station's life outside one connection."""

    station: Station
    account: Account
    pace: Pace
    outbox: Outbox
    transactions: dict[int, int]
    news: asyncio.Event
    is_online: bool
    needs_boot: bool
    heartbeat_is_due: bool


class Talk:
    """One connection from its handshake to its end."""

    def __init__(self, speaker: Speaker, socket: ClientConnection, answer_within_s: float) -> None:
        self._speaker = speaker
        self._point: Any = Point(speaker.station, socket, speaker, speaker.pace, answer_within_s)

    async def run(self) -> None:
        """Until the socket breaks: raises ConnectionClosed, or TimeoutError when an answer doesn't come."""
        tasks = [asyncio.create_task(self._point.start()), asyncio.create_task(self._speak())]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _speak(self) -> None:
        speaker = self._speaker
        if speaker.needs_boot:
            await self._boot()
        speaker.is_online = True
        speaker.take(speaker.station.statuses(speaker.pace.moment()))
        while True:
            if speaker.needs_boot:
                await self._boot()
            elif (fact := speaker.outbox.first()) is not None and not speaker.heartbeat_is_due:
                await self._tell(fact)
            else:
                await self._idle()

    async def _idle(self) -> None:
        """Waits for news; a silence as long as the heartbeat interval is broken."""
        speaker = self._speaker
        speaker.news.clear()
        interval_s = speaker.station.configuration.integer("HeartbeatInterval")
        if not speaker.heartbeat_is_due:
            try:
                async with asyncio.timeout(interval_s):
                    await speaker.news.wait()
            except TimeoutError:
                speaker.heartbeat_is_due = True
        if speaker.heartbeat_is_due:
            speaker.heartbeat_is_due = False
            await self._ask(call.Heartbeat())

    async def _boot(self) -> None:
        """Asks until the platform accepts (OCPP 1.6, 4.2); the answer's interval is the heartbeat's."""
        while True:
            answer = await self._ask(boot(self._speaker.station))
            interval_s = max(1, int(answer.interval)) if answer else 30
            if answer is not None and answer.status == "Accepted":
                self._speaker.station.configuration.change("HeartbeatInterval", str(interval_s))
                self._speaker.needs_boot = False
                return
            await asyncio.sleep(min(interval_s, LONGEST_BOOT_WAIT_S))

    async def _tell(self, fact: Fact) -> None:
        """One fact; what must be kept stays first in the queue until its answer is there."""
        speaker = self._speaker
        if isinstance(fact, Kept):
            speaker.account.sent(speaker.station.identity, fact, speaker.transactions.get(fact.charge))
        answer = await self._ask(to_call(fact, speaker.transactions))
        if answer is None and isinstance(fact, Kept):
            await asyncio.sleep(speaker.station.configuration.integer("TransactionMessageRetryInterval"))
            return
        speaker.outbox.done()
        if answer is not None:
            self._heard(fact, answer)

    def _heard(self, fact: Fact, answer: Any) -> None:
        speaker = self._speaker
        now = speaker.pace.moment()
        if isinstance(fact, CardShown):
            accepted = answer.id_tag_info["status"] == "Accepted"
            speaker.take(speaker.station.card_answered(fact.connector, fact.card, accepted=accepted, now=now))
        elif isinstance(fact, ChargeStarted):
            speaker.transactions[fact.charge] = answer.transaction_id
            accepted = answer.id_tag_info["status"] == "Accepted"
            speaker.take(speaker.station.started(fact.charge, answer.transaction_id, accepted=accepted, now=now))
        if isinstance(fact, Kept):
            speaker.account.acknowledged(speaker.station.identity, fact, speaker.transactions.get(fact.charge))
        if isinstance(fact, ChargeStopped):
            speaker.transactions.pop(fact.charge, None)

    async def _ask(self, request: Any) -> Any | None:
        """The answer, or None for a CALLERROR; raises TimeoutError and ConnectionClosed."""
        skips = isinstance(request, call.MeterValues)  # its own schema check costs a millisecond each
        try:
            return await self._point.call(request, suppress=False, skip_schema_validation=skips)
        except OCPPError:
            return None
