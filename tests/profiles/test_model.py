"""Names, values and fallbacks of a profile."""

from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.kit.units import TO_STORED_UNIT
from voltkeep.profiles.builtin import SECRET_IDS, SECRET_KEYS, ocpp16
from voltkeep.profiles.builtin.ocpp16_keys import KEYS
from voltkeep.profiles.builtin.ocpp16_measurands import MEASURANDS, PHASES
from voltkeep.profiles.model import LONGEST_ID, Parameter, ProfileDocument, as_text, key_id, measurand_id

DOCUMENT = ocpp16.DOCUMENT


@pytest.mark.parametrize(
    ("key", "parameter"),
    [
        ("HeartbeatInterval", "heartbeat-interval"),
        ("UnlockConnectorOnEVSideDisconnect", "unlock-connector-on-ev-side-disconnect"),
        ("WebSocketPingInterval", "web-socket-ping-interval"),
        ("Vendor_Led.Mode-2", "vendor-led-mode-2"),
        ("wifiSSID", "wifi-ssid"),
    ],
)
def test_a_key_becomes_words(key: str, parameter: str) -> None:
    assert key_id(key) == parameter


@given(st.text(max_size=60))
def test_any_key_has_an_id_of_plain_letters(key: str) -> None:
    assert re.fullmatch(rf"[a-z0-9-]{{1,{LONGEST_ID}}}", key_id(key))
    assert key_id(key) == key_id(key)


def test_measurands_carry_their_place_unless_it_is_the_outlet() -> None:
    assert measurand_id("Energy.Active.Import.Register") == "energy-active-import-register"
    assert measurand_id("Temperature", "Body") == "temperature-body"
    assert measurand_id("SoC", "EV") == "soc-ev"


def test_the_table_is_that_of_the_standard() -> None:
    assert len(KEYS) == 50
    assert len(MEASURANDS) == 22
    assert len(PHASES) == 10
    assert len(DOCUMENT.by_id) == len(DOCUMENT.parameters) == 50 + 22 * 5
    assert {"authorization-key"} == SECRET_IDS
    assert {"authorizationkey"} == SECRET_KEYS
    assert {m.unit for m in MEASURANDS} - {unit for unit, _ in TO_STORED_UNIT.values()} == {"", "RPM"}


def test_what_is_wanted_exists_can_be_set_and_fits_its_datatype() -> None:
    for parameter, value in DOCUMENT.desired.items():
        found = DOCUMENT.by_id[parameter]
        assert found.settable, parameter
        for one in (value, *DOCUMENT.fallbacks.get(parameter, ())):
            assert as_text(found, one) == one
    measurands = {one.measurand for one in MEASURANDS}
    assert set(DOCUMENT.desired["meter-values-sampled-data"].split(",")) <= measurands


def test_a_refused_value_has_the_next_to_try_until_none_is_left() -> None:
    value: str | None = DOCUMENT.desired["meter-values-sampled-data"]
    tried = []
    while value is not None:
        tried.append(value)
        value = DOCUMENT.next_fallback("meter-values-sampled-data", value)
    assert tried[-1] == "Energy.Active.Import.Register"
    assert len(tried) == len(set(tried)) == 5
    assert [len(one) for one in tried] == sorted((len(one) for one in tried), reverse=True)
    assert DOCUMENT.next_fallback("meter-values-sampled-data", "something else") is None
    assert DOCUMENT.next_fallback("no-such", "1") is None


def test_a_document_survives_its_way_through_json() -> None:
    assert msgspec.json.decode(msgspec.json.encode(DOCUMENT), type=ProfileDocument) == DOCUMENT


@pytest.mark.parametrize(
    ("datatype", "value", "text"),
    [
        ("integer", 5, "5"),
        ("integer", "007", "007"),
        ("boolean", True, "true"),
        ("float", 1.5, "1.5"),
        ("string", "", ""),
    ],
)
def test_values_are_written_as_the_wire_wants_them(datatype: str, value: str | float, text: str) -> None:
    assert as_text(msgspec.convert({"id": "x", "name": "x", "datatype": datatype}, Parameter), value) == text


@pytest.mark.parametrize(
    ("datatype", "value"),
    [
        ("integer", "1.0"),
        ("integer", ""),
        ("integer", True),
        ("boolean", "yes"),
        ("boolean", 1),
        ("float", "NaN"),
        ("enum", "c"),
    ],
)
def test_values_of_another_datatype_are_refused(datatype: str, value: str | float) -> None:
    parameter = msgspec.convert({"id": "x", "name": "x", "datatype": datatype, "format": "a,b"}, Parameter)
    with pytest.raises(ValueError, match=r"isn't|neither"):
        as_text(parameter, value)
