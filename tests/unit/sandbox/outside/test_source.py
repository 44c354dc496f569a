"""Where images come from: what may be chosen, and what is refused."""

from __future__ import annotations

import time

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.outside.source import HUB, best


@pytest.mark.parametrize(
    ("wanted", "source"),
    [
        ("course", "course"),
        ("hub", HUB),
        (" course ", "course"),
        ("http://192.0.2.7:5000", "http://192.0.2.7:5000"),
        ("https://mirror.example/", "https://mirror.example"),
        ("http://[2001:db8::1]:5000", "http://[2001:db8::1]:5000"),
    ],
)
def test_what_the_environment_says_is_taken(monkeypatch: pytest.MonkeyPatch, wanted: str, source: str) -> None:
    monkeypatch.setenv("LABCHECK_IMAGES", wanted)
    assert best() == source


@pytest.mark.parametrize(
    "wanted",
    [
        "mirror.example:5000",
        "ftp://mirror.example",
        "http://",
        "http://:5000",
        "http://mirror.example:0",
        "http://mirror.example:99999",
        "http://mirror.example:x",
        "http://[::1",
        "http://mirror.example/library",
        "http://mirror.example?x=1",
        "http://mirror.example#x",
        "http://me:secret@mirror.example",
        "http://mirror.example\x1b[2J",
        "Course",
    ],
)
def test_what_names_no_registry_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch, wanted: str) -> None:
    monkeypatch.setenv("LABCHECK_IMAGES", wanted)
    with pytest.raises(SandboxError, match="is not a source of images") as raised:
        best()
    assert "http://192.0.2.7:5000" in raised.value.remedy
    assert "\x1b" not in str(raised.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "[::1]", "x.localhost"])
def test_this_machines_own_loopback_is_refused(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setenv("LABCHECK_IMAGES", f"http://{host}:5000")
    with pytest.raises(SandboxError, match="the sandbox itself"):
        best()


@pytest.mark.parametrize("proxy", ["http://127.0.0.1:3128", "localhost:3128", "http://[::1]:3128"])
def test_a_proxy_that_a_sandbox_cannot_reach_does_not_count(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    assert best() == "course"


@pytest.mark.parametrize("proxy", ["nonsense://x", "http://:", "http://[::1", "://"])
def test_a_strange_proxy_makes_no_traceback(monkeypatch: pytest.MonkeyPatch, proxy: str) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    began = time.monotonic()
    assert best() == "course"
    assert time.monotonic() - began < 10
