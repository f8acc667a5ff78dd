"""The key of the keyed hashes: from the settings, else made once and kept in the data folder."""

from __future__ import annotations

from voltkeep.apps.data_folder import DataFolder
from voltkeep.kit.hashes import load_or_make_key
from voltkeep.kit.settings import Settings

LEAST_CHARACTERS = 32


class WeakKey(ValueError):
    """VOLTKEEP_SECRET_KEY is too short to keep secrets."""


def secret_key(settings: Settings) -> bytes:
    """The same bytes in every process of an installation. Raises WeakKey."""
    if settings.secret_key is None:
        return load_or_make_key(DataFolder(settings.data_dir).secret_key)
    given = settings.secret_key.get_secret_value()
    if len(given) < LEAST_CHARACTERS:
        raise WeakKey(
            f"VOLTKEEP_SECRET_KEY needs {LEAST_CHARACTERS} characters or more: `openssl rand -hex 32` makes one"
        )
    return given.encode()
