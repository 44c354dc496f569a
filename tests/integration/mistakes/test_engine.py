"""Whatever keeps us from looking at the engine is named: the cause that the observer gives is what a mistake knows.

One gives it and the other reads it, so this holds the two together: real trouble, a real look.
"""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck import evidence
from labcheck.checks import ContainerRuns
from labcheck.log import Log, Look
from labcheck.mistake import diagnose
from labcheck.observe import Observer
from labcheck.query import Subject
from labcheck.verdict import Outcome
from tests.support.logs import past
from tests.support.loopback import Asked, Behaviour, reply, silent
from tests.support.small_engine import SmallEngine, somebody_without_rights
from tests.support.told import untold

CHECK = ContainerRuns(name="my-registry", image="registry")
SUBJECT = Subject(containers=frozenset({"my-registry"}))


@pytest.fixture(autouse=True)
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_CONFIG", str(tmp_path))
    for name in ("DOCKER_HOST", "DOCKER_CONTEXT", "DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SmallEngine]:
    with SmallEngine(tmp_path) as small:
        monkeypatch.setenv("DOCKER_HOST", small.host)
        yield small


def looked(seconds: float = 60.0) -> Log:
    """What a look at the engine sees, as it is now; ``seconds``: until it gives up, on any machine, however busy."""
    with Observer(SUBJECT, timeout=seconds) as observer:
        seen = observer.observe(CHECK.queries)
    assert not [it for answer in seen.snapshot.answers if answer.unknown for it in untold(answer.unknown)]
    return Log("push-and-pull", 0, (Look(0, 0, seen.snapshot),))


def named(seconds: float = 60.0) -> str | None:
    """What a look at the engine, as it is now, is called."""
    log = past(looked(seconds))
    assert CHECK.judge(log).outcome is not Outcome.PASS
    found = diagnose(CHECK, log)
    assert found is None or (found[1].why and found[1].fix)
    return found[0] if found else None


def leaving(_: Asked, connection: socket.socket) -> None:
    connection.sendall(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{"ID"')


def hanging_up(_: Asked, __: socket.socket) -> None:
    return


TROUBLES: dict[str, tuple[str, object | Behaviour, str]] = {
    "says nothing": ("/info", silent, "engine-not-answering"),
    "leaves": ("/info", leaving, "engine-broke-off"),
    "hangs up": ("/version", hanging_up, "engine-broke-off"),
    "leaves in the middle of a look": ("/containers/my-registry/json", leaving, "engine-broke-off"),
    "falls silent in the middle of a look": ("/containers/my-registry/json", silent, "engine-not-answering"),
    "has a full disk": ("/info", reply(500, {"message": "no space left on device"}), "engine-error"),
    "has a proxy before it": ("/info", reply(502, "<html>"), "engine-error"),
    "does not say what it is": ("/info", [], "not-a-docker-engine"),
    "is a web server": ("/version", reply(200, "<html>"), "not-a-docker-engine"),
    "is something else": ("/version", {}, "not-a-docker-engine"),
    "is too old": ("/version", {"ApiVersion": "1.40", "MinAPIVersion": "1.12"}, "engine-too-old"),
    "is too new": ("/info", reply(400, {"message": "client version 1.41 is too old. Minimum"}), "engine-too-new"),
}


@pytest.mark.parametrize("trouble", TROUBLES)
def test_an_engine_in_trouble(engine: SmallEngine, trouble: str) -> None:
    path, answer, name = TROUBLES[trouble]
    engine.answers |= {"/containers/json": [{"Id": "1", "Names": ["/my-registry"]}], path: answer}
    assert named(1.0 if answer is silent else 60.0) == name


def test_a_socket_one_may_not_use(engine: SmallEngine) -> None:
    engine.path.chmod(0)
    with somebody_without_rights():
        assert named() == "permission-denied"


@pytest.mark.parametrize(
    ("variables", "name"),
    [
        ("DOCKER_HOST=unix:///nonexistent/engine.sock", "chosen-engine-not-answering"),
        ("DOCKER_HOST=unix:///nonexistent/docker.sock", "chosen-engine-not-answering"),
        ("DOCKER_HOST=tcp://127.0.0.1:1", "chosen-engine-not-answering"),
        ("DOCKER_HOST=carrier-pigeon://roof", "not-a-docker-engine"),
        ("DOCKER_CONTEXT=nowhere", "context-unknown"),
        ("DOCKER_TLS_VERIFY=1", "engine-certificates-missing"),
        ("DOCKER_TLS_VERIFY=1 DOCKER_CERT_PATH=/nonexistent", "engine-certificates-missing"),
    ],
)
def test_an_engine_that_was_chosen(variables: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in variables.split():
        monkeypatch.setenv(*variable.split("=", 1))
    assert named() == name


@pytest.mark.parametrize("scheme", ["tcp", "http", "https", "ssh"])
def test_a_password_in_an_address_stands_in_no_evidence(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"{scheme}://ada:secret@127.0.0.1:1")
    written = evidence.encode(looked())
    assert b"127.0.0.1:1, where DOCKER_HOST points" in written
    assert b"secret" not in written


def test_a_context_that_is_there_and_damaged_is_not_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "contexts" / "meta" / hashlib.sha256(b"work").hexdigest()
    folder.mkdir(parents=True)
    (folder / "meta.json").write_text("{")
    monkeypatch.setenv("DOCKER_CONTEXT", "work")
    found = diagnose(CHECK, past(looked()))
    assert found is not None
    name, explanation = found
    assert (name, explanation.fix.commands[-1]) == ("context-unknown", "docker context use default")
    assert "cannot be read" in explanation.why
    assert "does not exist" not in explanation.why
