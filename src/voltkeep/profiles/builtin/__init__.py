"""The profiles that come with the platform."""

from __future__ import annotations

from dataclasses import dataclass

from voltkeep.profiles.builtin import ocpp16
from voltkeep.profiles.model import ProfileDocument


@dataclass(frozen=True, slots=True)
class Builtin:
    """A profile of the platform and the protocol whose stations start with it."""

    key: str
    name: str
    protocol: str
    document: ProfileDocument


BUILTINS = (Builtin("ocpp16", "OCPP 1.6", "ocpp1.6", ocpp16.DOCUMENT),)
_SECRETS = [p for builtin in BUILTINS for p in builtin.document.parameters if p.is_secret]
SECRET_IDS = frozenset(p.id for p in _SECRETS)
SECRET_KEYS = frozenset(p.binding["key"].lower() for p in _SECRETS)
