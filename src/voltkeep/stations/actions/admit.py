"""Who may connect: decided at the handshake, before any message is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx, publish
from voltkeep.kit.hashes import matches
from voltkeep.stations.events import CandidateSeen
from voltkeep.stations.model import (
    Admittance,
    Admitted,
    CredentialKind,
    Handshake,
    Knock,
    Onboarding,
    Refused,
    is_identity,
    printable,
)
from voltkeep.stations.store.admission import knocking, note_candidates, trim_candidates
from voltkeep.stations.store.station_row import to_station


async def admit(tx: Tx, handshake: Handshake, *, key: bytes, now: datetime) -> Admittance:
    """One handshake; `admit_all` is the same for many."""
    return (await admit_all(tx, [handshake], key=key, now=now))[0]


async def admit_all(tx: Tx, handshakes: Sequence[Handshake], *, key: bytes, now: datetime) -> list[Admittance]:
    """Let in, keep at the door (onboarding), or refuse, in order; who isn't let in is remembered as a candidate.

    One statement for those let in, one more for all others. An unknown identity costs the same hash as a known one.
    Passwords are compared and forgotten.
    """
    named = [one for one in handshakes if is_identity(one.identity)]
    rows = iter(await knocking(tx, [one.identity for one in named], now)) if named else iter(())
    verdicts: list[Admittance] = []
    knocks: dict[str, Knock] = {}
    for one in handshakes:
        if not is_identity(one.identity):
            verdicts.append(Refused("bad-identity"))
            continue
        row = next(rows)
        verdict = _decide(row, one, matches(key, one.password or "", row.secret_hash))
        verdicts.append(verdict)
        if not isinstance(verdict, Admitted) and not one.is_limited:
            knocks[one.identity] = _knock(row, one, verdict)
    await _remember(tx, list(knocks.values()), now)
    return verdicts


def _decide(row: Row[Any], handshake: Handshake, password_fits: bool) -> Admittance:
    if row.id is None:
        return _decide_unknown(row, handshake)
    if not handshake.password:
        return Refused("no-credentials")
    if not password_fits or row.secret_hash is None:
        return Refused("wrong-password")
    if row.admission != "approved":
        return Refused("not-approved", row.admission)
    return Admitted(to_station(row))


def _decide_unknown(row: Row[Any], handshake: Handshake) -> Admittance:
    if row.window_organisation is not None and not row.dismissed and not handshake.is_limited:
        return Onboarding(handshake.identity, row.window_organisation)
    if row.former_organisation is not None:
        return Refused("not-approved", "retired")
    return Refused("unknown-identity")


async def _remember(tx: Tx, knocks: Sequence[Knock], now: datetime) -> None:
    new = await note_candidates(tx, knocks, now) if knocks else []
    if not new:
        return
    await trim_candidates(tx)
    concerned = {one.organisation_id for one in new if one.organisation_id is not None}
    await publish(tx, [CandidateSeen(id=one, organisation_id=one, station_id=None, at=now) for one in concerned])


def _knock(row: Row[Any], handshake: Handshake, verdict: Onboarding | Refused) -> Knock:
    shown = replace(
        handshake,
        password=None,
        address=printable(handshake.address, 100),
        subprotocols=tuple(printable(one, 50) or "" for one in handshake.subprotocols[:10]),
        user_agent=printable(handshake.user_agent, 200),
    )
    reason = "onboarding" if isinstance(verdict, Onboarding) else verdict.admission or verdict.reason
    return Knock(shown, _concerned(row, verdict), reason, _credentials(handshake, verdict))


def _concerned(row: Row[Any], verdict: Onboarding | Refused) -> UUID | None:
    """Whose the knock is: the station's, the open window's, or the one that retired this identity."""
    if isinstance(verdict, Onboarding):
        return verdict.organisation_id
    found: UUID | None = row.organisation_id or row.former_organisation
    return found


def _credentials(handshake: Handshake, verdict: Onboarding | Refused) -> CredentialKind:
    if not handshake.password:
        return "none"
    return "wrong" if isinstance(verdict, Refused) and verdict.reason == "wrong-password" else "basic"
