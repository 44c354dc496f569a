"""Without the learner's yes nothing is told; the address is read as it is typed; the file is theirs alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from labcheck.errors import Refused
from labcheck.share import consent


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("192.0.2.7", "http://192.0.2.7:8808"),
        ("192.0.2.7:9000", "http://192.0.2.7:9000"),
        ("http://teacher.test/", "http://teacher.test:8808"),
        ("https://class.test:443/room-2/", "https://class.test:443/room-2"),
        ("http://[2001:db8::1]:8808", "http://[2001:db8::1]:8808"),
    ],
)
def test_an_address_is_read_as_it_is_typed(typed: str, read: str) -> None:
    assert consent.wall(typed).geturl() == read


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://a", "http://", "http://a:x", "http://a:99999", "http://me:secret@a", "http://a?b=c", "http://["],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not the address of a wall"):
        consent.wall(typed)


@pytest.mark.parametrize("typed", ["a..b", "a" * 70, "http://a b", "http://a/b c", "http://a/\xfc"])
def test_what_could_not_be_looked_up_or_sent_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="not the address of a wall"):
        consent.wall(typed)


def test_it_is_given_kept_and_withdrawn(home: Path) -> None:
    assert consent.given() is None
    consent.give("192.0.2.7")
    now = consent.given()
    assert now is not None
    assert (now.address, now.place, now.asks_since) == ("http://192.0.2.7:8808", "192.0.2.7:8808", None)
    assert (home / consent.FILE).stat().st_mode & 0o777 == 0o600
    consent.withdraw()
    consent.withdraw()
    assert consent.given() is None


def test_a_hand_is_up_only_with_consent() -> None:
    assert consent.ask(5.0) is None
    consent.give("192.0.2.7")
    assert consent.ask(5.0) == consent.Consent("http://192.0.2.7:8808", 5.0)
    assert consent.ask(None) == consent.Consent("http://192.0.2.7:8808")


@pytest.mark.parametrize("content", [b"", b"[]", b'{"address": 1}', b"\xff" * 10, b"{" * 5000])
def test_a_file_that_cannot_be_read_is_no_consent(home: Path, content: bytes) -> None:
    home.mkdir()
    (home / consent.FILE).write_bytes(content)
    assert consent.given() is None
