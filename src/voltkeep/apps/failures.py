"""What can go wrong at a start that a person can put right: one line says it, and no traceback."""

from __future__ import annotations


def expected() -> tuple[type[Exception], ...]:
    """The kinds of failure whose text says what to do; looked up only when a command needs them."""
    from sqlalchemy.exc import OperationalError

    from voltkeep.apps.data_folder import NotRunning
    from voltkeep.apps.engines.children import EngineFailed
    from voltkeep.apps.engines.locks import FolderBusy
    from voltkeep.apps.engines.ports import PortTaken
    from voltkeep.apps.keys import WeakKey
    from voltkeep.kit.errors import Refusal

    return NotRunning, EngineFailed, FolderBusy, WeakKey, PortTaken, Refusal, OperationalError, OSError
