"""Hostile files beside honest ones: each is one line or a harmless row, and costs nobody else anything."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TypeAlias

import pytest

from labcheck.flag import Kind
from labcheck.grade import Job, Rules, grade, hand, workers
from labcheck.grade.output import FORMATS, Output, write
from labcheck.grade.pages import PAGES, Pages
from labcheck.grade.run import Source
from labcheck.gradebook import Marked, NotGradable
from labcheck.lab import load
from labcheck.submission import Learner, Submission
from labcheck.submission_file import encode
from tests.support import hostile, recorded
from tests.support.command import labcheck

HONEST = 20
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
SPECIAL = {
    *map(chr, range(0x20)),
    *map(chr, range(0x7F, 0xA0)),
    *"\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2028\u2029",
}
NAMED = {"\x1b[2J\u202egpj.labcheck", "=1+1.labcheck", "-x.labcheck", "<b>.labcheck", "a\nb.labcheck"}
"""Names of files that a system accepts."""


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that is hostile, some honest learners, and two of them with one id."""
    folder = tmp_path_factory.mktemp("class") / "handed-in"
    folder.mkdir()
    for name, data in hostile.files():
        with (folder / f"{name}.labcheck").open("xb") as file:
            file.write(data)
    for name in NAMED:
        (folder / name).write_bytes(b"no submission")
    for number in range(HONEST):
        learner = Learner(f"l{min(number, HONEST - 2):02}", f"Learner {number}")
        handed = Submission(learner, 10**18, {hostile.LAB: ""}, (recorded.log("solved"),))
        (folder / f"zz-honest-{number:02}.labcheck").write_bytes(encode(handed))
    (folder / "folder.labcheck").mkdir()
    (folder / "nowhere.labcheck").symlink_to(folder / "gone")
    (folder / "itself.labcheck").symlink_to(folder / "itself.labcheck")
    (folder / "endless.labcheck").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe.labcheck")
    return folder


@pytest.fixture(scope="module")
def graded(
    handed_in: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[list[Marked], tuple[NotGradable, ...], Path]:
    """What all of them came to, and the folder beside which nothing was written."""
    place = tmp_path_factory.mktemp("graded")
    labs = (Source.of(hostile.LAB),)
    pages = Pages(place / "out", tuple(PAGES))
    with grade(Job(files=tuple(handed_in.iterdir()), labs=labs, rules=Rules(), at=2 * 10**18, pages=pages)) as book:
        write(book, Output(place / "out", tuple(it for it in FORMATS if it != "classroom50")))
        return list(book.marked), book.not_gradable, place


Graded: TypeAlias = tuple[list[Marked], tuple[NotGradable, ...], Path]


def test_each_is_one_line_or_a_harmless_row(handed_in: Path, graded: Graded) -> None:
    marked, not_gradable, _ = graded
    files = [file.name for file in handed_in.iterdir()]
    assert len(files) >= 200
    assert sorted([*(it.file for it in marked if it.file), *(it.file for it in not_gradable)]) == sorted(files)
    assert not [it for it in not_gradable if len(it.why) > 400 or not it.why.endswith(".") or set(it.why) & SPECIAL]
    assert not [it for it in not_gradable if "Please report" in it.why or "process ended" in it.why]
    assert all(0 <= lab.points <= 19 for it in marked for lab in it.labs)
    assert all(len(flag.says) < 1000 for it in marked for flag in it.flags)


def test_nobody_else_pays_and_of_two_with_one_id_none_is_dropped(graded: Graded) -> None:
    honest = [it for it in graded[0] if it.file.startswith("zz-honest")]
    assert len(honest) == HONEST
    assert {it.labs[0].points for it in honest} == {19}
    twins = [it for it in honest if it.learner.id == f"l{HONEST - 2}"]
    assert len(twins) == 2
    assert all(Kind.TWICE in {flag.kind for flag in it.flags} for it in twins)


def test_what_is_written_is_in_its_folder_and_no_table_has_a_formula(graded: Graded) -> None:
    _, _, place = graded
    written = [path for path in place.rglob("*") if not path.is_dir()]
    assert written
    assert all(path.resolve().is_relative_to(place / "out") for path in written)
    for table in (path for path in written if path.suffix == ".csv"):
        with table.open(newline="", encoding="utf-8") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        cells = [cell for cell in cells if cell != "-"]  # how Moodle writes that there are no points
        assert not [cell for cell in cells if cell.startswith(FORMULA) or set(cell) & SPECIAL], table


def test_what_is_printed_has_no_special_character(tmp_path: Path) -> None:
    for name in NAMED:
        (tmp_path / name).write_bytes(b"no submission")
    options = ("--lab", hostile.LAB, "--workers", "1", "-o", str(tmp_path / "out"))
    done = labcheck("grade", str(tmp_path), *options, home=tmp_path / "home")
    assert done.returncode == 0
    assert not (set(done.stdout) - {"\n"}) & SPECIAL
    assert done.stdout.count("not gradable: ") == len(NAMED)


def test_what_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "slow.labcheck"
    file.write_bytes(hostile.slow())
    monkeypatch.setattr(hand, "SECONDS", 0.5)
    result = hand.graded(file, hand.Judge(((hostile.LAB, load(hostile.LAB)),), Rules()))
    assert result == NotGradable(file=file.name, why="Judging it takes longer than 0.5 seconds.")
    assert workers.SECONDS <= 10
