"""The engine observer against a small engine on a socket: versions, faults, what is kept, and why nothing was seen."""

from __future__ import annotations

import hashlib
import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from labcheck.cause import AnswerTooLarge, EngineNotRunning, InvalidReference, NotAnEngine, TimedOut, UnexpectedAnswer
from labcheck.observe import Observer
from labcheck.observe.engine.endpoint import endpoint
from labcheck.query import (
    ContainerList,
    ContainerNamed,
    EngineInfo,
    ImageList,
    ImageNamed,
    Ping,
    Query,
    StoredAt,
    Subject,
)
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.looks import nobody_waits
from tests.support.loopback import Asked, Behaviour, Loopback, dripping_body, dripping_headers, reply, silent
from tests.support.small_engine import TIME, SmallEngine, parameters, somebody_without_rights

SUBJECT = Subject(containers=frozenset({"my-registry"}), repositories=frozenset({"docker.io/library/nginx"}))
QUERIES: tuple[Query, ...] = (ContainerList(), ContainerNamed("my-registry"), ImageList(), ImageNamed("nginx"))
PATIENCE = 0.5
SLACK = 5.0


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallEngine]:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        yield small


@pytest.fixture
def no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for the configuration of ``docker``, and nothing in the environment that says where the engine is."""
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.delenv("DOCKER_CONTEXT", raising=False)
    return tmp_path


def look(*queries: Query, subject: Subject = SUBJECT, timeout: float = 5.0) -> list[Evidence[Any]]:
    """One look, which must end in time; the engine's word on itself comes first."""
    began = time.monotonic()
    with Observer(subject, timeout=timeout) as observer:
        seen = observer.observe(queries)
    assert time.monotonic() - began < timeout + SLACK
    asked: tuple[Any, ...] = queries
    return [seen.info, *(seen.snapshot.ask(query) for query in asked)]


def reason(timeout: float = 5.0) -> str:
    """The one reason why nothing at all was seen of the engine."""
    seen = look(*QUERIES, timeout=timeout)
    assert all(isinstance(evidence, Unknown) for evidence in seen), seen
    (why,) = {evidence.reason for evidence in seen if isinstance(evidence, Unknown)}
    return why


# What is asked, and how often.


def test_an_engine_is_asked_each_thing_once(engine: SmallEngine) -> None:
    with Observer(SUBJECT) as observer:
        observer.observe([*QUERIES, *QUERIES, EngineInfo()])
        assert engine.times("/version") == engine.times("/info") == 1
        assert engine.times("/images/json") == 1
        assert engine.times("/containers/json") == 1
        observer.observe(QUERIES)
        assert engine.times("/version") == 1
        assert len(engine.open) <= len(QUERIES), "connections are kept"


@pytest.mark.parametrize(
    ("tags", "times"), [(["nginx:latest", "localhost:5000/nginx:latest"], 1), (["nginx:latest"], 2)]
)
def test_an_image_is_asked_for_once_under_the_names_that_it_tells(
    engine: SmallEngine, tags: list[str], times: int
) -> None:
    names = ("nginx", "localhost:5000/nginx")
    paths = ("/images/docker.io/library/nginx:latest/json", "/images/localhost:5000/nginx:latest/json")
    engine.answers |= {path: {"Id": "sha256:1", "RepoTags": tags} for path in paths}
    seen = look(
        *(ImageNamed(name) for name in names), subject=Subject(domains=frozenset({"docker.io", "localhost:5000"}))
    )
    assert [image.value.names for image in seen[1:] if isinstance(image, Found)] == [tuple(tags)] * 2
    assert sum(engine.times(path) for path in paths) == times


def test_stopped_containers_are_asked_for_too(engine: SmallEngine) -> None:
    look(ContainerList())
    assert [parameters(asked) for asked in engine.asked if "/containers/" in asked.target] == [{"all": "1"}]


@pytest.mark.parametrize(
    ("newest", "oldest", "spoken"),
    [
        ("1.41", "1.12", "v1.41"),
        ("1.47", "1.24", "v1.47"),
        ("1.51", "1.24", "v1.51"),
        ("1.55", "1.40", "v1.51"),
        ("1.60", "1.52", "v1.52"),
        ("1.44", "", "v1.44"),
    ],
)
def test_the_version_spoken_is_one_that_both_know(engine: SmallEngine, newest: str, oldest: str, spoken: str) -> None:
    engine.answers["/version"] = {"ApiVersion": newest, "MinAPIVersion": oldest}
    assert isinstance(look(*QUERIES)[0], Found)
    assert engine.versions == {spoken}


