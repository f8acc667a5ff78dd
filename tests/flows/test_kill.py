"""Parts are killed with -9 at random moments while stations charge; nothing acknowledged is lost, nothing doubled."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from typing import Any

import psycopg
import pytest
from tests.flows.driver import Tally, make_drivers, run_for
from tests.flows.ledger import Verdict, judge
from tests.flows.stack import Stack

SCALE = float(os.environ.get("VOLTKEEP_TEST_SCALE", "1"))
STATIONS = 30
VICTIMS = ("ocpp", "worker", "postgres", "nats")
BACK_WITHIN_S = 60.0

pytestmark = [pytest.mark.faults, pytest.mark.timeout(180 + 120 * SCALE)]


async def kill_one(stack: Stack, name: str, kills: Counter[str]) -> None:
    """Kills a child, waiting for it to run first if it is just being started."""
    async with asyncio.timeout(BACK_WITHIN_S):
        while not stack.signal(name, signal.SIGKILL):
            await asyncio.sleep(0.05)
    kills[name] += 1


async def kill_at_random(stack: Stack, rounds: int, rng: random.Random, kills: Counter[str]) -> None:
    """Each victim `rounds` times in a random order, sometimes while another is still coming back."""
    order = [name for name in VICTIMS for _ in range(rounds)]
    rng.shuffle(order)
    for name in order:
        await asyncio.sleep(rng.uniform(0.3, 2.5))
        await kill_one(stack, name, kills)
    await asyncio.to_thread(stack.wait_ready, BACK_WITHIN_S)
    await asyncio.sleep(1)


def tell(kills: Counter[str], tally: Tally, verdict: Verdict) -> str:
    """One line for people."""
    killed = ", ".join(f"{name} {count}" for name, count in sorted(kills.items()))
    sent = sum(count for name, count in tally.counts.items() if name.startswith("sent ") and name != "sent again")
    return (
        f"kill -9: {killed}; sent {sent}, acknowledged {tally.acknowledged}, tried again {tally.counts['retries']}, "
        f"stored {verdict.stored}, lost {len(verdict.lost)}, doubled {len(verdict.doubled)}, "
        f"never sent {len(verdict.foreign)}, wrong {len(verdict.wrong)}"
    )


def check_that_the_judge_sees(tally: Tally, connection: psycopg.Connection[Any]) -> None:
    """A loss, a change and an invention made by hand are found, so that a clean verdict means something."""
    with connection.transaction(force_rollback=True):
        connection.execute("delete from telemetry_tick where ctid = (select min(ctid) from telemetry_tick)")
        assert judge(tally, connection).lost
    with connection.transaction(force_rollback=True):
        one = "select id from charging_session order by id limit 1"
        connection.execute(f"update charging_session set energy_wh = energy_wh + 1 where id = ({one})")
        assert judge(tally, connection).wrong
    with connection.transaction(force_rollback=True):
        connection.execute("update charging_session set started_at = started_at - interval '1 second'")
        verdict = judge(tally, connection)
        assert verdict.lost
        assert verdict.foreign


async def test_nothing_acknowledged_is_lost_and_nothing_doubled_whatever_is_killed(
    stack: Stack, capsys: pytest.CaptureFixture[str]
) -> None:
    seed = int(os.environ.get("VOLTKEEP_TEST_SEED", random.randrange(10**6)))
    tally, kills = Tally(), Counter[str]()
    drivers = await asyncio.to_thread(make_drivers, stack, STATIONS, tally, seed=seed)
    rounds = max(1, round(3 * SCALE))
    await run_for(drivers, 0, kill_at_random(stack, rounds, random.Random(seed), kills))
    with stack.database() as connection:
        verdict = judge(tally, connection)
        check_that_the_judge_sees(tally, connection)
    with capsys.disabled():
        print(f"\n{tell(kills, tally, verdict)} (seed {seed})")  # noqa: T201  the tally is the test's product
    assert verdict.is_clean, f"seed {seed}: {verdict}"
    assert not tally.faults, f"seed {seed}: {tally.faults[:3]}"
    assert kills == dict.fromkeys(VICTIMS, rounds)
    assert tally.counts["retries"] > 0, "the kills never met a message on its way"
    assert verdict.stored == tally.acknowledged
