"""A registry is what behaves as one, from whatever image; where that was not seen, nobody says that it is none."""

from __future__ import annotations

import pytest

from labcheck.cause import TimedOut
from labcheck.checks import ContainerRuns
from labcheck.document import Document
from labcheck.log import Happened, Log, Look
from labcheck.mistake.known import diagnose
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, ImageList, Ping
from labcheck.snapshot import Answer, Snapshot, Unknown
from labcheck.verdict import Outcome
from tests.support.logs import past

AT = "localhost:5000"
ZOT = "ghcr.io/project-zot/zot:latest"
REGISTRY, SOMETHING = {"registry": True, "status": 200}, {"registry": False, "status": 200}
SILENT = Unknown("localhost:5000 did not answer in time.", TimedOut(1))
CHECK = ContainerRuns(name="my-registry", image="registry", or_registry_at=AT)


def container(*, status: str = "running", outside: str = "5000", image: str = ZOT) -> Document:
    ports = {"5000/tcp": [{"HostIp": "", "HostPort": outside}]}
    return {
        "Id": "1",
        "Name": "/my-registry",
        "Config": {"Image": image},
        "State": {"Status": status},
        "NetworkSettings": {"Ports": ports},
    }


NONE: Document = {"listed": []}


def after(
    there: Document | None, pong: Document | Unknown | None, *happened: Happened, listed: Document = NONE
) -> Past:
    answers = (
        Answer(ContainerNamed("my-registry"), found=dict(there) if there else None),
        Answer(ImageList(), found={"listed": []}),
        Answer(ContainerList(), found=dict(listed)),
        Answer(Ping(AT), unknown=pong)
        if isinstance(pong, Unknown)
        else Answer(Ping(AT), found=dict(pong) if pong else None),
    )
    return past(Log("push-and-pull", 0, (*happened, Look(9, 9, Snapshot(answers)))))


@pytest.mark.parametrize(
    ("there", "pong", "outcome"),
    [
        (container(), REGISTRY, Outcome.PASS),
        (container(), SOMETHING, Outcome.FAIL),
        (container(), None, Outcome.FAIL),
        (container(), SILENT, Outcome.INCONCLUSIVE),
        (container(outside="5001"), REGISTRY, Outcome.FAIL),
        (container(outside="5001"), SILENT, Outcome.FAIL),
        (container(status="exited"), REGISTRY, Outcome.FAIL),  # Podman lists the ports of a container that has stopped.
        (container(image="registry:3"), SILENT, Outcome.PASS),
    ],
)
def test_another_image_will_do_if_a_registry_answers_at_its_port(
    there: Document, pong: Document | Unknown | None, outcome: Outcome
) -> None:
    seen = after(there, pong)
    assert CHECK.judge(seen).outcome is outcome
    found = diagnose(CHECK, seen)
    assert outcome is Outcome.FAIL or found is None or found[0] != "another-image-runs"


@pytest.mark.parametrize(("other", "outcome"), [("5000", Outcome.FAIL), ("5001", Outcome.PASS)])
def test_in_the_hosts_network_it_is_the_registry_unless_another_container_has_the_port(
    other: str, outcome: Outcome
) -> None:
    there = {**container(), "HostConfig": {"NetworkMode": "host"}, "NetworkSettings": {}}
    ports = [{"IP": "", "PrivatePort": 5000, "PublicPort": int(other), "Type": "tcp"}]
    listed = {"listed": [{"Id": "2", "Names": ["/other"], "State": "running", "Ports": ports}]}
    assert CHECK.judge(after(there, REGISTRY, listed=listed)).outcome is outcome


def test_a_lab_may_still_demand_one_image() -> None:
    check = ContainerRuns(name="my-registry", image="registry")
    assert check.judge(after(container(), REGISTRY)).outcome is Outcome.FAIL


@pytest.mark.parametrize(("image", "outcome"), [("registry:2", Outcome.PASS), (ZOT, Outcome.INCONCLUSIVE)])
def test_of_one_that_is_gone_nobody_knows_whether_it_was_a_registry(image: str, outcome: Outcome) -> None:
    actor = {"ID": "1", "Attributes": {"name": "my-registry", "image": image}}
    start = Happened({"Type": "container", "Action": "start", "timeNano": 1, "Actor": actor})
    recalled = CHECK.recall(after(None, None, start))
    assert recalled is not None
    assert recalled.outcome is outcome