def test_an_engine_that_is_too_old_is_told_so(engine: SmallEngine) -> None:
    engine.answers["/version"] = {"ApiVersion": "1.40"}
    assert reason() == "This Docker engine is too old: labcheck needs Docker 20.10 or newer."


def test_an_engine_that_refuses_the_version_is_told_so(engine: SmallEngine) -> None:
    message = "client version 1.41 is too old. Minimum supported API version is 1.44"
    for path in ("/info", "/containers/json", "/images/json", "/containers/my-registry/json"):
        engine.answers[path] = reply(400, {"message": message})
    engine.answers["/images/docker.io/library/nginx:latest/json"] = reply(400, {"message": message})
    assert reason() == "The Docker engine and labcheck have no version of Docker's API in common."


@pytest.mark.parametrize("version", [{}, {"ApiVersion": "new"}, {"ApiVersion": 7}, [], reply(404, "{}"), reply(404)])
def test_whatever_has_no_version_is_no_engine(engine: SmallEngine, version: object) -> None:
    engine.answers["/version"] = version
    assert reason() == "What answers in place of the Docker engine is not a Docker engine."


# What is kept.


def test_what_is_not_on_a_list_never_enters(engine: SmallEngine) -> None:
    secret = "hunter2"  # noqa: S105 - what must not be found again
    container = {
        "Id": "c1",
        "Name": "/my-registry",
        "Config": {
            "Image": "registry:2",
            "Env": [f"PASSWORD={secret}", secret],
            "Cmd": [secret],
            "Labels": {"x": secret},
        },
        "HostConfig": {
            "Binds": ["data:/d"],
            "LogConfig": {"Config": {"x": secret}},
            "RestartPolicy": {"Name": "always", "Secret": secret},
        },
        "Args": [secret],
    }
    engine.answers |= {
        "/containers/my-registry/json": container,
        "/containers/json": [{"Names": ["/my-registry"], "Command": secret, "Labels": {"x": secret}}],
        "/images/docker.io/library/nginx:latest/json": {
            "Id": "sha256:1",
            "RepoTags": ["nginx:latest"],
            "Config": {"Env": [secret]},
        },
        "/images/json": [{"RepoTags": ["nginx:latest"], "Labels": {"x": secret}}],
        "/info": {"ID": "engine", "Name": secret, "HttpProxy": secret, "RegistryConfig": {"Mirrors": [secret]}},
    }
    with Observer(SUBJECT) as observer:
        seen = observer.observe(QUERIES)
    written = msgspec.json.encode(seen.snapshot).decode()
    assert secret not in written
    assert all(answer.found for answer in seen.snapshot.answers)
    assert "always" in written
    assert '"Env":["PASSWORD",null]' in written
    assert '"Binds":["data:/d"]' in written


def test_a_name_is_never_taken_for_the_beginning_of_an_id(engine: SmallEngine) -> None:
    engine.answers["/containers/cafe/json"] = {"Id": "cafe" * 16, "Name": "/somebody-else"}
    engine.answers["/images/cafe/json"] = {"Id": "sha256:" + "cafe" * 16}
    assert look(ContainerNamed("cafe"), ImageNamed("cafe"))[1:] == [Absent(), Absent()]


def test_an_image_can_be_asked_for_by_its_id(engine: SmallEngine) -> None:
    identifier = hashlib.sha256(b"image").hexdigest()
    engine.answers[f"/images/{identifier}/json"] = {"Id": f"sha256:{identifier}", "RepoTags": []}
    (_, seen) = look(ImageNamed(identifier))
    assert isinstance(seen, Found)
    assert seen.value.id == f"sha256:{identifier}"


def test_odd_names_stay_in_their_place(engine: SmallEngine) -> None:
    names = ["../../info", "a/b?x=1", "", "a b", "ä"]
    assert look(*(ContainerNamed(name) for name in names))[1:] == [Absent()] * len(names)
    assert look(*(ImageNamed(name) for name in names))[1:] == [Absent()] * len(names)
    assert engine.times("/info") == 2


def test_what_vanishes_between_two_calls_is_absent(engine: SmallEngine) -> None:
    engine.answers["/images/json"] = [{"Id": "sha256:1", "RepoTags": ["nginx:latest"]}]
    (_, listed, named) = look(ImageList(), ImageNamed("nginx"))
    assert isinstance(listed, Found)
    assert named == Absent()


