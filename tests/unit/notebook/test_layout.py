"""Notebooks and pictures in a learner's folder: what is new is laid there, nothing of the learner's is ever lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from labcheck.errors import NotebookError
from labcheck.notebook import layout, original
from labcheck.notebook.handout import filled, handout
from labcheck.notebook.layout import RECORD, Laid, Record, lay, lay_out, planned
from labcheck.notebook.page import parsed, source, written
from tests.support.pages import HELLO, code, notebook, prose

NAME = "03-push-and-pull.ipynb"
NEW = "03-push-and-pull.new.ipynb"


def there(folder: Path) -> dict[str, bytes]:
    """All that a learner sees in the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("[!.]*") if path.is_file()}


def test_a_first_time(tmp_path: Path) -> None:
    wanted = {NAME: b"one", "pictures/layers.svg": b"<svg/>"}
    assert lay(tmp_path / "course", wanted) == (Laid(NAME, NAME), Laid("pictures/layers.svg", "pictures/layers.svg"))
    assert there(tmp_path / "course") == wanted
    assert lay(tmp_path / "course", wanted) == ()


def test_an_older_copy_that_nobody_changed_is_replaced(tmp_path: Path) -> None:
    lay(tmp_path, {NAME: b"one"})
    (laid,) = lay(tmp_path, {NAME: b"two"})
    assert laid.sentence == ""
    assert there(tmp_path) == {NAME: b"two"}


def test_what_the_learner_changed_stays_and_a_newer_one_is_laid_beside_it_once(tmp_path: Path) -> None:
    lay(tmp_path, {NAME: b"one"})
    (tmp_path / NAME).write_bytes(b"mine")
    assert lay(tmp_path, {NAME: b"one"}) == ()
    (laid,) = lay(tmp_path, {NAME: b"two"})
    assert laid.sentence == f"{NAME} is yours and stays as it is. There is a newer one: {NEW}."
    assert there(tmp_path) == {NAME: b"mine", NEW: b"two"}
    (tmp_path / NEW).unlink()
    assert lay(tmp_path, {NAME: b"two"}) == ()
    assert there(tmp_path) == {NAME: b"mine"}


def test_a_picture_that_the_learner_changed_stays_too(tmp_path: Path) -> None:
    lay(tmp_path, {"pictures/layers.svg": b"<svg/>"})
    (tmp_path / "pictures" / "layers.svg").write_bytes(b"mine")
    assert lay(tmp_path, {"pictures/layers.svg": b"<svg></svg>"}) == (
        Laid("pictures/layers.svg", "pictures/layers.new.svg"),
    )
    assert there(tmp_path) == {"pictures/layers.svg": b"mine", "pictures/layers.new.svg": b"<svg></svg>"}


def test_a_newer_one_beside_it_is_replaced_unless_the_learner_changed_that_too(tmp_path: Path) -> None:
    lay(tmp_path, {NAME: b"one"})
    (tmp_path / NAME).write_bytes(b"mine")
    for content in (b"two", b"three"):
        lay(tmp_path, {NAME: content})
    assert there(tmp_path) == {NAME: b"mine", NEW: b"three"}
    (tmp_path / NEW).write_bytes(b"mine too")
    lay(tmp_path, {NAME: b"four"})
    assert there(tmp_path) == {NAME: b"mine", NEW: b"mine too", "03-push-and-pull.new-2.ipynb": b"four"}


def test_a_file_that_is_gone_is_laid_again(tmp_path: Path) -> None:
    lay(tmp_path, {NAME: b"one"})
    (tmp_path / NAME).unlink()
    lay(tmp_path, {NAME: b"one"})
    assert there(tmp_path) == {NAME: b"one"}


@pytest.mark.parametrize("record", [None, b"{", b'{"laid": 3}', b"\xff"])
def test_without_a_record_every_file_is_the_learners(record: bytes | None, tmp_path: Path) -> None:
    lay(tmp_path, {NAME: b"one"})
    (tmp_path / RECORD).unlink()
    if record is not None:
        (tmp_path / RECORD).write_bytes(record)
    lay(tmp_path, {NAME: b"two"})
    assert there(tmp_path) == {NAME: b"one", NEW: b"two"}


