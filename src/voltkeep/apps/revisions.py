"""Which revision of the schema this version wants, told by the migrations' file names."""

from __future__ import annotations

from pathlib import Path

import voltkeep


def migrations_folder() -> Path:
    """The migrations: inside the installed package, or beside `src` in a checkout."""
    package = Path(voltkeep.__file__).parent
    inside = package / "migrations"
    return inside if inside.exists() else package.parents[1] / "migrations"


def newest() -> str:
    """The revision this version of the program wants: `0001` of `0001_foundation.py`, the highest there is.

    Roles ask this at each start, and reading names is a quarter of a second of processor time cheaper than Alembic.
    """
    names = (file.stem for file in (migrations_folder() / "versions").glob("[0-9]*_*.py"))
    return max(name.partition("_")[0] for name in names)
