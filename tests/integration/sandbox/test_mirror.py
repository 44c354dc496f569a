"""Where images come from, asked over the network of this machine: who answers, and how long that takes."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox import upstream
from labcheck.sandbox.inside import mirror
from labcheck.sandbox.orders import COURSE

_PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))


class _Registry(BaseHTTPRequestHandler):
    status = 401
    headers_sent = ("Docker-Distribution-Api-Version", "registry/2.0")

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header(*self.headers_sent)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _LogInPage(_Registry):
    status = 200
    headers_sent = ("Content-Type", "text/html")


class _Broken(_Registry):
    status = 503


def _served(kind: type[_Registry]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def registry() -> Iterator[str]:
    """Something that answers as a registry which asks for a password."""
    yield from _served(_Registry)


@pytest.fixture
def log_in_page() -> Iterator[str]:
    """Something that answers everything with a page, as a hotel's network does."""
    yield from _served(_LogInPage)


@pytest.fixture
def broken() -> Iterator[str]:
    """A registry in trouble."""
    yield from _served(_Broken)


@pytest.fixture
def silent() -> Iterator[str]:
    """Something that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def test_docker_hub_is_known_by_its_answer(registry: str, log_in_page: str, broken: str) -> None:
    assert upstream.is_docker_hub(registry, 1)
    assert not upstream.is_docker_hub(log_in_page, 1)
    assert not upstream.is_docker_hub(broken, 1)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "https://127.0.0.1:9"])
def test_nobody_there_is_no_docker_hub(url: str) -> None:
    assert not upstream.is_docker_hub(url, 1)


def test_choosing_never_waits_longer_than_told(silent: str) -> None:
    began = time.monotonic()
    assert not upstream.is_docker_hub(silent, 0.4)
    assert not upstream.answers(silent, 0.4)
    assert time.monotonic() - began < 10


def test_a_registry_that_asks_for_a_password_answers_and_one_in_trouble_does_not(registry: str, broken: str) -> None:
    assert upstream.answers(registry, 1)
    assert not upstream.answers(broken, 0.2)


def test_the_mirror_of_a_registry_that_is_not_there_is_refused_before_it_starts(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="cannot reach the registry") as raised:
        mirror.command("http://127.0.0.1:9", tmp_path, patience=0.2)
    assert "LABCHECK_IMAGES=course" in raised.value.remedy


def test_the_course_is_served_read_only_and_a_cache_keeps_to_its_folder(
    registry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REGISTRY_AUTH", "silly")
    command = mirror.command(COURSE, tmp_path / "one")
    told = json.loads((tmp_path / "one/mirror.json").read_text())
    assert told["http"]["addr"] == "127.83.0.1:8083"
    assert told["storage"]["maintenance"]["readonly"]["enabled"]
    assert "--unset=REGISTRY_AUTH" in command
    mirror.command(registry, tmp_path / "two", address="127.0.0.1:1")
    told = json.loads((tmp_path / "two/mirror.json").read_text())
    assert told["proxy"] == {"remoteurl": registry}
    assert told["storage"]["filesystem"]["rootdirectory"] == str(tmp_path / "two/cache")
    assert not told["storage"]["maintenance"]["readonly"]["enabled"]
