"""What is said of a lab file in the terminal works as typed, and takes two lines where it is refused."""

from __future__ import annotations

from pathlib import Path

from labcheck.lab import load
from tests.support.bomb import BOMB
from tests.support.command import labcheck


def test_what_is_printed_of_a_lab_from_a_path_works_as_typed(tmp_path: Path) -> None:
    folder = tmp_path / "my labs"
    folder.mkdir()
    question = "{ask: 'A?', kind: choice, answer: {choice: x}, choices: {x: X}}"
    lab = f"title: T\nsteps: [{{id: q, title: Q, question: {question}}}]"
    (folder / "lab.yaml").write_text(lab)
    printed = load(str(folder / "lab.yaml"))
    assert printed.typed == f"'{folder}/lab.yaml'"
    done = labcheck("answer", printed.slug, "q", "x", home=tmp_path)
    assert f"labcheck check {printed.typed}." in done.stderr


def test_in_a_terminal_a_refusal_is_two_lines(tmp_path: Path) -> None:
    file = tmp_path / "lab.yaml"
    file.write_text(BOMB)
    for command in ("check", "watch", "rehearse", "reset"):
        done = labcheck(command, str(file), home=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr == f"labcheck: The lab file {file}, line 3: *a0 is an alias.\n  Write out its value.\n"
