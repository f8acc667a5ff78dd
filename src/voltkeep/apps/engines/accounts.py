"""The operating-system user an engine runs as, and the folders that user can reach."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Account:
    """A user of this machine."""

    name: str
    uid: int
    gid: int


def unprivileged_account(folder: Path) -> Account | None:
    """As root: the owner of `folder` if it is an ordinary user, else `postgres` or `nobody`. None for an ordinary user.

    PostgreSQL refuses to run as root and wants a user that exists in the passwd table.
    """
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat().st_uid) != 0:
        entry = pwd.getpwuid(owner)
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise KeyError("neither the user postgres nor nobody exists: add one with `useradd --system postgres`")


def can_enter(folder: Path, account: Account) -> bool:
    """Whether the account may pass through `folder` and everything above it."""
    return all(_may_pass(part, account) for part in (folder, *folder.parents) if part.exists())


def _may_pass(folder: Path, account: Account) -> bool:
    facts = folder.stat()
    if facts.st_uid == account.uid:
        return bool(facts.st_mode & stat.S_IXUSR)
    if facts.st_gid == account.gid:
        return bool(facts.st_mode & stat.S_IXGRP)
    return bool(facts.st_mode & stat.S_IXOTH)


def give(folder: Path, account: Account) -> None:
    """Hands one folder to the account, closed to everybody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)
