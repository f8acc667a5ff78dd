"""Refusals: what an action says when it won't; each knows its HTTP face (RFC 9457) without knowing the web."""

from __future__ import annotations

from typing import ClassVar


class Refusal(Exception):
    """An expected 'no'. Subclasses stand beside their action and set `status`, `code` and `title`.

    `arguments` are the facts of this case; screens put them into the translated words of `code`.
    """

    status: ClassVar[int] = 422
    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "Refused"

    def __init__(self, detail: str = "", **arguments: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.arguments = arguments


class NotVisible(Refusal):
    """What isn't there, and what the viewer may not see: the same answer for both."""

    status = 404
    code = "not-found"
    title = "Not found"


class NotPermitted(Refusal):
    """The viewer sees the object but lacks the permission to act on it."""

    status = 403
    code = "not-permitted"
    title = "Not permitted"

    def __init__(self, permission: str, *, granters: list[str] | None = None) -> None:
        super().__init__(f"This needs the permission {permission}", permission=permission, granters=granters or [])


class NotSignedIn(Refusal):
    """No valid cookie session or API token came with the request."""

    status = 401
    code = "not-signed-in"
    title = "Sign in first"


class Invalid(Refusal):
    """Input that names its fault: `Invalid("…", field="identity")`."""

    status = 422
    code = "invalid"
    title = "Invalid input"


class Conflict(Refusal):
    """The object is in a state, or a newer version, that forbids this."""

    status = 409
    code = "conflict"
    title = "Conflict"


class PreconditionFailed(Refusal):
    """If-Match named an older version (RFC 9110, section 13.1.1)."""

    status = 412
    code = "changed-meanwhile"
    title = "Changed meanwhile"


class TooMany(Refusal):
    """A rate limit; `retry_after_s` goes into Retry-After."""

    status = 429
    code = "too-many"
    title = "Too many requests"


class Unavailable(Refusal):
    """An engine is away; trying again later is right."""

    status = 503
    code = "unavailable"
    title = "Unavailable"
