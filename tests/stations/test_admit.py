"""Who gets in, who is refused and why, and what is remembered of those at the door."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from voltkeep.kit.db import Database
from voltkeep.kit.ids import new_id
from voltkeep.stations.actions.admit import admit, admit_all
from voltkeep.stations.model import Admittance, Admitted, Handshake, Onboarding, Refused, is_identity
from voltkeep.stations.store.admission import trim_candidates

KEY = b"k" * 32
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
Make = Callable[..., Awaitable[UUID]]


async def knock(database: Database, identity: str, given: str | None = "right") -> Admittance:
    shown = Handshake(identity, given, "10.0.0.7", ("ocpp1.6",), "Maker/1.0")
    async with database.transaction() as tx:
        return await admit(tx, shown, key=KEY, now=NOON)


async def candidate(database: Database, identity: str) -> dict[str, object] | None:
    async with database.transaction() as tx:
        row = await tx.row("select * from station_candidate where identity = :identity", identity=identity)
    return None if row is None else dict(row._mapping)


async def test_the_right_password_of_an_approved_station_is_let_in(database: Database, make_station: Make) -> None:
    station_id = await make_station("CP|1@site.*_=+-")
    verdict = await knock(database, "CP|1@site.*_=+-")
    assert isinstance(verdict, Admitted)
    assert verdict.station.id == station_id
    assert verdict.station.station_no > 0
    assert await candidate(database, "CP|1@site.*_=+-") is None


@pytest.mark.parametrize(
    ("password", "reason"), [("wrong", "wrong-password"), ("", "no-credentials"), (None, "no-credentials")]
)
async def test_a_wrong_or_missing_password_is_refused_and_not_kept(
    database: Database, make_station: Make, password: str | None, reason: str, organisation: UUID
) -> None:
    await make_station("CP1")
    verdict = await knock(database, "CP1", password)
    assert isinstance(verdict, Refused)
    assert verdict.reason == reason
    found = await candidate(database, "CP1")
    assert found is not None
    assert found["credentials"] == ("wrong" if password else "none")
    assert found["organisation_id"] == organisation
    assert "wrong" not in str({key: value for key, value in found.items() if key not in ("credentials", "reason")})


@pytest.mark.parametrize("admission", ["pending", "suspended", "revoked", "retired"])
async def test_a_station_that_is_not_approved_is_refused_with_the_reason(
    database: Database, make_station: Make, admission: str
) -> None:
    await make_station("CP1", admission=admission)
    verdict = await knock(database, "CP1")
    assert isinstance(verdict, Refused)
    assert (verdict.reason, verdict.admission) == ("not-approved", admission)
    found = await candidate(database, "CP1")
    assert found is not None
    assert found["reason"] == admission


async def test_an_unknown_identity_becomes_a_candidate_with_what_it_showed(database: Database) -> None:
    for _ in range(3):
        assert await knock(database, "NEW-1", "secret-of-the-box") == Refused("unknown-identity")
    found = await candidate(database, "NEW-1")
    assert found is not None
    assert (found["attempts"], found["address"], found["subprotocols"]) == (3, "10.0.0.7", ["ocpp1.6"])
    assert (found["user_agent"], found["credentials"]) == ("Maker/1.0", "basic")
    assert "secret-of-the-box" not in str(found)


@pytest.mark.parametrize(
    "identity", ["", "a b", "..", ".", "CP%2F1", "a/b", "x" * 49, "x" * 300, "заряд", "a:b", "a\0b", "a\n"]
)
async def test_what_is_no_identity_is_refused_and_not_remembered(database: Database, identity: str) -> None:
    assert not is_identity(identity)
    assert await knock(database, identity) == Refused("bad-identity")
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from station_candidate") == 0


async def test_an_open_window_keeps_the_unknown_at_the_door_and_changes_nothing_else(
    database: Database, organisation: UUID
) -> None:
    async with database.transaction() as tx:
        await tx.run(
            "insert into onboarding_window (id, organisation_id, opened_at, closes_at) values (:id, :org, :a, :b)",
            id=new_id(),
            org=organisation,
            a=NOON - timedelta(hours=1),
            b=NOON + timedelta(hours=1),
        )
    assert await knock(database, "NEW-1", None) == Onboarding("NEW-1", organisation)
    async with database.transaction() as tx:
        assert await tx.value("select count(*) from station") == 0
        await tx.run("update station_candidate set dismissed_at = :now", now=NOON)
    assert await knock(database, "NEW-1", None) == Refused("unknown-identity")


async def test_the_list_of_candidates_is_bounded_and_keeps_those_dismissed(database: Database) -> None:
    for number in range(5):
        await knock(database, f"NEW-{number}")
    async with database.transaction() as tx:
        await tx.run("update station_candidate set dismissed_at = :now where identity = 'NEW-0'", now=NOON)
        await tx.run(
            "update station_candidate set last_seen_at = :old where identity in ('NEW-0', 'NEW-1')",
            old=NOON - timedelta(days=1),
        )
        assert await trim_candidates(tx, 4) == 1
        rows = await tx.rows("select identity from station_candidate order by 1")
    assert [row.identity for row in rows] == ["NEW-0", "NEW-2", "NEW-3", "NEW-4"]


async def test_a_list_of_handshakes_is_decided_in_order(database: Database, make_station: Make) -> None:
    await make_station("CP1")
    storm = [
        Handshake("CP1", "right"),
        Handshake("a b", "right"),
        Handshake("NEW-1", None),
        Handshake("CP1", "wrong"),
        Handshake("NEW-1", "x"),
        Handshake("CP1", "right"),
    ]
    async with database.transaction() as tx:
        verdicts = await admit_all(tx, storm, key=KEY, now=NOON)
        assert await admit_all(tx, [], key=KEY, now=NOON) == []
    reasons = [one.reason if isinstance(one, Refused) else type(one).__name__ for one in verdicts]
    assert reasons == [
        "Admitted",
        "bad-identity",
        "unknown-identity",
        "wrong-password",
        "unknown-identity",
        "Admitted",
    ]
