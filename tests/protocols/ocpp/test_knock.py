"""What a handshake shows, read from the raw request."""

from __future__ import annotations

import base64

import pytest

from voltkeep.protocols.ocpp.socket.knock import BadCredentials, address_of, identity_of, networks, password_of
from voltkeep.protocols.ocpp.socket.limits import Buckets


@pytest.mark.parametrize(
    ("path", "identity"),
    [
        ("/ocpp/CP1", "CP1"),
        ("/ocpp/CP1?x=1", "CP1"),
        ("/ocpp/CP%2D1", "CP-1"),
        ("/ocpp/A*b_=+|@.-9", "A*b_=+|@.-9"),
        ("/ocpp/" + "x" * 48, "x" * 48),
        ("/ocpp/" + "x" * 49, None),
        ("/ocpp/" + "x" * 300, None),
        ("/ocpp/a%2Fb", None),
        ("/ocpp/a/b", None),
        ("/ocpp/..", None),
        ("/ocpp/.", None),
        ("/ocpp/%2e%2e", None),
        ("/ocpp/../ocpp/CP1", None),
        ("/ocpp/", None),
        ("/ocpp", None),
        ("/", None),
        ("/other/CP1", None),
        ("/ocpp/%D1%82", None),
        ("/ocpp/%00", None),
        ("/ocpp/a%20b", None),
        ("/ocpp/a:b", None),
        ("/ocpp/CP1%252F", None),
    ],
)
def test_the_identity_is_decoded_once_and_exactly(path: str, identity: str | None) -> None:
    assert identity_of(path) == identity


def _basic(user: bytes) -> str:
    return "Basic " + base64.b64encode(user).decode()


@pytest.mark.parametrize(
    ("header", "password"),
    [
        (None, None),
        (_basic(b"CP1:secret"), "secret"),
        (_basic(b"CP1:"), ""),
        (_basic(b"CP1:a:b"), "a:b"),
        (_basic("CP1:ключ".encode()), "ключ"),
        (_basic(b"CP1:\xff\xfe\x01"), "\xff\xfe\x01"),
        ("basic " + base64.b64encode(b"CP1:x").decode(), "x"),
    ],
)
def test_the_password_is_read_as_stations_write_it(header: str | None, password: str | None) -> None:
    assert password_of(header, "CP1") == password


@pytest.mark.parametrize(
    "header",
    ["", "Bearer abc", "Basic", "Basic ???", "Basic " + "A" * 1000, _basic(b"CP2:x"), _basic(b"CP1"), _basic(b"cp1:x")],
)
def test_other_credentials_are_no_credentials(header: str) -> None:
    with pytest.raises(BadCredentials):
        password_of(header, "CP1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.2.3.4, 198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "2001:db8::1", "2001:db8::1"),
        ("10.0.0.1", "10.0.0.2", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
    ],
)
def test_only_trusted_proxies_are_believed(peer: str, forwarded: str, address: str) -> None:
    assert address_of(peer, {"X-Forwarded-For": forwarded}, networks(["10.0.0.0/8"])) == address


def test_a_bucket_empties_and_fills_again() -> None:
    buckets = Buckets(burst=2, per_s=1)
    for _ in range(2):
        assert not buckets.is_empty("a", 0)
        buckets.take("a", 0)
    assert buckets.is_empty("a", 0)
    assert not buckets.is_empty("b", 0)
    assert not buckets.is_empty("a", 1)


def test_buckets_are_bounded() -> None:
    buckets = Buckets(burst=2, per_s=1, most=100)
    for number in range(1000):
        buckets.take(str(number), 0)
    assert len(buckets) == 100