def test_on_somebodys_own_engine_the_rest_is_a_number(engine: SmallEngine) -> None:
    engine.answers["/images/json"] = [{"Id": f"sha256:{n}", "RepoTags": [f"private/app{n}:1"]} for n in range(2000)]
    engine.answers["/containers/json"] = [{"Id": str(n), "Names": [f"/private{n}"]} for n in range(500)]
    with Observer(SUBJECT) as observer:
        snapshot = observer.observe([ImageList(), ContainerList()]).snapshot
    images, containers = snapshot.ask(ImageList()), snapshot.ask(ContainerList())
    assert isinstance(images, Found)
    assert isinstance(containers, Found)
    assert (images.value.listed, images.value.others) == ((), 2000)
    assert (containers.value.listed, containers.value.others) == ((), 500)
    assert "private" not in msgspec.json.encode(snapshot).decode()


def test_on_the_courses_own_engine_everything_is_listed(engine: SmallEngine) -> None:
    engine.answers["/info"] = {"ID": "engine", "Labels": ["labcheck.sandbox=one"]}
    engine.answers["/images/json"] = [{"Id": f"sha256:{n}", "RepoTags": [f"app{n}:1"]} for n in range(2000)]
    (_, images) = look(ImageList())
    assert isinstance(images, Found)
    assert (len(images.value.listed), images.value.others) == (2000, 0)


# Its time.


def test_a_look_has_the_engines_own_time(engine: SmallEngine) -> None:
    engine.answers["/info"] = {"SystemTime": "2026-11-18T12:06:40.123456789+01:00"}
    with Observer(SUBJECT) as observer:
        seen = observer.observe(QUERIES)
    assert seen.at == TIME
    assert seen.at < seen.until < seen.at + 5_000_000_000


@pytest.mark.parametrize("written", ["", "yesterday", "2026-13-45T99:99:99Z", "2026-11-18T13:06:40", 7])
def test_a_look_at_an_engine_without_a_clock_has_ours(engine: SmallEngine, written: object) -> None:
    engine.answers["/info"] = {"SystemTime": written}
    before = time.time_ns()
    with Observer(SUBJECT) as observer:
        seen = observer.observe(QUERIES)
    assert before <= seen.at <= seen.until <= time.time_ns()


# Engines that are not there.


