"""The configuration store keeps its own rules."""

import pytest

from voltkeep.apps.simulate.characters import CHARACTERS
from voltkeep.apps.simulate.configuration import Configuration

FAST = CHARACTERS[1]


@pytest.mark.parametrize(
    ("key", "value", "answer"),
    [
        ("HeartbeatInterval", "30", "Accepted"),
        ("heartbeatinterval", "31", "Accepted"),
        ("HeartbeatInterval", "0", "Rejected"),
        ("HeartbeatInterval", "ten", "Rejected"),
        ("HeartbeatInterval", "٣٠", "Rejected"),
        ("MeterValuesSampledData", "Energy.Active.Import.Register,SoC", "Accepted"),
        ("MeterValuesSampledData", "Energy.Active.Import.Register,Frequency", "Rejected"),
        ("AuthorizeRemoteTxRequests", "TRUE", "Accepted"),
        ("AuthorizeRemoteTxRequests", "yes", "Rejected"),
        ("NumberOfConnectors", "3", "Rejected"),
        ("ConnectorPhaseRotation", "0.RST,1.RST", "RebootRequired"),
        ("NoSuchKey", "1", "NotSupported"),
    ],
)
def test_a_change_is_judged_by_the_keys_own_rule(key: str, value: str, answer: str) -> None:
    assert Configuration(FAST).change(key, value) == answer


def test_what_was_written_is_read_back_and_a_refused_value_is_not_kept() -> None:
    store = Configuration(FAST)
    store.change("MeterValueSampleInterval", "5")
    store.change("MeterValueSampleInterval", "-5")
    assert store.integer("MeterValueSampleInterval") == 5
    known, unknown = store.read(["metervaluesampleinterval", "Nonsense"])
    assert known == [("MeterValueSampleInterval", False, "5")]
    assert unknown == ["Nonsense"]


def test_a_secret_is_never_read_back() -> None:
    store = Configuration(FAST)
    assert store.change("AuthorizationKey", "hush") == "Accepted"
    assert store.read(["AuthorizationKey"]) == ([("AuthorizationKey", False, None)], [])
    assert "hush" not in str(store.read([]))
