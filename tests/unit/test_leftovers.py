"""What a reset removes: a volume with a name, too, with or without a container; never one that was there before."""

from __future__ import annotations

from labcheck.document import Document
from labcheck.leftovers import leftovers
from labcheck.log import Log, Look
from labcheck.query import ContainerNamed, EngineInfo, Query, Subject, VolumeNamed
from labcheck.snapshot import Absent, Evidence, Found, Snapshot
from tests.support.logs import past

DATA = VolumeNamed("keeper-data")
HERE: Evidence[Document] = Found({"Name": "keeper-data"})
KEEPER: Evidence[Document] = Found(
    {"Id": "x", "Name": "/keeper", "Mounts": [{"Type": "volume", "Name": "keeper-data", "Destination": "/data"}]}
)


def look(at: int, labels: list[str], volume: Evidence[Document], container: Evidence[Document]) -> Look:
    seen: dict[Query, Evidence[Document]] = {
        EngineInfo(): Found({"ID": "one", "Labels": labels}),
        DATA: volume,
        ContainerNamed("keeper"): container,
    }
    return Look(at, at, Snapshot.of(seen))


def left(labels: list[str], *looks: tuple[Evidence[Document], Evidence[Document]]) -> tuple[str, ...]:
    log = Log("lab", 0, tuple(look(at, labels, *it) for at, it in enumerate(looks, 1)))
    return leftovers(past(log), Subject()).volumes


def test_in_the_course_each_volume_goes_once_with_or_without_its_container() -> None:
    course = ["labcheck.sandbox=one"]
    assert left(course, (HERE, KEEPER)) == ("keeper-data",)
    assert left(course, (HERE, Absent())) == ("keeper-data",)
    assert left(course, (Absent(), Absent())) == ()


def test_on_an_engine_of_their_own_only_a_volume_that_was_not_there_before() -> None:
    assert left([], (Absent(), Absent()), (HERE, Absent())) == ("keeper-data",)
    assert left([], (HERE, Absent()), (HERE, KEEPER)) == ()
