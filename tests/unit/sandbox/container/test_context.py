"""What the image is built from is in one tar, which is the same for the same files."""

from __future__ import annotations

import io
import re
import tarfile
import tomllib

from labcheck.sandbox.container.context import HERE, context, key
from tests.support.places import ROOT


def test_it_has_labcheck_its_lessons_and_the_lists_and_nothing_that_was_compiled() -> None:
    with tarfile.open(fileobj=io.BytesIO(context())) as tar:
        names = set(tar.getnames())
    assert {"Dockerfile", "packages.txt", "requirements.txt", "constraints.txt"} <= names
    assert {
        "labcheck/__main__.py",
        "labcheck/labs/03-push-and-pull.yaml",
        "labcheck/notebooks/00-start-here.ipynb",
    } <= names
    assert not [name for name in names if "__pycache__" in name or "lesson-" in name]


def test_the_same_files_give_the_same_image() -> None:
    before, name = context(), key()
    context.cache_clear()
    assert (context(), key()) == (before, name)


def test_the_python_packages_are_those_of_the_course_and_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["notebook"]
    listed = (HERE / "requirements.txt").read_text(encoding="utf-8").split()
    assert sorted(listed) == sorted(re.split(r"[<>=]", line)[0] for line in asked)
    pinned = {
        line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    }
    assert {name.lower() for name in listed} <= pinned
