"""An absent bus is counted and told once, not logged at every attempt."""

from __future__ import annotations

import asyncio
import logging

import pytest
from structlog.testing import capture_logs

from voltkeep.kit import bus as module
from voltkeep.kit.bus import Bus


async def test_a_bus_that_is_away_is_counted_and_not_logged_each_time(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    before = module.FAULTS._value.get()
    monkeypatch.setattr(module, "FIRST_WITHIN_S", 1.5)
    with caplog.at_level(logging.DEBUG), pytest.raises(TimeoutError):
        await Bus.connect("nats://127.0.0.1:1", name="test")
    assert module.FAULTS._value.get() >= before + 2
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_going_and_coming_back_are_told_once_each(nats_url: str) -> None:
    bus = await Bus.connect(nats_url, name="test")
    with capture_logs() as told:
        bus.client._transport._io_writer.transport.abort()
        for _ in range(100):
            await asyncio.sleep(0.05)
            if [entry["event"] for entry in told][-1:] == ["bus back"]:
                break
    await bus.close()
    assert [entry["event"] for entry in told if entry["event"].startswith("bus ")] == ["bus away", "bus back"]
