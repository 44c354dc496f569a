"""Whoever starts the course a second time is told where it is open, or that it is being opened."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import msgspec
import pytest

from labcheck.errors import Refused
from labcheck.home import home
from labcheck.sandbox.outside.process import Process
from labcheck.start import note

OPENING = """
import time
from labcheck.start import note
with note.taken(print):
    print("mine", flush=True)
    input()
    note.write("http://127.0.0.1:1/")
    input()
"""


def test_the_note_is_for_the_owner_and_while_the_course_is_open() -> None:
    note.check()
    with note.taken(print):
        note.write("http://127.0.0.1:1/?token=x")
        path = home() / "course.json"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        with pytest.raises(Refused, match=r"open already: http://127\.0\.0\.1:1/\?token=x$"):
            note.check()
        note.write("http://127.0.0.1:2/")
    assert not path.exists()
    note.check()


def test_the_note_of_a_killed_course_says_nothing() -> None:
    path = home() / "course.json"
    here = Process.of(os.getpid())
    for gone in (msgspec.structs.replace(here, started=1), msgspec.structs.replace(here, pid=2**22 + 1)):
        path.write_bytes(msgspec.json.encode(note.Note(gone, "http://127.0.0.1:1/")))
        note.check()
    path.write_text("{", encoding="utf-8")
    note.check()
    with note.taken(print):
        path.write_bytes(msgspec.json.encode(note.Note(Process.of(os.getppid()), "http://127.0.0.1:1/")))
    assert path.exists(), "only who wrote it removes it"


def opening() -> subprocess.Popen[str]:
    """Another process that opens the course: each line it hears is a step of that."""
    return subprocess.Popen(
        [sys.executable, "-c", OPENING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )


def test_whoever_starts_while_it_is_being_opened_waits_for_the_address() -> None:
    told: list[str] = []
    with opening() as other:
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"

        def tell(sentence: str) -> None:
            told.append(sentence)
            assert other.stdin is not None
            other.stdin.write("\n")

        with pytest.raises(Refused, match=r"open already: http://127\.0\.0\.1:1/$"), note.taken(tell):
            pass
        other.stdin.write("\n")
        assert other.wait(timeout=240) == 0
    assert told == [f"The course is already being opened, by process {other.pid}. Waiting for its address ..."]
    note.check()


def test_an_opening_that_takes_too_long_or_ends_is_not_waited_for() -> None:
    with opening() as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "mine\n"
        told: list[str] = []
        waiting = note.taken(told.append, patience=0.2)
        with pytest.raises(Refused, match=f"by process {other.pid}, but is not open yet") as late, waiting:
            pass
        assert "Ctrl-C" in late.value.remedy
        with note.taken(lambda _: other.kill()):
            mine = note.read()
            assert mine is not None
            assert mine.process.pid == os.getpid()


def test_of_many_who_start_at_once_one_opens_it() -> None:
    many = [opening() for _ in range(8)]
    for one in many:
        assert one.stdin is not None
        one.stdin.write("\n")
    firsts = []
    for one in many:
        assert one.stdout is not None
        firsts.append(one.stdout.readline())
    assert firsts.count("mine\n") == 1
    for one in many:
        one.communicate("\n", timeout=240)
