"""Random secrets and their keyed hashes (HMAC-SHA-256): fit for random secrets only, never for people's passwords."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import tempfile
from pathlib import Path


def random_secret(length: int = 20) -> str:
    """A random secret of letters and digits, `length` characters, about 5.9 bits each."""
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789"
    return "".join(secrets.choice(alphabet) for _ in range(length))


def keyed_hash(key: bytes, secret: str) -> bytes:
    """32 bytes that tell nothing about `secret` without `key`."""
    return hmac.new(key, secret.encode(), hashlib.sha256).digest()


def matches(key: bytes, secret: str, stored: bytes | None) -> bool:
    """Constant-time comparison of a presented secret with a stored keyed hash."""
    return hmac.compare_digest(keyed_hash(key, secret), stored or b"\0" * 32)


def load_or_make_key(path: Path) -> bytes:
    """The key kept at `path` (32 bytes as hex, mode 0600); made once if missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, made = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
        with contextlib.suppress(FileExistsError):
            os.link(made, path)  # whole or not at all: processes that start together agree on one key
        Path(made).unlink()
    return bytes.fromhex(path.read_text().strip())
