"""Frames are read or refused, whatever they hold; nothing else comes out."""

from __future__ import annotations

import json

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voltkeep.protocols.ocpp.frames import Call, CallError, CallResult, Code, Faulty, Limits, Schemas, decode

LIMITS = Limits(most_bytes=4096)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=20,
)


@given(st.binary(max_size=300))
def test_any_bytes_give_a_frame_or_a_fault(raw: bytes) -> None:
    assert isinstance(decode(raw, LIMITS), Call | CallResult | CallError | Faulty)


@given(st.lists(JSON, max_size=6))
def test_any_array_gives_a_frame_or_a_fault_without_nul(parts: list[object]) -> None:
    frame = decode(json.dumps(parts).encode(), LIMITS)
    if isinstance(frame, Call | CallResult):
        assert "\\u0000" not in orjson.dumps(frame.payload).decode().replace("\\\\", "")
        assert 0 < len(frame.id) <= 64


@given(st.text(min_size=1, max_size=36).filter(lambda text: "\0" not in text), JSON)
def test_a_call_keeps_its_id_and_payload(message_id: str, value: object) -> None:
    try:
        raw = orjson.dumps([2, message_id, "Heartbeat", {"v": value}])
        expected = orjson.loads(raw)[3]
    except (TypeError, ValueError):  # surrogates and numbers past 64 bits can't be written
        return
    frame = decode(raw, LIMITS)
    if isinstance(frame, Call):
        assert frame.id == message_id
        assert frame.payload == expected or b"\\u0000" in raw, "only the padding of C strings is left out"
    else:
        assert isinstance(frame, Faulty)
        assert frame.id == message_id
        assert "NUL" in frame.fault.description or "deeper" in frame.fault.description


@given(JSON)
def test_the_schema_check_never_raises(value: object) -> None:
    payload = orjson.loads(json.dumps(value, allow_nan=False)) if _is_plain(value) else {}
    fault = SCHEMAS.check_request("StartTransaction", payload)
    assert fault is None or len(fault.description) <= 255


SCHEMAS = Schemas.load()


def _is_plain(value: object) -> bool:
    try:
        orjson.loads(json.dumps(value, allow_nan=False))
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("raw", "code", "message_id", "answerable"),
    [
        (b"hello", Code.FORMATION_VIOLATION, None, False),
        (b"{}", Code.FORMATION_VIOLATION, None, False),
        (b"[]", Code.FORMATION_VIOLATION, None, False),
        (b"[2]", Code.FORMATION_VIOLATION, None, False),
        (b'[2,"a"]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat"]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{},1]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",null]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a",7,{}]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,7,"Heartbeat",{}]', Code.FORMATION_VIOLATION, None, False),
        (b'[2,"","Heartbeat",{}]', Code.FORMATION_VIOLATION, None, False),
        (b'[9,"a",{}]', Code.PROTOCOL_ERROR, "a", False),
        (b'["2","a","Heartbeat",{}]', Code.PROTOCOL_ERROR, "a", False),
        (b'[2.0,"a","Heartbeat",{}]', Code.PROTOCOL_ERROR, "a", False),
        (b'[true,"a","Heartbeat",{}]', Code.PROTOCOL_ERROR, "a", False),
        (b'[2,"a","Heartbeat",{"x":"a\\u0000b"}]', Code.PROPERTY_CONSTRAINT_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{"\\u0000":1}]', Code.PROPERTY_CONSTRAINT_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{"x":"\x00"}]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{"x":"\xff"}]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{"x":"\\ud800"}]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","Heartbeat",{"x":NaN}]', Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","H",{"x":' + b"[" * 50 + b"]" * 50 + b"}]", Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","H",' + b"[" * 1900, Code.FORMATION_VIOLATION, "a", True),
        (b'[2,"a","H",{"x":"' + b"x" * 5000 + b'"}]', Code.GENERIC_ERROR, "a", True),
        (b'[3,"a","H",{"x":"' + b"x" * 5000 + b'"}]', Code.GENERIC_ERROR, "a", False),
    ],
)
def test_what_is_wrong_has_its_code(raw: bytes, code: Code, message_id: str | None, answerable: bool) -> None:
    frame = decode(raw, LIMITS)
    assert isinstance(frame, Faulty)
    assert (frame.fault.code, frame.id, frame.is_answerable) == (code, message_id, answerable)


def test_the_padding_of_c_strings_is_left_out_at_every_depth() -> None:
    frame = decode(b'[3,"a",{"k":[{"key":"Model","value":"X\\u0000\\u0000"},"\\u0000"]}]', LIMITS)
    assert isinstance(frame, CallResult)
    assert frame.payload == {"k": [{"key": "Model", "value": "X"}, ""]}


def test_an_escaped_backslash_before_u0000_is_no_nul() -> None:
    assert isinstance(decode(rb'[2,"a","H",{"x":"\\u0000"}]', LIMITS), Call)


def test_ids_longer_than_the_standard_are_taken_up_to_64() -> None:
    assert isinstance(decode(b'[2,"' + b"i" * 64 + b'","Heartbeat",{}]', LIMITS), Call)
    assert isinstance(decode(b'[2,"' + b"i" * 65 + b'","Heartbeat",{}]', LIMITS), Faulty)


def test_a_limit_in_tenths_of_ampere_isn_t_refused_for_binary_floats() -> None:
    period = {"startPeriod": 0, "limit": 12.3}
    schedule = {"chargingRateUnit": "A", "chargingSchedulePeriod": [period]}
    profile = {
        "chargingProfileId": 1,
        "stackLevel": 0,
        "chargingProfilePurpose": "TxProfile",
        "chargingProfileKind": "Relative",
        "chargingSchedule": schedule,
    }
    assert SCHEMAS.check_request("SetChargingProfile", {"connectorId": 1, "csChargingProfiles": profile}) is None