def test_a_file_that_was_there_already_as_it_would_be_laid_is_ours(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(b"one")
    assert lay(tmp_path, {NAME: b"one"}) == ()
    lay(tmp_path, {NAME: b"two"})
    assert there(tmp_path) == {NAME: b"two"}


def test_the_plan_is_pure() -> None:
    record = Record(laid={NAME: "old"}, newest={NAME: "old"})
    assert list(planned({NAME: "new"}, {NAME: "old"}, record)) == [Laid(NAME, NAME)]
    assert list(planned({NAME: "new"}, {NAME: "changed"}, record)) == [Laid(NAME, NEW)]
    assert record == Record(laid={NAME: "old"}, newest={NAME: "old"})


def test_a_place_that_is_no_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(NotebookError, match=r"cannot be copied to .*file \(File exists\)") as caught:
        lay(tmp_path / "file", {NAME: b"one"})
    assert "labcheck start" in caught.value.remedy


RUN = notebook(
    prose("Your registry is at localhost:5000, in my-registry, not in my-registry-2."),
    code('import labcheck\nlab = labcheck.open("push-and-pull")', count=1),
    code("%%terminal\ndocker push localhost:5000/nginx", count=2, outputs=HELLO),
    code("%%terminal\n# yours", "exercise:push", count=3, outputs=HELLO),
)


def test_a_handout_was_never_run() -> None:
    copy = parsed(handout(NAME, written(RUN).encode(), {}).decode())
    codes = [cell for cell in copy["cells"] if cell["cell_type"] == "code"]
    assert [(cell["outputs"], cell["execution_count"]) for cell in codes] == [([], None)] * 3
    assert [source(cell) for cell in copy["cells"]] == [source(cell) for cell in RUN["cells"]]
    assert [cell["id"] for cell in copy["cells"]] == [cell["id"] for cell in RUN["cells"]]


def test_a_handout_has_the_values_that_were_chosen() -> None:
    chosen = {"registry": "localhost:5500", "container": "anns", "unknown": "x"}
    texts = [source(cell) for cell in parsed(handout(NAME, written(RUN).encode(), chosen).decode())["cells"]]
    assert texts[0] == "Your registry is at localhost:5500, in anns, not in my-registry-2."
    assert texts[2] == "%%terminal\ndocker push localhost:5500/nginx"


def test_a_value_within_another_does_not_take_its_place() -> None:
    put = {"localhost": "registry.lan", "localhost:5000": "localhost:5500"}
    assert filled("localhost:5000/nginx on localhost", put) == "localhost:5500/nginx on registry.lan"


@pytest.mark.parametrize("damaged", [b"", b"[]", b"{}", b'{"nbformat": 3, "cells": []}', b"\xff"])
def test_a_damaged_notebook_is_said_in_one_sentence(damaged: bytes) -> None:
    with pytest.raises(NotebookError, match=f"{NAME} is damaged"):
        handout(NAME, damaged, {})


def test_the_courses_own_files_are_laid_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = tmp_path / "course"
    (course / "notebooks" / "pictures").mkdir(parents=True)
    (course / "notebooks" / ".ipynb_checkpoints").mkdir()
    (course / "notebooks" / ".ipynb_checkpoints" / NAME).write_text("{}")
    (course / "notebooks" / "pictures" / "layers.svg").write_text("<svg/>")
    (course / "notebooks" / NAME).write_text(written(RUN))
    monkeypatch.setattr(original, "_PACKAGE", course)
    lay_out(tmp_path / "mine", {"container": "anns"})
    assert sorted(there(tmp_path / "mine")) == [NAME, "pictures/layers.svg"]
    assert "anns" in json.loads((tmp_path / "mine" / NAME).read_text())["cells"][0]["source"][0]
    monkeypatch.setattr(original, "_PACKAGE", tmp_path / "nowhere" / "labcheck")
    with pytest.raises(NotebookError, match="not installed"):
        layout.lay_out(tmp_path / "mine")
