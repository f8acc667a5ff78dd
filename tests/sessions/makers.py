"""Small makers for tests of sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from voltkeep.kit.db import Tx
from voltkeep.kit.ids import new_id
from voltkeep.sessions.model import MeterAsked, Sample, StartAsked, StopAsked
from voltkeep.sessions.model.readings import REGISTER

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
ORGANISATION = UUID(int=1)
STATION = UUID(int=2)


def at(seconds: float) -> datetime:
    """An instant after NOW."""
    return NOW + timedelta(seconds=seconds)


def start(**changes: object) -> StartAsked:
    """A start on EVSE 1 at NOW with register 1000 Wh."""
    given: dict[str, object] = {
        "station_id": STATION,
        "station_no": 1,
        "organisation_id": ORGANISATION,
        "evse": 1,
        "connector": 1,
        "token_uid": "CARD1",
        "meter_start": 1000,
        "at": NOW,
        "received_at": NOW,
    }
    return StartAsked(**(given | changes))  # type: ignore[arg-type]  # a test names any field


def stop(transaction_id: int | None, **changes: object) -> StopAsked:
    """A stop an hour after NOW with register 6000 Wh."""
    given: dict[str, object] = {
        "station_id": STATION,
        "station_no": 1,
        "organisation_id": ORGANISATION,
        "transaction_id": transaction_id,
        "meter_stop": 6000,
        "at": at(3600),
        "received_at": at(3600),
        "token_uid": "CARD1",
    }
    return StopAsked(**(given | changes))  # type: ignore[arg-type]  # a test names any field


def sample(seconds: float, value: object, parameter: str = REGISTER, **changes: object) -> Sample:
    """A reading so many seconds after NOW; the register in Wh unless told otherwise."""
    given: dict[str, object] = {
        "at": at(seconds),
        "parameter": parameter,
        "value": None if value is None else Decimal(str(value)),
        "raw": str(value),
    }
    return Sample(**(given | changes))  # type: ignore[arg-type]  # a test names any field


def meter(transaction_id: int | None, *samples: Sample, **changes: object) -> MeterAsked:
    """Readings of EVSE 1, received when the newest was taken."""
    given: dict[str, object] = {
        "station_id": STATION,
        "station_no": 1,
        "organisation_id": ORGANISATION,
        "layout_no": 1,
        "evse": 1,
        "connector": 1,
        "transaction_id": transaction_id,
        "samples": samples,
        "received_at": max((one.at for one in samples), default=NOW),
    }
    return MeterAsked(**(given | changes))  # type: ignore[arg-type]  # a test names any field


@dataclass(frozen=True)
class Place:
    """A stored station to charge at."""

    organisation_id: UUID
    station_id: UUID
    station_no: int
    layout_no: int
    identity: str

    @property
    def fields(self) -> dict[str, object]:
        """What an ask carries of it."""
        return {
            "organisation_id": self.organisation_id,
            "station_id": self.station_id,
            "station_no": self.station_no,
        }


async def make_organisation(tx: Tx, parent: UUID | None = None) -> UUID:
    """An organisation, a branch of `parent` if given."""
    organisation_id = new_id()
    await tx.run(
        "insert into organisation (id, parent_id, name, created_at) values (:id, :parent, 'Test', :now)",
        id=organisation_id,
        parent=parent,
        now=NOW,
    )
    return organisation_id


async def make_place(tx: Tx, identity: str, organisation_id: UUID | None = None) -> Place:
    """An approved, online station with a profile of its own."""
    organisation = organisation_id or await make_organisation(tx)
    profile_id, version_id, station_id = new_id(), new_id(), new_id()
    layout_no = await tx.value(
        "insert into profile (id, key, name, created_at) values (:id, :key, 'Test', :now) returning layout_no",
        id=profile_id,
        key=f"test-{profile_id}",
        now=NOW,
    )
    await tx.run(
        "insert into profile_version (id, profile_id, version, state, document, created_at)"
        " values (:id, :profile, 1, 'published', '{}', :now)",
        id=version_id,
        profile=profile_id,
        now=NOW,
    )
    station_no = await tx.value(
        "insert into station (id, organisation_id, identity, profile_version_id, admission, created_at)"
        " values (:id, :organisation, :identity, :version, 'approved', :now) returning station_no",
        id=station_id,
        organisation=organisation,
        identity=identity,
        version=version_id,
        now=NOW,
    )
    await tx.run(
        "insert into station_presence (station_id, online, epoch, connected_at, last_message_at, changed_at)"
        " values (:id, true, 1, :now, :now, :now)",
        id=station_id,
        now=NOW,
    )
    return Place(organisation, station_id, station_no, layout_no, identity)


async def make_token(tx: Tx, organisation_id: UUID, uid: str, **columns: object) -> UUID:
    """A token on the organisation's list."""
    token_id = new_id()
    given = {"expires_at": None, "blocked_at": None, "parent_uid": None} | columns
    await tx.run(
        "insert into token (id, organisation_id, uid, expires_at, blocked_at, parent_uid, created_at)"
        " values (:id, :organisation, :uid, :expires_at, :blocked_at, :parent_uid, :now)",
        id=token_id,
        organisation=organisation_id,
        uid=uid,
        now=NOW,
        **given,
    )
    return token_id
