"""A lab brings mistakes of its own, as data that may be hostile: what is not right is said, and the rest is there."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from labcheck.mistake import explain
from labcheck.mistake.known import bring, named, troubles
from labcheck.mistake.of_lab import MOST, of_lab
from tests.support.lab_with_a_page import LAB, PAGE


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[Path]:
    """A lab's file; what it brings is known no more afterwards."""
    file = tmp_path / "my lab.yaml"
    file.write_text(LAB, encoding="utf-8")
    (tmp_path / "mistakes").mkdir()
    yield file
    bring("")


def written(lab: Path, name: str, text: str) -> Path:
    file = lab.with_name("mistakes") / f"{name}.md"
    file.write_text(text, encoding="utf-8")
    return file


def head(*lines: str) -> str:
    return "\n".join(("---", "summary: S.", *lines, "---", "# name", ""))


def test_it_is_tried_before_labchecks_own_and_gone_with_another_lab(lab: Path) -> None:
    written(lab, "no-web", head("messages:", "- says: 'No such container: web'", "  why: W."))
    said = "Error: No such container: web"
    bring(str(lab))
    assert explain(said) is not None
    assert (explain(said) or ("",))[0] == "no-web"
    bring("push-and-pull")
    assert (explain(said) or ("",))[0] == "no-such-container"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (PAGE, "line 2: it contains the control character '\\x1b'"),
        ("# no head\n", "has no head"),
        ("---\nsummary: S.\n# no end\n", "has no head"),
        ("---\n---\n# empty\n", "has no head"),
        (head("messages:", "- pattern: (a+)+b", "  why: W."), "line 4: a page that a lab brings has no patterns"),
        (head("evidence:", "- why: W."), "line 3: a page that a lab brings knows messages only"),
        (head("messages:", "- why: W."), "line 4: it does not say what the message is recognised by"),
        (head("messages:", "- says: short", "  why: W."), "line 4: 'short' is no such text: it needs 10 letters"),
        (head("messages:", "- says: it cannot be {a}{b} at all", "  why: W."), "two gaps need something between"),
        (head("messages:", "- says: all of it is here"), "line 4: why is missing"),
        (head("messages:", "- says: all of it is here", "  why: W.", "  then: W."), "line 6: then has no meaning here"),
        (head(f"about: {'x' * 100_001}"), "longer than 100,000 characters"),
        (head("messages:", "- says: |", *["    one of far too many"] * 21, "  why: W."), "by more than 20 texts"),
        (head("before: &a [*a]"), "is an alias"),
        (head("messages: [" * 20), "nested more than"),
    ],
)
def test_what_is_not_right_is_said_with_its_line_and_the_rest_is_there(lab: Path, text: str, problem: str) -> None:
    written(lab, "good", head("messages:", "- says: all of it is here", "  why: W."))
    file = written(lab, "damaged", text)
    bring(str(lab))
    (trouble,) = troubles()
    assert trouble.sentence.startswith(f"The page {file}")
    assert problem in trouble.sentence
    assert "\n" not in trouble.sentence
    assert explain("all of it is here") is not None
    assert named("good").summary == "S."


def test_what_is_no_file_of_text_and_what_nobody_can_type_is_said(lab: Path) -> None:
    os.mkfifo(lab.with_name("mistakes") / "pipe.md")
    (lab.with_name("mistakes") / "bytes.md").write_bytes(b"---\n\xff\n---\n")
    written(lab, "a name", head())
    index = of_lab(str(lab))
    assert index is not None
    assert [it.sentence.rpartition("/")[2] for it in index.troubles] == [
        "a name.md has a name that nobody can type.",
        "bytes.md cannot be read: it is not UTF-8 text.",
        "pipe.md cannot be read: it is not a file.",
    ]


def test_of_too_many_pages_some_are_read(lab: Path) -> None:
    for number in range(MOST + 5):
        written(lab, f"page-{number}", head("messages:", "- says: all of it is here", "  why: W."))
    index = of_lab(str(lab))
    assert index is not None
    assert len(index.pages) == MOST
    assert f"holds more than {MOST} pages" in index.troubles[0].sentence


def test_pages_made_to_be_slow_are_not(lab: Path) -> None:
    says = [f"    a{{x}}{'b' * number}c" for number in range(20, 40)]
    for number in range(MOST):
        written(lab, f"slow-{number}", head("messages:", "- says: |", *says, "  why: W."))
    bring(str(lab))
    assert not troubles()
    began = time.process_time()
    explain("a" * 20_000)
    assert time.process_time() - began < 30


def test_a_lab_that_brings_nothing_and_one_of_the_course_bring_nothing(tmp_path: Path) -> None:
    assert of_lab("push-and-pull") is None
    assert of_lab(str(tmp_path / "lab.yaml")) is None
    (tmp_path / "mistakes").write_text("a file", encoding="utf-8")
    assert of_lab(str(tmp_path / "lab.yaml")) is None
