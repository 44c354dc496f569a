"""The real wall, heard and seen as by a class: a learner's journal moves, and the page of whoever has the address."""

from __future__ import annotations

import http.client
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from labcheck import classroom, loopback
from labcheck.errors import Refused
from labcheck.home import home
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.member import Member, join, member
from labcheck.share import consent, deliver
from labcheck.share.where import Where
from labcheck.wait import wait_until
from labcheck.wall.server import taken
from tests.support.command import labcheck
from tests.support.places import ROOT
from tests.support.recorded import log
from tests.support.wall import DEADLINE, command, running

CLASS = "class.json"


@pytest.fixture(autouse=True)
def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Member:
    """A learner who joined, with half a practice in their journal."""
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    made = classroom.new([("ann", "Ann"), ("bob", "Bob")])
    classroom.write(made, tmp_path / CLASS)
    who = member(made.learners[0].code)
    join(who)
    recorded = log("solved")
    with Journal(journal_path()) as journal:
        head = journal.begin(recorded.lab, engine=recorded.engine, began=recorded.began)
        journal.append(head, recorded.entries[: len(recorded.entries) // 2])
    return who


@contextmanager
def telling() -> Iterator[list[str]]:
    """The learner's course tells, in a thread."""
    over, said = threading.Event(), list[str]()

    def tell() -> None:
        said.extend(deliver.deliver(over))

    thread = threading.Thread(target=tell)
    thread.start()
    try:
        yield said
    finally:
        over.set()
        thread.join(DEADLINE)


def test_a_learner_is_seen_as_they_go_and_after_a_restart(tmp_path: Path) -> None:
    recorded = log("solved")
    with running(tmp_path / CLASS) as wall, telling() as said:
        assert wall.text().startswith("2 not here yet")
        consent.give(wall.address)
        assert wall.shows("1 working · 1 not here yet")
        with Journal(journal_path()) as journal:
            head = journal.current(recorded.lab)
            assert head is not None
            journal.append(head, recorded.entries[len(recorded.entries) // 2 :])
        assert wall.shows("1 finished · 1 not here yet")
        consent.ask(1.0)
        assert wall.shows("1 asks for help · 1 not here yet")
        page, port = wall.page, wall.port
        wall.process.kill()  # ended in the middle
        wall.process.wait(DEADLINE)
        assert wait_until(lambda: any("does not answer" in it for it in said), DEADLINE)
        with running(tmp_path / CLASS, port) as again:
            assert again.page == page
            assert again.shows("1 asks for help")
            told = len(said)
            assert wait_until(lambda: "" in said[told:], DEADLINE)
            consent.withdraw()
            assert again.shows("2 not here yet")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGHUP, signal.SIGTERM])
def test_whoever_ends_the_sharing_is_gone_from_the_wall_at_once(tmp_path: Path, how: signal.Signals) -> None:
    with running(tmp_path / CLASS) as wall:
        argv = [sys.executable, "-P", "-m", "labcheck", "share", wall.address]
        with subprocess.Popen(argv, cwd=ROOT, stdout=subprocess.PIPE, text=True) as sharing:
            assert wall.shows("1 working · 1 not here yet")
            sharing.send_signal(how)  # Ctrl-C, a closed terminal, a system that shuts down
            assert sharing.wait(DEADLINE) == 130
        assert wall.shows("2 not here yet")
        assert consent.given() is None


def test_whoever_stops_the_sharing_while_no_course_is_open_is_gone_from_the_wall_at_once(tmp_path: Path) -> None:
    with running(tmp_path / CLASS) as wall:
        consent.give(wall.address)
        with telling():
            assert wall.shows("1 working · 1 not here yet")
        assert labcheck("share", "--stop", home=home()).returncode == 0
        assert wall.shows("2 not here yet")


def test_what_is_not_a_learner_s_of_the_class_changes_nothing(tmp_path: Path, ann: Member) -> None:
    with running(tmp_path / CLASS) as wall:
        stranger = member(classroom.new([("ann", "Ann")]).learners[0].code)
        assert "of another class" in deliver.tell(wall.address, stranger, Where(), 1)
        assert not deliver.tell(wall.address, ann, Where(), 2)
        assert not deliver.tell(wall.address, ann, Where(lab="later"), 1)  # it comes late, and is dropped
        assert _posted(wall.port, b"{") == 400
        assert _posted(wall.port, b"x" * 100_000) in {400, None}
        assert "later" not in wall.text()


def test_nobody_sees_the_page_without_its_token(tmp_path: Path) -> None:
    with running(tmp_path / CLASS) as wall:
        for path in ("/", "/?token=", "/?token=wrong", "/live", "/where"):
            assert _got(wall.port, path) in {403, 400, 405}, path
        assert (tmp_path / "class.wall.json").stat().st_mode & 0o777 == 0o600


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path / CLASS) as wall:
        again = command(tmp_path / CLASS, wall.port)
        second = subprocess.run(again, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE, check=False)
        assert second.returncode == 2
        assert second.stderr.startswith(
            f"labcheck: The wall cannot listen at port {wall.port}: Address already in use."
        )


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 99999), ("127.0.0.1", -1), ("a..b", 0)])
def test_where_nobody_can_listen_is_refused(host: str, port: int) -> None:
    with pytest.raises(Refused, match=f"The wall cannot listen at port {port}"), taken(host, port):
        pass


def _posted(port: int, content: bytes) -> int | None:
    with closing(http.client.HTTPConnection(loopback.ADDRESS, port, timeout=DEADLINE)) as connection:
        try:
            connection.request("POST", deliver.PATH, content)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None


def _got(port: int, path: str) -> int:
    with closing(http.client.HTTPConnection(loopback.ADDRESS, port, timeout=DEADLINE)) as connection:
        connection.request("GET", path)
        return connection.getresponse().status
