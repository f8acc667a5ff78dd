"""The OpenAPI document as the API really is: problem details have their own media type, and doors their schemes."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI

from voltkeep.accounts.http.actor import COOKIE
from voltkeep.kit.problems import MEDIA_TYPE

SCHEMES: Final = {
    "api_token": {"type": "http", "scheme": "bearer", "description": "An API token, `vk_…`"},
    "browser": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "A browser session; unsafe methods also carry its token in X-CSRF-Token",
    },
}


class Api(FastAPI):
    """FastAPI with a truer document."""

    def openapi(self) -> dict[str, Any]:
        """The document; made once for a set of routes."""
        document = super().openapi()
        if "security" not in document:
            document["security"] = [{name: []} for name in SCHEMES]
            document.setdefault("components", {})["securitySchemes"] = SCHEMES
            for methods in document["paths"].values():
                for operation in methods.values():
                    _name_problems(operation["responses"])
        return document


def _name_problems(responses: dict[str, Any]) -> None:
    content = responses.get("default", {}).get("content", {})
    if "application/json" in content:
        content[MEDIA_TYPE] = content.pop("application/json")
