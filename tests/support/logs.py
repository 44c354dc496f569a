"""Logs of any kind: what a property test tries, and small ones to look at."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import strategies as st
from msgspec.structs import replace

from labcheck.cause import Disconnected, EngineNotRunning, IncompleteAnswer, TimedOut, Unspecified, Where
from labcheck.log import Answered, Entry, Gap, Happened, Log, Look, Shown
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageNamed, Ping, Query, StoredAt
from labcheck.remember import forgot, happened, looked
from labcheck.snapshot import Answer, Snapshot, Unknown

SECOND = 1_000_000_000
QUERIES: tuple[Query, ...] = (
    EngineInfo(),
    ContainerList(),
    ContainerNamed("my-registry"),
    ImageNamed("nginx:latest"),
    Ping("localhost:5000"),
    StoredAt("localhost:5000/nginx:latest"),
)


def look(at: int, *images: str, until: int | None = None) -> Look:
    """A look that saw these images."""
    answers = tuple(Answer(ImageNamed(name), found={"Id": f"sha256:{name}", "RepoTags": [name]}) for name in images)
    return Look(at, at if until is None else until, Snapshot(answers))


def lasting(seen: Look, until: int) -> Look:
    """The look, after others until then saw the same."""
    return replace(seen, until=until, took=seen.end - seen.at)


def pull(at: int, name: str = "nginx") -> Happened:
    """The engine's event of a pull."""
    actor = {"ID": f"{name}:latest", "Attributes": {"name": name}}
    return Happened({"Type": "image", "Action": "pull", "timeNano": at, "Actor": actor})


SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=10)
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
DOCUMENTS = st.dictionaries(st.text(max_size=5), JSON, max_size=3)
UNKNOWNS = st.sampled_from(
    [
        Unknown("The engine is not running.", EngineNotRunning(Where("/run/docker.sock"))),
        Unknown("No answer from there.", EngineNotRunning(Where("tcp://10.0.0.1:2375", variable="DOCKER_HOST"))),
        Unknown("The answer is not whole.", IncompleteAnswer()),
        Unknown("localhost:5000 closed the connection without answering.", Disconnected()),
        Unknown("x", TimedOut(1.5)),
        Unknown("", Unspecified()),
    ]
)
ANSWERS = st.builds(
    Answer,
    st.sampled_from(QUERIES),
    found=st.none() | st.sampled_from([{}, {"Id": "a"}, {"Id": "b"}]) | DOCUMENTS,
    unknown=st.none() | UNKNOWNS,
)
SNAPSHOTS = st.sampled_from([look(0).snapshot, look(0, "nginx").snapshot]) | st.builds(
    Snapshot, st.lists(ANSWERS, max_size=4).map(tuple)
)
TIMES = st.integers(0, 5) | st.integers(0, 400).map(lambda seconds: seconds * SECOND)


@st.composite
def _looks(draw: st.DrawFn) -> Look:
    at = draw(TIMES)
    return Look(at, at + draw(st.integers(0, 3) | TIMES), draw(SNAPSHOTS))


@st.composite
def _events(draw: st.DrawFn) -> Happened:
    document = draw(DOCUMENTS) if draw(st.booleans()) else {}
    return Happened({**document, "timeNano": draw(TIMES)})


ENTRIES: st.SearchStrategy[Entry] = st.one_of(
    _looks(),
    _events(),
    st.builds(Gap, TIMES),
    st.builds(Answered, TIMES, st.text(max_size=5), st.text(max_size=5)),
    st.builds(Shown, TIMES, st.text(max_size=5), st.sampled_from(["hint", "solution"])),
)
LOGS = st.builds(
    Log, st.text(), st.integers(0, 2**63 - 1), st.lists(ENTRIES, max_size=8).map(tuple), st.text(), st.integers(1, 99)
)


def past(log: Log) -> Past:
    """What the log tells up to its end, if every look saw a world in which nothing was going on."""
    told = Past(log.began)
    for entry in log.entries:
        match entry:
            case Look():
                told = looked(told, entry)
            case Happened():
                told = happened(told, entry)
            case Gap():
                told = forgot(told, entry)
    return told


def moments(log: Log) -> Iterator[Log]:
    """The log as it stood after each look."""
    for index, entry in enumerate(log.entries):
        if isinstance(entry, Look):
            yield replace(log, entries=log.entries[: index + 1])


def own(log: Log) -> Log:
    """The same log, as seen on an engine without the course's label."""
    entries = (replace(it, snapshot=_unlabelled(it.snapshot)) if isinstance(it, Look) else it for it in log.entries)
    return replace(log, entries=tuple(entries))


def _unlabelled(snapshot: Snapshot) -> Snapshot:
    answers = tuple(
        replace(it, found={**it.found, "Labels": []})
        if isinstance(it.query, EngineInfo) and it.found is not None
        else it
        for it in snapshot.answers
    )
    return Snapshot(answers)
