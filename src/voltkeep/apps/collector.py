"""Python's garbage collector, set up for a process that serves for months."""

from __future__ import annotations

import gc

THRESHOLDS = (50_000, 20, 50)


def spare_the_collector() -> None:
    """Call it when everything that lives as long as the process is made: it isn't looked through again.

    With Python's own thresholds a batch of messages would be searched for garbage again and again, a quarter of the
    processor's time of the OCPP role, and now and then a request would wait for a look through all modules.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
