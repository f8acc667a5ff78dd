"""What stands before every handler: headers that bind browsers, no writes from foreign pages, bounded bodies."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from voltkeep.kit.errors import Refusal
from voltkeep.kit.problems import answer_refusal

MOST_BODY_BYTES: Final = 1 << 20
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

# style-src needs 'unsafe-inline': the panel's component library sets style attributes and adds style elements.
# Scripts get no such leave; the inline ones of the built page are named by their hashes.
POLICY: Final = (
    "default-src 'self'; script-src 'self'{scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)


class ForeignPage(Refusal):
    """A browser says that another site made this request."""

    status = 403
    code = "foreign-page"
    title = "Refused: the request came from another site"


class SecurityHeaders:
    """Middleware: the headers of every answer. `script_hashes` are CSP sources like `'sha256-…'`."""

    def __init__(self, app: ASGIApp, *, script_hashes: tuple[str, ...] = (), is_https: bool = False) -> None:
        self.app = app
        self._headers = {
            "content-security-policy": POLICY.format(scripts="".join(f" {one}" for one in script_hashes)),
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
            "permissions-policy": "camera=(), microphone=(), geolocation=(self), payment=()",
        }
        if is_https:
            self._headers["strict-transport-security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if scope["path"].startswith("/api/"):
                    headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)


class OwnPagesOnly:
    """Middleware: refuses unsafe requests that a browser says come from elsewhere (Fetch Metadata, else Origin).

    Programs send neither header. The per-session token is checked on top, by accounts.
    """

    def __init__(self, app: ASGIApp, *, public_url: str | None = None) -> None:
        self.app = app
        self._public_host = urlsplit(public_url).netloc if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS and self._is_foreign(Headers(scope=scope)):
            await answer_refusal(Request(scope), ForeignPage())(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _is_foreign(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site")
        if site is not None:
            return site not in {"same-origin", "none"}
        origin = headers.get("origin")
        return origin is not None and urlsplit(origin).netloc not in {headers.get("host"), self._public_host}


class BoundedBodies:
    """Middleware: 413 for a body above MOST_BODY_BYTES, announced or not."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "0")
        received = 0

        async def receive_bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > MOST_BODY_BYTES or (announced.isdigit() and int(announced) > MOST_BODY_BYTES):
                raise HTTPException(413, "The request is too large")
            return message

        await self.app(scope, receive_bounded, send)
