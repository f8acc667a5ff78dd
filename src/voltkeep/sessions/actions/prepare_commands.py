"""Finds what a start or stop command needs, or says why it can't be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from voltkeep.commands.model import Prepared
from voltkeep.kit.db import Tx
from voltkeep.kit.errors import Conflict, Invalid, NotVisible, Refusal
from voltkeep.sessions import store
from voltkeep.sessions.ports import StartGate, StartWanted
from voltkeep.stations.model import Station
from voltkeep.tokens.actions.authorize import authorize
from voltkeep.tokens.model import AuthorizeAsk, IdTagInfo

# OCPP 1.6, section 7.28: IdToken is CiString20Type.
LONGEST_ID_TAG = 20
OUT_OF_ORDER = frozenset({"faulted", "unavailable"})


class StationNotAdmitted(Conflict):
    """The station isn't approved, so nothing may be started on it."""

    code = "station-not-approved"
    title = "The station isn't approved"


class EvseOccupied(Conflict):
    """Another session charges there."""

    code = "evse-occupied"
    title = "This EVSE is charging already"


class EvseOutOfOrder(Conflict):
    """The station says that nothing can charge there."""

    code = "evse-out-of-order"
    title = "This EVSE can't charge now"


class TokenRefused(Refusal):
    """The token is unknown, blocked or expired; `status` says which in the words of OCPP 1.6."""

    code = "token-refused"
    title = "This token may not charge"


class NoSuchSession(NotVisible):
    """No live session of this station goes by that name."""

    code = "no-live-session"
    title = "No such session charges at this station"


async def prepare_start(
    tx: Tx, station: Station, connector: int, token: str, gates: Sequence[StartGate], now: datetime
) -> Prepared:
    """The EVSE (OCPP 1.6: connector n is EVSE n) and the token's uid for the wire.

    Raises StationNotAdmitted, Invalid for an EVSE the station hasn't, EvseOutOfOrder, EvseOccupied, TokenRefused,
    and what the gates raise.
    """
    if station.admission != "approved":
        raise StationNotAdmitted(admission=station.admission)
    await _check_evse(tx, station, connector)
    if station.protocol == "ocpp1.6" and len(token) > LONGEST_ID_TAG:
        raise Invalid(f"OCPP 1.6 carries tokens of {LONGEST_ID_TAG} characters", field="arguments.token")
    info = (await authorize(tx, [AuthorizeAsk(station.organisation_id, token)], now))[0]
    token_id = _accepted(info, token)
    wanted = StartWanted(station.organisation_id, station.id, connector, token_id, token)
    for gate in gates:
        await gate.check(tx, wanted, now)
    return Prepared(evse=connector, wire={"evse": connector, "token": token})


async def prepare_stop(tx: Tx, station: Station, session_id: UUID | None, transaction_id: str | None) -> Prepared:
    """The transaction for the wire. Raises NoSuchSession unless it is live at this station."""
    found = await store.live_at(tx, station.id, session_id, transaction_id)
    if found is None:
        raise NoSuchSession()
    wire = {"evse": found.evse, "session": str(found.id), "transaction_id": int(found.transaction_id)}
    return Prepared(evse=found.evse, wire=wire)


async def _check_evse(tx: Tx, station: Station, evse: int) -> None:
    known = await store.evses_of(tx, station.id)
    if known and evse not in known:
        raise Invalid(f"The station has no connector {evse}", field="arguments.connector", connectors=sorted(known))
    if OUT_OF_ORDER.issuperset(known.get(evse, ["available"])):
        raise EvseOutOfOrder(evse=evse, statuses=known[evse])
    session_id = await store.live_on(tx, station.id, evse)
    if session_id is not None:
        raise EvseOccupied(evse=evse, session_id=str(session_id))


def _accepted(info: IdTagInfo, uid: str) -> UUID:
    if info.status != "Accepted" or info.token_id is None:
        raise TokenRefused(f"The token is {info.status.lower()}", token=uid, status=info.status)
    return info.token_id
