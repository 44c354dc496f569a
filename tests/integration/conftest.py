"""What the integration tests are given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.small_events import Happenings


@pytest.fixture
def happenings() -> Iterator[Happenings]:
    """An engine's events, told as they are made to happen."""
    events = Happenings()
    yield events
    events.end()
