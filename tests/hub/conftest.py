"""What the tests of a hub share: one hub, with two learners whose servers run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hub.hub import TestHub, running
from tests.hub.on_hub import OnHub

LEARNERS = ("ada", "grace")


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestHub]:
    """A hub with nobody's server running."""
    folder = tmp_path_factory.mktemp("hub")
    folder.parent.chmod(0o755)
    with running(folder, LEARNERS) as it:
        yield it


@pytest.fixture(scope="session")
def both(hub: TestHub) -> TestHub:
    """The same, once both learners' servers are there."""
    hub.spawn(*(it for it in LEARNERS if not hub.is_ready(it)))
    return hub


@pytest.fixture
def ada(both: TestHub) -> OnHub:
    """Ada's course."""
    return OnHub(both, "ada")


@pytest.fixture
def grace(both: TestHub) -> OnHub:
    """Grace's."""
    return OnHub(both, "grace")
