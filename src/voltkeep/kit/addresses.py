"""Where a listener of this machine can be called."""

from __future__ import annotations


def callable_host(host: str) -> str:
    """The host to call a listener at: a wildcard means every address, this machine's own too."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  compared, not bound


def in_url(host: str) -> str:
    """The same as it stands in a URL (RFC 3986, section 3.2.2: brackets around IPv6)."""
    host = callable_host(host)
    return f"[{host}]" if ":" in host else host