def test_no_socket_means_that_the_engine_is_not_running(no_engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{no_engine}/none.sock")
    expected = f"The Docker engine is not running: there is no {no_engine}/none.sock, where DOCKER_HOST points."
    assert reason() == expected


def test_a_socket_that_nobody_listens_on(no_engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = no_engine / "dead.sock"
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(path))
        monkeypatch.setenv("DOCKER_HOST", f"unix://{path}")
        expected = f"The Docker engine is not running: nothing answers at {path}, where DOCKER_HOST points."
        assert reason() == expected


def test_a_socket_one_may_not_use(engine: SmallEngine) -> None:
    engine.path.chmod(0)
    with somebody_without_rights():
        why = reason()
    # Who is root here may not even look into the folder of the test any more, which is refused in the same words.
    assert why.startswith("You may not use the Docker engine: only root and members of the group docker may use ")


def test_a_wrong_address_says_who_chose_it(no_engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    del no_engine
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        monkeypatch.setenv("DOCKER_HOST", address)
        expected = f"The Docker engine is not running: nothing answers at {address}, where DOCKER_HOST points."
        assert reason() == expected
    monkeypatch.setenv("DOCKER_HOST", "carrier-pigeon://roof")
    assert reason() == "labcheck cannot talk to a Docker engine at carrier-pigeon://roof, where DOCKER_HOST points."


def context(folder: Path, name: str, meta: str) -> None:
    place = folder / "contexts" / "meta" / hashlib.sha256(name.encode()).hexdigest()
    place.mkdir(parents=True)
    (place / "meta.json").write_text(meta)


def test_the_chosen_context_is_the_one_that_docker_uses(
    tmp_path: Path, no_engine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = no_engine / "config.json"
    config.write_text(json.dumps({"currentContext": "colima"}))
    assert reason() == "The Docker context colima is chosen, but there is none of that name."
    host = f"unix://{tmp_path}/docker.sock"
    context(
        no_engine, "colima", json.dumps({"Name": "colima", "Metadata": {}, "Endpoints": {"docker": {"Host": host}}})
    )
    expected = (
        f"The Docker engine is not running: there is no {tmp_path}/docker.sock, where the Docker context colima points."
    )
    assert reason() == expected
    with SmallEngine(tmp_path):
        assert isinstance(look()[0], Found)
    context(no_engine, "broken", "{")
    monkeypatch.setenv("DOCKER_CONTEXT", "broken")
    assert reason() == "The Docker context broken cannot be read."


def test_certificates_that_are_not_there(no_engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CERT_PATH", str(no_engine / "none"))
    assert reason() == "DOCKER_CERT_PATH does not contain the certificates that the Docker engine needs."


def test_certificates_that_nobody_made(no_engine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(no_engine))
    monkeypatch.delenv("DOCKER_CERT_PATH", raising=False)
    monkeypatch.setenv("DOCKER_TLS_VERIFY", "1")
    assert reason() == "DOCKER_TLS_VERIFY is set, but there are no certificates for it."


@pytest.mark.usefixtures("no_engine")
def test_a_password_in_an_address_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", "tcp://me:secret@127.0.0.1:1")
    assert "127.0.0.1:1" in reason()
    assert "secret" not in reason()


def test_an_engine_chosen_anew_is_the_one_that_is_asked(
    engine: SmallEngine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    with SmallEngine(folder, api="1.47") as other, Observer(SUBJECT) as observer:
        assert isinstance(observer.observe([]).info, Found)
        monkeypatch.setenv("DOCKER_HOST", other.host)
        assert isinstance(observer.observe([]).info, Found)
        assert (engine.versions, other.versions) == ({"v1.41"}, {"v1.47"})


def test_an_engine_whose_socket_went_away_is_not_seen_over_a_connection_of_before(engine: SmallEngine) -> None:
    away = engine.path.with_name("away.sock")
    with Observer(SUBJECT) as observer:
        assert isinstance(observer.observe([]).info, Found)
        engine.path.rename(away)
        seen = observer.observe([]).info
        assert isinstance(seen, Unknown)
        assert isinstance(seen.cause, EngineNotRunning)
        away.rename(engine.path)
        assert isinstance(observer.observe([]).info, Found)


def test_another_engine_in_the_place_of_one_that_still_runs_is_the_one_that_is_asked(engine: SmallEngine) -> None:
    with Observer(SUBJECT) as observer:
        assert isinstance(observer.observe([]).info, Found)
        engine.path.rename(engine.path.with_name("away.sock"))
        with SmallEngine(engine.path.parent, api="1.47") as other:
            assert isinstance(observer.observe([]).info, Found)
            assert (engine.versions, other.versions) == ({"v1.41"}, {"v1.47"})


def test_where_the_chosen_engine_cannot_be_found_the_one_before_is_not_asked(
    engine: SmallEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Observer(SUBJECT) as observer:
        assert isinstance(observer.observe([ContainerList()]).snapshot.ask(ContainerList()), Found)
        before = len(engine.asked)
        monkeypatch.delenv("DOCKER_HOST")
        monkeypatch.setenv("DOCKER_CONTEXT", "nowhere")
        seen = observer.observe([ContainerList()])
    assert seen.snapshot.ask(ContainerList()) == seen.info
    assert isinstance(seen.info, Unknown)
    assert len(engine.asked) == before


def test_proxies_do_not_catch_an_engine_on_tcp(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    with Loopback(lambda *_: reply(200, {"ApiVersion": "1.41", "ID": "x"})) as server:
        monkeypatch.setenv("DOCKER_HOST", f"tcp://{server.domain}")
        assert isinstance(look()[0], Found)


# Engines in trouble.


@pytest.mark.parametrize(
    ("path", "behaviour"),
    [("/version", silent), ("/info", silent), ("/info", dripping_headers), ("/info", dripping_body)],
)
def test_a_slow_engine_is_not_waited_for(engine: SmallEngine, path: str, behaviour: Behaviour) -> None:
    engine.answers[path] = behaviour
    with Loopback(lambda *_: reply(200, "{}")) as server:
        info, pong = look(Ping(server.domain), timeout=PATIENCE)
        assert info == Unknown(f"The Docker engine did not answer within {PATIENCE:g} s.", TimedOut(PATIENCE))
        assert isinstance(pong, Found)


def test_a_slow_answer_is_not_waited_for_in_the_background(engine: SmallEngine) -> None:
    engine.answers["/images/json"] = dripping_body
    look(ImageList(), timeout=PATIENCE)
    assert nobody_waits()


def test_a_slow_question_keeps_no_other_waiting(engine: SmallEngine) -> None:
    engine.answers["/images/json"] = silent
    seen = look(ImageList(), ContainerNamed("my-registry"), timeout=PATIENCE)
    assert isinstance(seen[0], Found)
    assert seen[1:] == [
        Unknown(f"The Docker engine did not answer within {PATIENCE:g} s.", TimedOut(PATIENCE)),
        Absent(),
    ]


def breaking_off(_: Asked, connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ID"')


def breaking_off_a_chunk(_: Asked, connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"ID"\r\n')


def hanging_up(_: Asked, __: socket.socket) -> None:
    return


ANSWERED = "The Docker engine answered with an error (500"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (breaking_off, "The Docker engine closed the connection in the middle of its answer."),
        (breaking_off_a_chunk, "The Docker engine closed the connection in the middle of its answer."),
        (hanging_up, "The Docker engine closed the connection without answering."),
        (
            reply(500, {"message": "write /var/lib/docker: no space\nleft"}),
            f"{ANSWERED}: write /var/lib/docker: no space left).",
        ),
        (reply(500, {"message": "x" * 1000}), f"{ANSWERED}: {'x' * 120})."),
        (reply(500, ""), f"{ANSWERED})."),
        (reply(500, "oh no"), f"{ANSWERED})."),
        (reply(200, "<html>"), "There is no Docker engine at "),
        (reply(200, "[" * 100_000), "There is no Docker engine at "),
    ],
    ids=["broken off", "chunk", "hung up", "disk", "long", "empty", "text", "page", "deep"],
)
def test_an_engine_in_trouble_is_unknown(engine: SmallEngine, answer: object, expected: str) -> None:
    engine.answers["/images/json"] = answer
    info, images = look(ImageList())
    assert isinstance(info, Found)
    assert isinstance(images, Unknown)
    assert images.reason.startswith(expected)


def test_an_engine_that_dies_during_a_look_is_unknown_and_found_again(engine: SmallEngine, tmp_path: Path) -> None:
    def last(_: Asked, __: socket.socket) -> None:
        engine.__exit__(None, None, None)

    engine.answers["/images/json"] = last
    with Observer(SUBJECT) as observer:
        asked: Any = ImageList()
        assert isinstance(observer.observe([asked]).snapshot.ask(asked), Unknown)
        assert isinstance(observer.observe([asked]).info, Unknown)
        (tmp_path / "docker.sock").unlink()
        with SmallEngine(tmp_path, api="1.44") as again:
            assert isinstance(observer.observe([asked]).snapshot.ask(asked), Found)
            assert again.versions == {"v1.44"}


def test_an_answer_without_an_end_is_not_read_to_its_end(engine: SmallEngine) -> None:
    def endless(_: Asked, connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b" " * 1_000_000)

    engine.answers["/images/json"] = endless
    assert look(ImageList())[1] == Unknown("The Docker engine sent more than 32 MiB for one answer.", AnswerTooLarge())


@pytest.mark.parametrize("answer", [{"message": "?"}, "text", None, reply(404, {"message": "page not found"})])
def test_a_list_that_is_none_is_not_an_empty_one(engine: SmallEngine, answer: object) -> None:
    engine.answers |= {"/images/json": answer, "/containers/json": answer}
    expected = Unknown("The Docker engine gave an answer that labcheck does not understand.", UnexpectedAnswer())
    assert look(ImageList(), ContainerList())[1:] == [expected] * 2


@pytest.mark.parametrize("answer", [[], None, reply(404, {"message": "page not found"})])
def test_an_engine_that_does_not_say_what_it_is_is_unknown(engine: SmallEngine, answer: object) -> None:
    engine.answers["/info"] = answer
    info, images = look(ImageList())
    assert info == Unknown("The Docker engine does not say what it is.", NotAnEngine())
    assert isinstance(images, Found)


def test_what_is_no_reference_is_not_asked_for(engine: SmallEngine) -> None:
    del engine
    assert look(StoredAt("Nginx:latest"))[1] == Unknown("Nginx:latest is not an image reference.", InvalidReference())


def test_a_context_is_found_without_a_config_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "contexts" / "meta" / "any"
    place.mkdir(parents=True)
    (place / "meta.json").write_text('{"Name": "colima", "Endpoints": {"docker": {"Host": "unix:///colima.sock"}}}')
    monkeypatch.delenv("DOCKER_HOST", raising=False)
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    monkeypatch.setenv("DOCKER_CONTEXT", "colima")
    assert str(endpoint()) == "/colima.sock, where the Docker context colima points"
