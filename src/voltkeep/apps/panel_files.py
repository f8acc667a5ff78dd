"""The built panel: hashed assets are kept by browsers for ever, the page itself is asked for anew each time."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

FOLDER: Final = Path(__file__).parent / "panel"
FOREVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
NOT_OURS: Final = ("api/", "health/", "assets/")

_INLINE_SCRIPT: Final = re.compile(rb"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL)

NOT_BUILT: Final = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Voltkeep</title></head>
<body><h1>The panel isn't built</h1><p>The API runs. Build the panel with <code>make setup</code>, then reload.</p>
<p><a href="/api/v1/openapi.json">OpenAPI document</a></p></body></html>"""


def inline_script_hashes(folder: Path = FOLDER) -> tuple[str, ...]:
    """CSP sources of the inline scripts in the built page (CSP level 3, hash-source)."""
    page = folder / "index.html"
    if not page.exists():
        return ()
    scripts = _INLINE_SCRIPT.findall(page.read_bytes())
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(one).digest()).decode()}'" for one in scripts)


def panel_routes(folder: Path = FOLDER) -> list[Route]:
    """The last route of the application: a file of the panel, else its page for the client's own routes."""
    root = folder.resolve()

    async def panel(request: Request) -> Response:
        path = str(request.path_params["path"])
        file = (root / path).resolve()
        if path and file.is_relative_to(root) and file.is_file():
            return FileResponse(file, headers={"cache-control": FOREVER if path.startswith("assets/") else ASK_AGAIN})
        if path.startswith(NOT_OURS):
            raise HTTPException(404, "Not found")
        if not (root / "index.html").exists():
            return HTMLResponse(NOT_BUILT, 503 if path else 200)
        return FileResponse(root / "index.html", headers={"cache-control": ASK_AGAIN})

    compressed = [Middleware(GZipMiddleware, minimum_size=1024, compresslevel=6)]
    return [Route("/{path:path}", panel, methods=["GET", "HEAD"], middleware=compressed)]
