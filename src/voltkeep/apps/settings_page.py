"""docs/configuration.md, written from the settings themselves."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from voltkeep.kit.settings import Settings

HEAD = """\
# Configuration

Every setting is an environment variable. This page is written by `voltkeep settings --markdown`; `make check` fails
when it differs from the code.

| Variable | Default | Range | Meaning |
|---|---|---|---|
"""


def settings_page() -> str:
    """The page as Markdown."""
    rows = (_row(f"VOLTKEEP_{name.upper()}", field) for name, field in Settings.model_fields.items())
    return HEAD + "".join(f"{row}\n" for row in rows)


def _row(name: str, field: FieldInfo) -> str:
    meaning = (field.description or "").replace("|", "\\|")
    return f"| `{name}` | {_default(field)} | {_range(field)} | {meaning} |"


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default(call_default_factory=True, validated_data={})
    if value is None or value is PydanticUndefined:
        return "unset"
    if isinstance(value, SecretStr):
        return "secret"
    if isinstance(value, Path | str):
        return f"`{value}`"
    return f"`{json.dumps(value)}`"


def _range(field: FieldInfo) -> str:
    least = [f"≥ {limit}" for rule in field.metadata if (limit := getattr(rule, "ge", None)) is not None]
    most = [f"≤ {limit}" for rule in field.metadata if (limit := getattr(rule, "le", None)) is not None]
    words = getattr(field.annotation, "__args__", ())
    choices = [f"`{word}`" for word in words if isinstance(word, str)]
    return ", ".join(choices or least + most)
