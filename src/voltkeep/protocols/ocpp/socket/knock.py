"""What a handshake shows, read from the raw request: identity, password, address. Pure, so that it is easy to test."""

from __future__ import annotations

import base64
import binascii
import ipaddress
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from voltkeep.stations.model import is_identity

if TYPE_CHECKING:
    from websockets.datastructures import Headers

PREFIX = "/ocpp/"
_LONGEST_PATH = 200
_LONGEST_CREDENTIALS = 400
_MOST_HOPS = 20

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class BadCredentials(Exception):
    """An Authorization header that isn't Basic, or not of this identity."""


def identity_of(path: str) -> str | None:
    """The identity in `/ocpp/{identity}`, percent-decoded once; None for anything that can't be one.

    The query is ignored; a slash that was encoded (`%2F`) stays part of the name and so makes it no identity.
    """
    bare = path.split("?", 1)[0].split("#", 1)[0]
    if len(bare) > _LONGEST_PATH or not bare.startswith(PREFIX):
        return None
    try:
        identity = unquote_to_bytes(bare.removeprefix(PREFIX)).decode("ascii")
    except UnicodeDecodeError:
        return None
    return identity if is_identity(identity) else None


def password_of(header: str | None, identity: str) -> str | None:
    """The password of a Basic header (RFC 7617) whose user is the identity; None when there is no header.

    Raises BadCredentials. Stations send UTF-8 or Latin-1; OCPP 1.6 keys that aren't text come as raw bytes (security
    whitepaper, A00.FR.205), which then are compared in their Latin-1 form.
    """
    if header is None:
        return None
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic" or len(encoded) > _LONGEST_CREDENTIALS:
        raise BadCredentials("not Basic")
    try:
        raw = base64.b64decode(encoded.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadCredentials("not base64") from error
    user, colon, password = raw.partition(b":")
    if not colon or user != identity.encode():
        raise BadCredentials("the user isn't the identity in the path")
    return _text(password)


def _text(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """Networks from CIDR texts. Raises ValueError for anything else."""
    return tuple(ipaddress.ip_network(text, strict=False) for text in texts)


def address_of(peer: str, headers: Headers | Mapping[str, str], trusted: Sequence[Network]) -> str:
    """The station's address: the peer's, or behind trusted proxies the last hop in X-Forwarded-For that isn't one."""
    if not _is_in(peer, trusted):
        return peer
    hops = [hop.strip() for text in _all(headers, "X-Forwarded-For") for hop in text.split(",")]
    for hop in reversed(hops[-_MOST_HOPS:]):
        bare = hop.removeprefix("[").split("]", 1)[0] if hop.startswith("[") else hop
        if not _is_address(bare):
            return peer
        if not _is_in(bare, trusted):
            return bare
    return peer


def offered_subprotocols(headers: Headers | Mapping[str, str]) -> tuple[str, ...]:
    """What Sec-WebSocket-Protocol offers, at most ten."""
    offers = [one.strip() for text in _all(headers, "Sec-WebSocket-Protocol") for one in text.split(",")]
    return tuple(one for one in offers if one)[:10]


def _all(headers: Headers | Mapping[str, str], name: str) -> list[str]:
    get_all = getattr(headers, "get_all", None)
    if get_all is not None:
        return list(get_all(name))
    return [headers[name]] if name in headers else []


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _is_in(address: str, trusted: Sequence[Network]) -> bool:
    if not trusted or not _is_address(address):
        return False
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return any(ip.version == network.version and ip in network for network in trusted)
