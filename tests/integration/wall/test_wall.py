"""The real wall, heard and seen as by a class: a learner's journal moves, and the page of whoever has the address."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from labcheck import classroom, loopback
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.member import Member, join, member
from labcheck.share import consent, deliver
from labcheck.share.where import Where
from labcheck.wait import wait_until
from tests.support.places import ROOT
from tests.support.recorded import log

DEADLINE = 60.0


class Running:
    """A wall that runs, and what it said when it began."""

    def __init__(self, process: subprocess.Popen[str], said: str) -> None:
        self.process = process
        (self.page,) = re.findall(r"http://\S+token=\S+", said)
        (self.address,) = re.findall(r"labcheck share (http://\S+)", said)
        self.port = int(self.address.rpartition(":")[2])

    def text(self) -> str:
        """What whoever opens the page reads."""
        with closing(build_opener(HTTPCookieProcessor()).open(self.page, timeout=DEADLINE)) as answer:
            html: str = answer.read().decode()
        return " ".join(re.sub(r"<[^>]*>", " ", html.partition('<main id="wall">')[2].partition("</main>")[0]).split())

    def shows(self, text: str) -> bool:
        """Whether it does, soon."""
        return wait_until(lambda: text in self.text(), DEADLINE)


@contextmanager
def running(folder: Path, port: int = 0) -> Iterator[Running]:
    command = [sys.executable, "-P", "-m", "labcheck", "wall", "--class", str(folder / "class.json")]
    command += ["--host", loopback.ADDRESS, "--port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield Running(process, "".join(process.stdout.readline() for _ in range(6)))
        finally:
            process.terminate()
            assert process.wait(DEADLINE) in {0, -9}


@pytest.fixture(autouse=True)
def ann(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Member:
    """A learner who joined, with half a practice in their journal."""
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))
    made = classroom.new([("ann", "Ann"), ("bob", "Bob")])
    classroom.write(made, tmp_path / "class.json")
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
    with running(tmp_path) as wall, telling() as said:
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
        with running(tmp_path, port) as again:
            assert again.page == page
            assert again.shows("1 asks for help")
            told = len(said)
            assert wait_until(lambda: "" in said[told:], DEADLINE)
            consent.withdraw()
            assert again.shows("2 not here yet")


def test_what_is_not_a_learner_s_of_the_class_changes_nothing(tmp_path: Path, ann: Member) -> None:
    with running(tmp_path) as wall:
        stranger = member(classroom.new([("ann", "Ann")]).learners[0].code)
        assert "of another class" in deliver.tell(wall.address, stranger, Where(), 1)
        assert not deliver.tell(wall.address, ann, Where(), 2)
        assert not deliver.tell(wall.address, ann, Where(lab="later"), 1)  # it comes late, and is dropped
        assert _posted(wall.port, b"{") == 400
        assert _posted(wall.port, b"x" * 100_000) in {400, None}
        assert "later" not in wall.text()


def test_nobody_sees_the_page_without_its_token(tmp_path: Path) -> None:
    with running(tmp_path) as wall:
        for path in ("/", "/?token=", "/?token=wrong", "/live", "/where"):
            assert _got(wall.port, path) in {403, 400, 405}, path
        assert (tmp_path / "class.wall.json").stat().st_mode & 0o777 == 0o600


def test_a_port_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path) as wall:
        command = [sys.executable, "-P", "-m", "labcheck", "wall", "--class", str(tmp_path / "class.json")]
        command += ["--host", loopback.ADDRESS, "--port", str(wall.port)]
        second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=DEADLINE, check=False)
        assert second.returncode == 2
        assert second.stderr.startswith(
            f"labcheck: The wall cannot listen at port {wall.port}: Address already in use."
        )


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
