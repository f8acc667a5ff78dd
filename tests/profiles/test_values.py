"""Built-in profiles, the slot dictionary and desired beside reported, over real tables."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from voltkeep.kit.db import Database
from voltkeep.kit.errors import NotVisible
from voltkeep.kit.ids import new_id
from voltkeep.profiles.actions.slots import SlotCache, slots_of
from voltkeep.profiles.actions.values import (
    parameters_of,
    pending_desired,
    record_reported,
    set_desired,
    settle_desired,
)
from voltkeep.profiles.actions.versions import (
    NoProfile,
    ensure_builtin,
    load_profiles,
    profile_for_protocol,
    profile_version,
)
from voltkeep.profiles.builtin import ocpp16
from voltkeep.profiles.model import MOST_SLOTS, ParameterValue, ProfileVersion, Reported, SlotKey

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
async def version(database: Database) -> ProfileVersion:
    """The built-in profile of OCPP 1.6."""
    async with database.transaction() as tx:
        await ensure_builtin(tx, NOON)
        return await profile_for_protocol(tx, "ocpp1.6")


@pytest.fixture
async def other(database_url: str) -> AsyncIterator[Database]:
    """The pool of another process."""
    pool = Database(database_url, pool_size=4, name="other")
    yield pool
    await pool.close()


async def test_the_built_in_profile_is_made_once_and_versioned_when_it_changes(database: Database) -> None:
    async with database.transaction() as tx:
        with pytest.raises(NoProfile):
            await profile_for_protocol(tx, "ocpp1.6")

    async def ensure() -> None:
        async with database.transaction() as tx:
            await ensure_builtin(tx, NOON)

    await asyncio.gather(*(ensure() for _ in range(4)))
    async with database.transaction() as tx:
        first = await profile_for_protocol(tx, "ocpp1.6")
        assert (first.key, first.version, first.document) == ("ocpp16", 1, ocpp16.DOCUMENT)
        assert list(await load_profiles(tx)) == [first.id]
        await tx.run("update profile_version set document = jsonb_set(document, '{desired}', '{}')")
        await ensure_builtin(tx, NOON)
        second = await profile_for_protocol(tx, "ocpp1.6")
        assert (second.version, second.profile_id, second.layout_no) == (2, first.profile_id, first.layout_no)
        assert (await profile_version(tx, first.id)).document.desired == {}
        with pytest.raises(NotVisible):
            await profile_version(tx, new_id())


async def test_a_slot_is_given_once_whatever_process_asks(
    database: Database, other: Database, version: ProfileVersion
) -> None:
    keys = [SlotKey(f"parameter-{number}", phase=phase, unit="W") for number in range(12) for phase in ("", "L1")]
    layout = version.layout_no

    async def ask(pool: Database, cache: SlotCache, wanted: list[SlotKey]) -> dict[SlotKey, int]:
        async with pool.transaction() as tx:
            return await cache.resolve(tx, layout, wanted)

    caches = [SlotCache() for _ in range(4)]
    pools = [database, other, database, other]
    answers = await asyncio.gather(
        *(
            ask(pool, cache, keys[start:] + keys[:start])
            for start, (pool, cache) in enumerate(zip(pools, caches, strict=True))
        )
    )
    assert all(answer == answers[0] for answer in answers)
    assert sorted(answers[0].values()) == list(range(1, 25))
    async with database.transaction() as tx:
        assert len(await slots_of(tx, layout)) == 24
        assert await caches[0].resolve(tx, layout, keys[:3]) == {key: answers[0][key] for key in keys[:3]}


async def test_a_slot_of_a_transaction_that_failed_is_not_believed(database: Database, version: ProfileVersion) -> None:
    cache, lost, kept = SlotCache(), SlotKey("lost"), SlotKey("kept")

    async def fail() -> None:
        async with database.transaction() as tx:
            assert await cache.resolve(tx, version.layout_no, [lost]) == {lost: 1}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.transaction() as tx:
        assert await cache.resolve(tx, version.layout_no, [kept]) == {kept: 1}
        assert await cache.resolve(tx, version.layout_no, [lost]) == {lost: 2}


async def test_a_full_layout_leaves_the_new_without_a_place(database: Database, version: ProfileVersion) -> None:
    keys = [SlotKey(f"p{number:04d}") for number in range(MOST_SLOTS + 3)]
    cache = SlotCache()
    async with database.transaction() as tx:
        found = await cache.resolve(tx, version.layout_no, keys)
    assert len(found) == MOST_SLOTS
    assert max(found.values()) == MOST_SLOTS
    async with database.transaction() as tx:
        assert await cache.resolve(tx, version.layout_no, [SlotKey("one-more"), keys[0]]) == {keys[0]: found[keys[0]]}


async def test_desired_and_reported_go_in_step_drift_and_are_refused(
    database: Database, version: ProfileVersion
) -> None:
    station = new_id()

    async def values() -> dict[str, ParameterValue]:
        async with database.transaction() as tx:
            return {value.parameter.id: value for value in await parameters_of(tx, station, version)}

    async def report(value: str) -> None:
        async with database.transaction() as tx:
            await record_reported(tx, [Reported(station, "", 0, "heartbeat-interval", value, False)], NOON)

    await report("60")
    assert (await values())["heartbeat-interval"].state == "reported"
    async with database.transaction() as tx:
        await set_desired(tx, station, {"heartbeat-interval": "300", "blink-repeat": "3"}, "Ann", NOON)
        assert [one.parameter for one in await pending_desired(tx, station)] == ["blink-repeat", "heartbeat-interval"]
        assert await settle_desired(tx, station, "heartbeat-interval", "in-step")
        assert await settle_desired(tx, station, "blink-repeat", "rejected", error="Rejected")
        assert not await settle_desired(tx, station, "light-intensity", "in-step")
        assert await pending_desired(tx, station) == []
    found = await values()
    assert (found["heartbeat-interval"].reported, found["heartbeat-interval"].state) == ("300", "in-step")
    assert (found["blink-repeat"].state, found["blink-repeat"].error) == ("rejected", "Rejected")
    await report("900")
    assert (await values())["heartbeat-interval"].state == "drifted"
    await report("300")
    assert (await values())["heartbeat-interval"].state == "in-step"


async def test_vendor_keys_keep_their_name_and_secrets_lose_their_value(
    database: Database, version: ProfileVersion
) -> None:
    station, later = new_id(), NOON + timedelta(minutes=1)
    reports = [
        Reported(station, "", 0, "led-mode", "a\0b", False, "Led_Mode"),
        Reported(station, "", 0, "led-mode", "on", False, "Led_Mode"),
        Reported(station, "", 0, "authorization-key", "hush", False, "AuthorizationKey"),
    ]
    async with database.transaction() as tx:
        await record_reported(tx, reports, NOON)
        await record_reported(tx, [Reported(station, "", 0, "led-mode", "off\0", None)], later)
        found = {value.parameter.id: value for value in await parameters_of(tx, station, version)}
        assert await tx.value("select count(*) from parameter_value where reported like '%hush%'") == 0
    assert found["led-mode"].parameter.binding == {"protocol": "ocpp1.6", "key": "Led_Mode"}
    assert (found["led-mode"].reported, found["led-mode"].read_only) == ("off", False)
    assert found["led-mode"].may_be_set
    assert found["authorization-key"].reported is None
    assert not found["authorization-key"].may_be_set
