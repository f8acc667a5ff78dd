"""Durable messages a second: starts of transactions and meter values, each acknowledged after its commit."""

from __future__ import annotations

import asyncio
import os
from time import perf_counter
from typing import Any

import psycopg
from tests.flows.stack import Stack

from bench.environment import Environment
from bench.load import echo_server, generate
from bench.provision import provision
from bench.report import Figure, of

CLIENTS = 500
SECONDS = 10.0
WRITERS = 16
COMMIT_SECONDS = 3.0


async def run(env: Environment) -> list[Figure]:
    """Five figures, in about a minute."""
    return await asyncio.to_thread(measure, env.scale)


def measure(scale: float) -> list[Figure]:
    """Against a whole Voltkeep of its own; the references run while it is idle."""
    seconds = SECONDS * scale
    processes = os.cpu_count() or 1
    stack = Stack(VOLTKEEP_OCPP_CONFIGURE="false", VOLTKEEP_OCPP_PROCESSES=str(min(2, processes)))
    try:
        stack.start()
        provision(stack, CLIENTS)
        with echo_server() as port:
            echo = generate("starts", port, clients=CLIENTS, seconds=5)
        commits = asyncio.run(commits_per_second(stack.database_url))
        starts = generate("starts", stack.ocpp_port, clients=CLIENTS, seconds=seconds)
        meters = generate("meters", stack.ocpp_port, clients=CLIENTS, seconds=seconds)
    finally:
        stack.remove()
    return figures(starts, meters, echo, commits)


def figures(starts: dict[str, Any], meters: dict[str, Any], echo: dict[str, Any], commits: float) -> list[Figure]:
    """What was found, as the page shows it."""
    bare = echo["per_second"]
    latency = "from the request's last byte out to the answer's last byte in"
    return [
        Figure(
            "StartTransaction, durable",
            starts["per_second"],
            "/s",
            "bare websockets echo, same generator",
            bare,
            of(starts["per_second"], bare),
            f"{CLIENTS} clients, each with one request on its way, each start on a free EVSE",
            "≥ 8,000",
        ),
        Figure(
            "StartTransaction beside one commit a row",
            starts["per_second"],
            "/s",
            f"single-row commits, {WRITERS} connections",
            commits,
            of(starts["per_second"], commits),
            "many stations share a commit",
        ),
        Figure("StartTransaction, p50", starts["p50_ms"], "ms", "echo p50", echo["p50_ms"], None, latency),
        Figure("StartTransaction, p99", starts["p99_ms"], "ms", "echo p99", echo["p99_ms"], None, latency, "≤ 250"),
        Figure(
            "MeterValues, durable",
            meters["per_second"],
            "/s",
            "bare websockets echo, same generator",
            bare,
            of(meters["per_second"], bare),
            f"{CLIENTS} clients, four samples a message, session and telemetry in one transaction; "
            f"p99 {meters['p99_ms']:.0f} ms",
        ),
    ]


async def commits_per_second(url: str) -> float:
    """Single-row inserts, a commit each, from several connections at once."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("create table bench_commit (id bigint generated always as identity, note text)")
    counts = await asyncio.gather(*(_commit(url) for _ in range(WRITERS)))
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute("drop table bench_commit")
    return sum(counts) / COMMIT_SECONDS


async def _commit(url: str) -> int:
    count, until = 0, perf_counter() + COMMIT_SECONDS
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        while perf_counter() < until:
            await connection.execute("insert into bench_commit (note) values ('one row')")
            count += 1
    return count
