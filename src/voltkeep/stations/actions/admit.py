"""Who may connect: decided at the handshake, before any message is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from voltkeep.kit.db import Tx, publish
from voltkeep.kit.hashes import matches
from voltkeep.stations.events import CandidateSeen
from voltkeep.stations.model import Admittance, Admitted, Handshake, Onboarding, Refused, is_identity, printable
from voltkeep.stations.store.admission import knocking, note_candidate, trim_candidates
from voltkeep.stations.store.station_row import to_station


async def admit(tx: Tx, handshake: Handshake, *, key: bytes, now: datetime) -> Admittance:
    """Let in, keep at the door (onboarding), or refuse; who isn't let in is remembered as a candidate.

    One statement for those let in, two for the others. An unknown identity costs the same hash as a known one.
    The password is compared and forgotten.
    """
    if not is_identity(handshake.identity):
        return Refused("bad-identity")
    row = await knocking(tx, handshake.identity, now)
    password_fits = matches(key, handshake.password or "", row.secret_hash)
    verdict = _decide(row, handshake, password_fits)
    if not isinstance(verdict, Admitted):
        await _remember(tx, row, handshake, verdict, now)
    return verdict


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
    if row.window_organisation is not None and not row.dismissed:
        return Onboarding(handshake.identity, row.window_organisation)
    if row.former_organisation is not None:
        return Refused("not-approved", "retired")
    return Refused("unknown-identity")


async def _remember(tx: Tx, row: Row[Any], handshake: Handshake, verdict: Onboarding | Refused, now: datetime) -> None:
    shown = replace(
        handshake,
        address=printable(handshake.address, 100),
        subprotocols=tuple(printable(one, 50) or "" for one in handshake.subprotocols[:10]),
        user_agent=printable(handshake.user_agent, 200),
    )
    organisation_id = _concerned(row, verdict)
    is_new = await note_candidate(
        tx,
        shown,
        organisation_id=organisation_id,
        reason="onboarding" if isinstance(verdict, Onboarding) else verdict.admission or verdict.reason,
        credentials=_credentials(handshake, verdict),
        now=now,
    )
    if is_new:
        await trim_candidates(tx)
        if organisation_id is not None:
            await publish(
                tx, [CandidateSeen(id=organisation_id, organisation_id=organisation_id, station_id=None, at=now)]
            )


def _concerned(row: Row[Any], verdict: Onboarding | Refused) -> UUID | None:
    """Whose the knock is: the station's, the open window's, or the one that retired this identity."""
    if isinstance(verdict, Onboarding):
        return verdict.organisation_id
    found: UUID | None = row.organisation_id or row.former_organisation
    return found


def _credentials(handshake: Handshake, verdict: Onboarding | Refused) -> str:
    if not handshake.password:
        return "none"
    return "wrong" if isinstance(verdict, Refused) and verdict.reason == "wrong-password" else "basic"
