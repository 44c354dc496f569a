"""One mistake, told in words that fit what was seen of it."""

from __future__ import annotations

import pytest

from labcheck.cause import PermissionDenied, Where
from labcheck.checks import ContainerRuns
from labcheck.log import Log, Look
from labcheck.mistake import diagnose, explain
from labcheck.query import EngineInfo
from labcheck.snapshot import Answer, Snapshot, Unknown
from tests.support.logs import past


@pytest.mark.parametrize(("host", "is_containers"), [("172.17.0.2", True), ("registry.example", False)])
def test_only_an_address_of_a_container_is_called_one(host: str, is_containers: bool) -> None:  # noqa: FBT001 - a case
    found = explain(f"curl: (28) Failed to connect to {host} port 5000 after 5001 ms: Timeout was reached")
    assert found is not None
    assert found[0] == "address-unreachable"
    assert ("container's own address" in found[1].why) is is_containers
    assert host in found[1].why


def test_the_socket_that_one_may_not_use_is_named() -> None:
    check = ContainerRuns(name="web", image="nginx")
    closed = Unknown("It is closed.", PermissionDenied(Where("/there/docker.sock")))
    answers = tuple(Answer(query, unknown=closed) for query in (*check.queries, EngineInfo()))
    found = diagnose(check, past(Log("lab", 0, (Look(1, 2, Snapshot(answers)),))))
    assert found is not None
    assert found[0] == "permission-denied"
    assert "/there/docker.sock" in found[1].why
