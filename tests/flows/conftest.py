"""Running stacks for the flows that need whole processes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.flows.stack import Stack


@pytest.fixture
def stack() -> Iterator[Stack]:
    """A whole Voltkeep of this test's own; what it said is shown when the test fails."""
    one = Stack(VOLTKEEP_OCPP_CONFIGURE="false", VOLTKEEP_OCPP_CALL_TIMEOUT_S="5")
    try:
        one.start()
        yield one
        print(one.said()[-20_000:])  # noqa: T201  pytest shows it only for a failure
    finally:
        one.remove()
