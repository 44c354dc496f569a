"""Whatever status an engine answers with, and whatever is in the body: only its own word means that there is none."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import msgspec
import pytest

from labcheck.cause import ServerError, UnexpectedAnswer
from labcheck.lab import load
from labcheck.observe import Observer
from labcheck.plan import plan
from labcheck.query import ContainerList, ContainerNamed, EngineQuery, ImageList, ImageNamed, Query
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.loopback import reply
from tests.support.small_engine import SmallEngine

PLAN = plan(load("push-and-pull"))
QUERIES: tuple[Query, ...] = tuple(query for query in PLAN.queries if isinstance(query, EngineQuery))
CONTAINER, IMAGE = "/containers/my-registry/json", "/images/docker.io/library/nginx:latest/json"
BODIES = {"JSON": {"message": "it is so"}, "empty": "", "text": "it is so", "page": "<h1>so</h1>", "list": "[]"}
STATUSES = [status.value for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST]
ODD = Unknown("The Docker engine gave an answer that labcheck does not understand.", UnexpectedAnswer())


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallEngine]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        yield small


def seen(*queries: Query) -> list[Evidence[object]]:
    with Observer(PLAN.subject, timeout=5) as observer:
        snapshot = observer.observe(queries).snapshot
    return [snapshot.ask(query) for query in queries]


@pytest.mark.parametrize("body", BODIES)
def test_an_error_is_unknown_and_says_its_number(engine: SmallEngine, body: str) -> None:
    for status in STATUSES:
        if status != HTTPStatus.NOT_FOUND:
            answer = reply(status, BODIES[body])  # type: ignore[arg-type] # bodies of each kind
            engine.answers |= dict.fromkeys(("/containers/json", "/images/json", CONTAINER, IMAGE), answer)
            said = ": it is so" if body == "JSON" else ""
            expected = Unknown(f"The Docker engine answered with an error ({status}{said}).", ServerError(status))
            assert (
                seen(ContainerList(), ContainerNamed("my-registry"), ImageList(), ImageNamed("nginx")) == [expected] * 4
            )


@pytest.mark.parametrize(
    ("answer", "is_absent"),
    [
        (reply(404, {"message": "No such container: my-registry"}), True),
        (reply(404, {"message": "failed to find image nginx: nginx: image not known", "response": 404}), True),
        (reply(404, {"message": "page not found"}), False),
        (reply(404, {"message": ""}), False),
        (reply(404, {}), False),
        (reply(404, "[]"), False),
        (reply(404, ""), False),
        (reply(200, "[]"), False),
        (reply(200, "{}"), False),
        (reply(200, "null"), False),
        (reply(200, ""), False),
        (reply(200, {"Id": ["no text"]}), False),
    ],
)
def test_only_the_engines_own_word_means_absent(engine: SmallEngine, answer: bytes, is_absent: bool) -> None:  # noqa: FBT001 - a case
    engine.answers |= {CONTAINER: answer, IMAGE: answer}
    assert seen(ContainerNamed("my-registry"), ImageNamed("nginx")) == [Absent() if is_absent else ODD] * 2


def test_a_page_in_the_place_of_a_404_is_no_engines(engine: SmallEngine) -> None:
    engine.answers |= dict.fromkeys((CONTAINER, IMAGE), reply(404, "<h1>Not Found</h1>"))
    for evidence in seen(ContainerNamed("my-registry"), ImageNamed("nginx")):
        assert isinstance(evidence, Unknown)
        assert evidence.reason.startswith("There is no Docker engine at ")
        assert "is no Docker engine" in evidence.reason


def test_a_container_that_vanishes_between_two_calls_is_absent(engine: SmallEngine) -> None:
    engine.answers["/containers/json"] = [{"Id": "c1", "Names": ["/my-registry"]}]
    listed, named = seen(ContainerList(), ContainerNamed("my-registry"))
    assert isinstance(listed, Found)
    assert named == Absent()


def test_two_thousand_images_cost_as_many_requests_as_two(engine: SmallEngine) -> None:
    """And what is kept of them is as long, but for the digits of how many there are."""

    def look(images: int, containers: int) -> tuple[set[str], int]:
        engine.answers["/images/json"] = [{"Id": f"sha256:{n}", "RepoTags": [f"mine/{n}:1"]} for n in range(images)]
        engine.answers["/containers/json"] = [{"Id": f"c{n}", "Names": [f"/mine{n}"]} for n in range(containers)]
        before = len(engine.asked)
        with Observer(PLAN.subject, timeout=30) as observer:
            snapshot = observer.observe(QUERIES).snapshot
        assert isinstance(snapshot.ask(ImageList()), Found)
        written = msgspec.json.encode(snapshot)
        assert b"mine" not in written
        # All requests of a look are different: on a busy machine it is repeated, for the engine's time came too late.
        return {asked.target for asked in engine.asked[before:]}, len(written)

    (few, short), (many, long) = look(2, 2), look(2000, 500)
    # What the lab names may be asked for by its name before the list has come, but nothing else is.
    names = PLAN.subject.containers | PLAN.subject.repositories
    assert all(any(name in target for name in names) for target in many ^ few), many ^ few
    assert long - short == len("2000" + "500") - len("2" + "2")
