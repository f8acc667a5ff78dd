"""Thousands of approved stations at once, past the API, which makes them one by one."""

from __future__ import annotations

import uuid
from pathlib import Path

import psycopg
from tests.flows.stack import Stack

from voltkeep.apps.keys import secret_key
from voltkeep.kit.hashes import keyed_hash
from voltkeep.kit.settings import Settings

PREFIX = "BENCH-"
PASSWORD = "bench-password-of-loopback"  # noqa: S105  of stations that live for seconds
CARD = "BENCH0001"

ADD = """
    with added as (
      insert into station (id, organisation_id, identity, profile_version_id, admission, secret_hash, created_at,
                           approved_at)
      select u.id, o.id, u.identity, v.id, 'approved', %(hash)s, now(), now()
        from unnest(%(ids)s::uuid[], %(identities)s::text[]) as u(id, identity),
             (select id from organisation order by created_at limit 1) o,
             (select v.id from profile_version v join profile p on p.id = v.profile_id
               where p.key = 'ocpp16' and v.state = 'published' order by v.version desc limit 1) v
      returning id)
    insert into station_presence (station_id, online, changed_at) select id, false, now() from added
"""


def provision(stack: Stack, count: int) -> None:
    """`BENCH-00000` and so on with one password, and one card."""
    key = secret_key(Settings(data_dir=Path(stack.folder)))
    parameters = {
        "hash": keyed_hash(key, PASSWORD),
        "ids": [uuid.uuid4() for _ in range(count)],
        "identities": [f"{PREFIX}{number:05d}" for number in range(count)],
    }
    with psycopg.connect(stack.database_url) as connection:
        connection.execute(ADD, parameters)
    with psycopg.connect(stack.database_url, autocommit=True) as connection:
        connection.execute("analyze station")
    with stack.api() as api:
        made = api.post("/tokens", json={"uid": CARD})
        assert made.status_code == 201, made.text
