"""What connecting to an engine leads to."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.doctor.facts.connection import Attempt, connected
from labcheck.observe.deadline import Deadline
from labcheck.observe.engine.endpoint import Endpoint
from labcheck.observe.trouble import CannotLook
from labcheck.snapshot import Absent, Found


@pytest.mark.parametrize(
    ("address", "attempt"),
    [("tcp://127.0.0.1:1", Attempt.REFUSED), ("http+unix:///there/is/no.sock", Attempt.MISSING)],
)
def test_a_door_that_nobody_opens(address: str, attempt: Attempt) -> None:
    seen = connected(Endpoint(address, ""), Deadline(5))
    assert isinstance(seen, Found)
    assert seen.value.attempt is attempt


def test_a_door_of_another_kind(tmp_path: Path) -> None:
    assert connected(Endpoint("ssh://far.example", ""), Deadline(5)) == Absent()
    with pytest.raises(CannotLook, match="no port that is a number"):
        connected(Endpoint("tcp://127.0.0.1:none", ""), Deadline(5))
    plain = tmp_path / "docker.sock"
    plain.touch()
    seen = connected(Endpoint(f"unix://{plain}", ""), Deadline(5))
    assert isinstance(seen, Found)
    assert seen.value.attempt is Attempt.REFUSED
