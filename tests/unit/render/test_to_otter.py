"""labcheck's tests come after otter's own in otter's results; `tests/benchmarks/integrations.sh` asks the real one."""

from __future__ import annotations

from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType
from typing import Any

import msgspec

from labcheck.render.results import gradescope
from tests.support.gradebooks import book
from tests.support.places import ROOT

OTTER: dict[str, Any] = {"output": "", "tests": [{"name": "q1", "score": 2, "max_score": 2, "visibility": "hidden"}]}


def script() -> ModuleType:
    spec = spec_from_file_location("to_otter", ROOT / "labcheck/grade/integrations/to_otter.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_both_are_together_and_a_second_time_changes_nothing() -> None:
    labcheck = msgspec.json.decode(gradescope(next(iter(book().marked))))
    once = script().together(OTTER, labcheck)
    assert once["tests"] == OTTER["tests"] + labcheck["tests"]
    assert script().together(once, labcheck) == once
    assert "score" not in once


def test_a_score_of_the_whole_is_that_of_both() -> None:
    labcheck = msgspec.json.decode(gradescope(next(iter(book().marked))))
    assert script().together({**OTTER, "score": 2}, labcheck)["score"] == 21
