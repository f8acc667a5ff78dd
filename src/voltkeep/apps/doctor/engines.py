"""What the engines say: reachable, new enough, migrated, without limits that bite later."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import nats
import psycopg
from nats.aio.client import Client
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, StorageType

from voltkeep.apps.doctor.finding import Finding, fail, ok, warn
from voltkeep.apps.engines.binaries import LEAST_MAJOR
from voltkeep.apps.migrate import current
from voltkeep.apps.revisions import newest
from voltkeep.kit import clock
from voltkeep.kit.settings import Settings

PROBE = "VOLTKEEP_DOCTOR"
CONNECT_WITHIN_S = 8.0
NATS_DEFAULT_CONSUMERS = 1000
CLOCK_LIMIT_S = 2.0


def check_database(settings: Settings) -> Iterator[Finding]:
    """Reachable, version, clock, migrations. Nothing when no address is known."""
    if settings.database_url is None:
        yield ok("PostgreSQL", "embedded, not running now: `voltkeep up` starts it")
        return
    url = settings.database_url.replace("postgresql+psycopg://", "postgresql://")
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            yield _version(connection)
            yield _clock(connection)
    except psycopg.Error as error:
        yield fail("PostgreSQL", str(error).strip(), "Check VOLTKEEP_DATABASE_URL, and that the server runs.")
        return
    yield _migrations(url)


def _version(connection: psycopg.Connection) -> Finding:
    number = connection.info.server_version
    detail = f"version {number // 10000}.{number % 10000} answers"
    if number // 10000 < LEAST_MAJOR:
        return fail("PostgreSQL", detail, f"Upgrade the server to {LEAST_MAJOR} or later.")
    return ok("PostgreSQL", detail)


def _clock(connection: psycopg.Connection) -> Finding:
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    away = abs((clock.now() - row[0]).total_seconds()) if row else 0.0
    if away > CLOCK_LIMIT_S:
        return fail("Clock", f"{away:.1f} s away from the database's", "Keep both machines' clocks with NTP.")
    return ok("Clock", f"{clock.now():%Y-%m-%d %H:%M:%S} UTC, as the database's")


def _migrations(url: str) -> Finding:
    has, wants = current(url), newest()
    if has != wants:
        return fail(
            "Migrations", f"the database is at {has or 'nothing'}, wanted is {wants}", "Run `voltkeep migrate`."
        )
    return ok("Migrations", f"at {has}")


def check_nats(settings: Settings) -> Iterator[Finding]:
    """Reachable, JetStream on, no limit of consumers. Nothing when no address is known."""
    if settings.nats_url is None:
        yield ok("NATS", "embedded, not running now: `voltkeep up` starts it")
        return
    yield from asyncio.run(_ask_nats(settings.nats_url))


async def _ask_nats(url: str) -> list[Finding]:
    try:
        async with asyncio.timeout(CONNECT_WITHIN_S):
            client = await nats.connect(
                url, connect_timeout=5, allow_reconnect=False, max_reconnect_attempts=1, error_cb=_quiet
            )
    except (NatsError, OSError, TimeoutError) as error:
        return [fail("NATS", str(error) or "no answer", "Check VOLTKEEP_NATS_URL, and that the server runs.")]
    try:
        version = client.connected_server_version
        stream = client.jetstream()
        try:
            await stream.account_info()
        except (NatsError, TimeoutError):
            return [
                fail("NATS", f"{version} without JetStream", "Set `jetstream { store_dir: … }` in its configuration.")
            ]
        return [ok("NATS", f"{version} answers, JetStream is on"), await _consumers(client)]
    finally:
        await client.close()


async def _consumers(client: Client) -> Finding:
    """Tries one consumer more than the server's default allows: the limit can't be read, only met."""
    stream = client.jetstream()
    try:
        await stream.add_stream(name=PROBE, subjects=[f"{PROBE}.>"], storage=StorageType.MEMORY)
        probe = ConsumerConfig(mem_storage=True, inactive_threshold=30)
        for _ in range(NATS_DEFAULT_CONSUMERS // 100):
            await asyncio.gather(*(stream.add_consumer(PROBE, probe) for _ in range(100)))
        await stream.add_consumer(PROBE, probe)
    except NatsError as error:
        return warn(
            "NATS consumers",
            f"limited: {error}",
            "Set `limits { default_max_consumers: -1 }` under jetstream: every device needs one.",
        )
    finally:
        await stream.delete_stream(PROBE)
    return ok("NATS consumers", "not limited")


async def _quiet(_: Exception) -> None:
    """The finding tells it."""
