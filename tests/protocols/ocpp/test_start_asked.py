"""What a StartTransaction on the wire asks of sessions."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from voltkeep.kit.ids import new_id
from voltkeep.profiles.model import ProfileDocument, ProfileVersion
from voltkeep.protocols.ocpp.frames import OcppFault
from voltkeep.protocols.ocpp.v16.speaker import Speaker
from voltkeep.protocols.ocpp.v16.start_transaction import StartTransaction, to_asked

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def speaker(*capabilities: str) -> Speaker:
    document = ProfileDocument(capabilities=capabilities)
    return Speaker(new_id(), 7, new_id(), "CP1", ProfileVersion(new_id(), new_id(), 1, "some", 1, document))


def test_connector_two_is_evse_two_with_its_one_connector() -> None:
    asked = to_asked(StartTransaction(2, "CARD", 100, "2026-05-04T13:00:00+01:00"), speaker(), NOON)
    assert (asked.evse, asked.connector, asked.at, asked.meter_start) == (2, 1, NOON, 100)


@pytest.mark.parametrize(("capabilities", "single"), [((), False), (("one-session-a-token",), True)])
def test_the_profile_says_whether_a_token_may_charge_twice(capabilities: tuple[str, ...], single: bool) -> None:
    asked = to_asked(StartTransaction(1, "CARD", 0, "2026-05-04T12:00:00Z"), speaker(*capabilities), NOON)
    assert asked.one_session_a_token is single


def test_an_unreadable_time_is_named() -> None:
    with pytest.raises(OcppFault) as refused:
        to_asked(StartTransaction(1, "CARD", 0, "yesterday"), speaker(), NOON)
    assert "timestamp" in refused.value.fault.description
