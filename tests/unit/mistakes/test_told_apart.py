"""One mistake, told in words that fit what was seen of it."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from labcheck.cause import PermissionDenied, Where
from labcheck.checks import ContainerRuns, ImagePushed, ImageTagged
from labcheck.log import Entry, Log, Look
from labcheck.mistake import diagnose, explain
from labcheck.query import EngineInfo, Query, StoredAt
from labcheck.snapshot import Answer, Snapshot, Unknown
from tests.support import recorded
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


def test_a_name_that_docker_refuses_and_we_can_read_is_not_given_a_fault() -> None:
    found = explain('Error parsing reference: "nginx" is not a valid repository/tag: invalid reference format')
    assert found is not None
    assert found[1].why == "Docker cannot read the name nginx."


def test_a_registry_that_wants_a_password_and_lets_us_look_is_not_to_blame() -> None:
    log = recorded.log("registry-wants-password")
    check = ImagePushed(image="localhost:5000/nginx:latest", source="nginx:latest")
    assert (diagnose(check, past(log)) or ("",))[0] == "registry-wants-password"
    stored = StoredAt(check.image)
    entries = tuple(_seen_absent(entry, stored) for entry in log.entries)
    assert (diagnose(check, past(replace(log, entries=entries))) or ("",))[0] != "registry-wants-password"


def test_a_name_that_was_meant_for_no_other_image_was_not_swapped() -> None:
    log = recorded.log("tags-swapped")
    check = ImageTagged(source="nginx:latest", target="localhost:5000/nginx:latest")
    assert (diagnose(check, past(log)) or ("",))[0] == "tags-swapped"
    written = msgspec.json.encode(log).replace(b"localhost:5000/httpd", b"localhost:5000/mine")
    other = msgspec.json.decode(written, type=Log)
    assert (diagnose(check, past(other)) or ("",))[0] != "tags-swapped"


def _seen_absent(entry: Entry, query: Query) -> Entry:
    if not isinstance(entry, Look):
        return entry
    answers = (Answer(query) if it.query == query else it for it in entry.snapshot.answers)
    return replace(entry, snapshot=Snapshot(tuple(answers)))
