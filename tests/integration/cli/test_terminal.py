"""Bad input: one sentence, a remedy, exit code 2, nothing lost, never a traceback."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labcheck.cli.images import load
from labcheck.cli.parser import parser
from labcheck.cli.terminal import tell
from labcheck.lab import slugs
from labcheck.mistake.known import families
from labcheck.observe.deadline import LOOK
from labcheck.sandbox import images
from labcheck.sandbox.images import CourseImage
from tests.support.command import labcheck
from tests.support.loopback import silent
from tests.support.small_engine import SmallEngine


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "push-and-pul"], "There is no lab called push-and-pul."),
        (["check", "push-and-pull", "--step", "puhs"], "has no step called puhs"),
        (["answer", "push-and-pull", "puhs", "1"], "has no step called puhs"),
        (["answer", "push-and-pull", "push", "1"], "asks no question"),
        (["check", "nowhere/lab.yaml"], "cannot be read: No such file or directory"),
        (["sandbox", "run"], "There is no command to run."),
        (["rehearse", "nolab"], "There is no lab called nolab."),
        (["images", "load", "nowhere.tar"], "nowhere.tar"),
    ],
)
def test_a_wrong_name_gets_one_sentence_and_a_remedy(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = labcheck(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("labcheck: ")
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 2, done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "push-and-pul"], "Did you mean push-and-pull? The labs are: "),
        (["check", "push-and-pull", "--step", "pussh"], "Did you mean push? Its steps are: "),
        (["answer", "push-and-pull", "Catalogue", "1"], "Did you mean catalog? Its steps are: "),
        (["answer", "push-and-pull", "image-left", "1"], "Did you mean images-left? "),
        (["reset", "start_here"], "Did you mean start-here? "),
        (["explain", "disk-ful"], "Did you mean disk-full"),
        (["check", "push-and-pull", "--step", "x" * 5000], "  Its steps are: "),
        (["explain", "x" * 5000], "  labcheck explain lists all."),
    ],
)
def test_a_slip_is_asked_about(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = labcheck(*arguments, home=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 2, done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["Error response from daemon: No such container: web"],
        ["Error", "response", "from", "daemon:", "No", "such", "container:", "web"],
    ],
)
def test_a_message_may_be_an_argument(arguments: list[str], tmp_path: Path) -> None:
    done = labcheck("explain", *arguments, home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("There is no container called web.")


def test_a_message_that_no_page_knows_says_so(tmp_path: Path) -> None:
    done = labcheck("explain", "all is well", home=tmp_path)
    assert (done.returncode, done.stdout) == (1, "There is nothing wrong that labcheck knows.\n")


STEP = "steps: [{id: a, title: A, checks: [{check: image-present, image: nginx}]}]"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"title: T\nhnit: x\n{STEP}", "line 2: hnit has no meaning here"),
        ("title: T\nsteps: [{id: a, title: A, checks: [{check: image-presnt, image: x}]}]", "image-presnt"),
        ("title: T\nsteps: [{id: a, title: A, checks: [{check: image-present, imge: x}]}]", "imge has no meaning"),
        ("title: T\nsteps: [{id: a, title: '{nobody}', checks: []}]", "{nobody} has no value"),
        ("title: T\nsteps: [{id: a, title: A}]", "step a: it needs either checks or a question"),
        ("title: T\nsteps: [", "line 2 is not YAML"),
        ("- a list", "contains no lab"),
        ("", "contains no lab"),
        (f"title: T\nvalues: {{port: 5000}}\n{STEP}", "values must be names with strings"),
        ("title: T\nsteps: [{id: a, title: A, after: [b], checks: [{check: image-present, image: x}]}]", "steps above"),
        ("title: T\nsteps: [{id: a, title: A, checks: [{check: image-absent, image: x}]}]", "come after a step"),
    ],
)
def test_a_wrong_lab_file_says_where(text: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(text, encoding="utf-8")
    done = labcheck("check", str(file), home=tmp_path)
    assert done.returncode == 2
    assert "mine.yaml" in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_journal_is_kept_and_said_once_beside_the_report(tmp_path: Path) -> None:
    journal = tmp_path / "journal.db"
    journal.write_bytes(b"this is no database, but it may be all that is left of one" * 100)
    before = journal.read_bytes()
    done, again = (labcheck("check", "push-and-pull", home=tmp_path) for _ in range(2))
    (said,) = done.stderr.splitlines()
    assert said.startswith(f"labcheck: The journal {journal} was damaged: nothing in it can be read. ")
    assert said.endswith(f"The damaged file is kept in {tmp_path / 'damaged-1'}.")
    assert (tmp_path / "damaged-1" / "journal.db").read_bytes() == before
    assert done.returncode == again.returncode == 3, "the report's own: there is no engine"
    assert done.stdout == again.stdout
    assert again.stderr == ""


def explaining(message: bytes, home: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "labcheck", "explain"],
        input=message,
        capture_output=True,
        timeout=240,
        check=False,
        env=os.environ | {"LABCHECK_HOME": str(home), "PYTHONIOENCODING": "utf-8:strict"},
    )


def test_without_a_message_all_mistakes_are_listed_by_what_they_are_about(tmp_path: Path) -> None:
    listed = labcheck("explain", home=tmp_path).stdout.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("  ") and not line.startswith("    ")] == [
        page.name for _, pages in families() for page in pages
    ]
    assert "Push and pull:" in listed


def test_what_is_explained_is_passed_on_first(tmp_path: Path) -> None:
    message = b"The push refers to repository [localhost:5000/nginx]\ntag does not exist: localhost:5000/nginx:v9"
    done = explaining(message, tmp_path)
    assert done.returncode == 0
    assert done.stdout.startswith(message + b"\n\nThere is no image called localhost:5000/nginx:v9 here")
    assert done.stdout.endswith(b"\n\nMore: labcheck explain push-of-no-image\n")


@pytest.mark.parametrize("message", [b"all is well\n", b"\xff\xfe\x00 caf\xe9\n", b"x" * 3_000_000 + b"\n"])
def test_what_nobody_knows_is_passed_on_and_said_so(message: bytes, tmp_path: Path) -> None:
    done = explaining(message, tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    told, known = done.stdout.split(b"\n\n")
    assert len(told) >= len(message) - 1
    assert known == b"There is nothing wrong that labcheck knows.\n"


@pytest.mark.parametrize("message", [b"", b"\n"])
def test_of_a_command_that_said_nothing_nothing_is_wrong(message: bytes, tmp_path: Path) -> None:
    done = explaining(message, tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.strip() == b"There is nothing wrong that labcheck knows."


def test_an_engine_that_does_not_answer_is_no_failure_of_the_learner(tmp_path: Path) -> None:
    done = labcheck("check", "push-and-pull", home=tmp_path)
    assert done.returncode == 3
    assert "Could not look." in done.stdout
    assert "none answers at" in done.stdout
    assert done.stderr == ""


def test_a_look_waits_as_long_as_it_is_told_to(tmp_path: Path) -> None:
    with SmallEngine(tmp_path) as engine:
        engine.answers["/info"] = silent
        done = labcheck("check", "start-here", "--timeout", "0.4", home=tmp_path, engine=engine.host)
    assert "did not answer within 0.4 s." in " ".join(done.stdout.split())


@pytest.mark.parametrize("seconds", ["0", "-1", "nan", "inf", "soon", "4000"])
def test_what_is_no_time_to_wait_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(["check"]).parse_args(["check", "start-here", f"--timeout={seconds}"])
    assert f"{seconds!r} is not a number of seconds from 0.1 to 3600" in capsys.readouterr().err


def test_the_help_names_the_usual_time_to_wait(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parser(["check"]).parse_args(["check", "--help"])
    assert f"(default: {LOOK:g})" in " ".join(capsys.readouterr().out.split())


def test_where_nobody_has_begun_labcheck_alone_says_what_to_do(tmp_path: Path) -> None:
    done = labcheck(home=tmp_path)
    assert done.returncode == 3
    assert "Start here" in done.stdout


def test_the_labs_are_listed(tmp_path: Path) -> None:
    done = labcheck("labs", home=tmp_path)
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(slugs())


def test_without_an_engine_nothing_can_be_reset(tmp_path: Path) -> None:
    done = labcheck("reset", "push-and-pull", home=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("labcheck: Nothing can be reset.")
    assert "labcheck check" in done.stderr, "what helps depends on why: a context that does not exist starts no engine"


def test_what_comes_from_outside_is_shown_and_not_obeyed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    image = CourseImage("\x1b[2J", ("\x1b]0;x\x07",), "\x1b", 1, "", {})
    monkeypatch.setattr(images, "load", lambda _file: (image,))
    load(argparse.Namespace(file="x", container=False))
    tell("two\nlines of \x1b[31mred")
    said = capsys.readouterr()
    assert "\\x1b[2J" in said.out
    assert said.err == "two\nlines of \\x1b[31mred\n"
    assert "\x1b" not in said.out + said.err
