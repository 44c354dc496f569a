"""The same situation, told by each version of Docker's API and by both image stores, is seen as the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labcheck.checks import (
    AnyCheck,
    ContainerRuns,
    ImagePresent,
    ImageTagged,
    PortPublished,
    RegistryAnswers,
    RestartPolicy,
)
from labcheck.engine import Event
from labcheck.log import Log, Look
from labcheck.observe import Cursor, Observer, Replay
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed, Query, Subject
from labcheck.snapshot import Found, Snapshot
from labcheck.verdict import Outcome
from tests.support.logs import past
from tests.support.small_engine import TIME, SmallEngine
from tests.support.small_events import Happenings
from tests.support.small_versions import CONTAINERD_SINCE, LAYER, VERSIONS, Version, answers, events

TOLD = [(version, store) for version in VERSIONS for store in (False, True) if not store or version >= CONTAINERD_SINCE]
SUBJECT = Subject(
    containers=frozenset({"my-registry"}),
    repositories=frozenset({"docker.io/library/nginx"}),
    domains=frozenset({"localhost:5000"}),
)
NGINX, TAGGED = "nginx:latest", "localhost:5000/nginx:latest"
QUERIES: tuple[Query, ...] = (
    EngineInfo(),
    ContainerList(),
    ContainerNamed("my-registry"),
    ImageList(),
    ImageNamed(NGINX),
    ImageNamed(TAGGED),
)
CHECKS: tuple[AnyCheck, ...] = (
    ContainerRuns(name="my-registry", image="registry"),
    PortPublished(name="my-registry", container_port=5000, host_port=5000),
    RestartPolicy(name="my-registry", policy="no"),
    ImagePresent(image=NGINX),
    ImageTagged(source=NGINX, target=TAGGED),
)


def named(told: tuple[Version, bool]) -> str:
    (major, minor), containerd = told
    return f"{major}.{minor}-{'containerd' if containerd else 'graphdriver'}"


@pytest.fixture(params=TOLD, ids=named)
def told(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:  # noqa: ANN401 - pytest's
    """A small engine of that version; it knows no other one, so that it is asked in that one."""
    version, containerd = request.param
    spoken = ".".join(map(str, version))
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path, api=spoken, oldest=spoken) as engine:
        monkeypatch.setenv("DOCKER_HOST", engine.host)
        happenings = Happenings(*events(version, containerd=containerd))
        engine.answers |= {**answers(version, containerd=containerd), "/events": happenings.answer}
        yield engine
        assert engine.versions == {f"v{spoken}"}
        happenings.end()


def seen() -> Snapshot:
    with Observer(SUBJECT, timeout=10) as observer:
        return observer.observe(QUERIES).snapshot


def test_the_views_say_the_same(told: SmallEngine) -> None:
    del told
    snapshot, asked = seen(), list[Any](QUERIES)
    found: list[Any] = [evidence.value for query in asked if isinstance(evidence := snapshot.ask(query), Found)]
    assert len(found) == len(QUERIES)
    info, containers, container, images, image, tagged = found
    assert info.dialect.reports_pulls
    ((row,), others) = (containers.listed, containers.others)
    assert (row.name, row.image, row.status, others) == ("my-registry", "registry:2", "running", 0)
    assert (row.id, row.image_id) == (container.id, container.image_id)
    assert {(one.host_port, one.container_port) for one in row.bindings} == {(5000, 5000)}
    assert row.bindings == container.live_bindings
    assert (container.name, container.image, container.status) == ("my-registry", "registry:2", "running")
    assert (container.restart_policy, container.network in {"default", "bridge"}) == ("no", True)
    assert [name for name, _ in container.volumes] == ["v1"]
    assert [one.reaches_localhost for one in container.bindings] == [True]
    ((only,), more) = (images.listed, images.others)
    assert (only.names, more, images.count) == ((NGINX, TAGGED), 1, 2)
    assert image.id == tagged.id == only.id == container.image_id
    assert (image.names, image.layers, image.platform) == ((NGINX, TAGGED), (LAYER,), "linux/amd64")


def test_the_checks_pass(told: SmallEngine) -> None:
    del told
    log = past(Log("push-and-pull", 0, (Look(1, 1, seen()),)))
    assert {check.title: check.judge(log).outcome for check in CHECKS} == {
        check.title: Outcome.PASS for check in CHECKS
    }
    assert RegistryAnswers(domain="localhost:5000").judge(log).outcome is Outcome.INCONCLUSIVE, "nobody asked it"


def test_the_events_say_the_same(told: SmallEngine) -> None:
    told.answers["/info"] = {**told.answers["/info"], "SystemTime": "2026-11-18T11:06:50Z"}  # type: ignore[dict-item] # a dict
    with Observer(SUBJECT, timeout=10) as observer:
        replay = observer.events(Cursor(TIME), observer.observe(()))
    assert isinstance(replay, Replay)
    happened = [Event(document) for document in replay.documents]
    assert [(event.kind, event.name) for event in happened] == [
        ("image/pull", "nginx"),
        ("image/tag", TAGGED),
        ("container/start", "my-registry"),
    ]
    assert (happened[0].actor, happened[2].image) == (NGINX, "registry:2")
    assert not replay.gap
    assert not {"status", "id", "from"} & set(json.loads(json.dumps(replay.documents[2])))
