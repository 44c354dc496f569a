"""Every mistake that labcheck names was really made, and has a page that says what to do."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest

import labcheck
from labcheck.cli.explain import page
from labcheck.diagnoses import NOTES, SEEN, UNSEEN, explain, named
from labcheck.diagnoses.families import DIAGNOSES
from labcheck.diagnosis import Diagnosis
from labcheck.errors import UnknownName
from tests.support import recorded
from tests.support.mistake import NAMES, read

HEADINGS = ["What you see", "Why", "How to mend it", "How to avoid it", "Source"]
PAGES = Path(labcheck.__file__).parent / "diagnoses" / "pages"


def test_there_are_at_least_sixty_and_no_name_twice() -> None:
    assert len(DIAGNOSES) >= 60
    assert max(Counter(diagnosis.name for diagnosis in DIAGNOSES).values()) == 1


def test_every_one_was_really_made_and_what_was_seen_is_recorded() -> None:
    assert {read(name).diagnosis for name in NAMES} >= {diagnosis.name for diagnosis in DIAGNOSES}
    assert set(NAMES) <= {*recorded.ATTEMPTS, *recorded.MESSAGES}


@pytest.mark.parametrize("diagnosis", DIAGNOSES, ids=lambda diagnosis: diagnosis.name)
def test_every_one_has_a_page(diagnosis: Diagnosis) -> None:
    text = page(diagnosis.name)
    assert text.startswith(f"# {diagnosis.name}\n")
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert headings == HEADINGS
    assert re.search(r"\n(?:https://\S+|[\w.-]+/[\w.-]+#\d+)\n\Z", text)
    assert diagnosis.summary.endswith(".")
    assert diagnosis.name == diagnosis.name.lower()


def test_no_page_is_left_over() -> None:
    assert {path.stem for path in PAGES.glob("*.md")} == {diagnosis.name for diagnosis in DIAGNOSES}


def test_a_name_that_is_near_is_offered() -> None:
    with pytest.raises(UnknownName) as refused:
        named("tagged-not-pushd")
    assert "tagged-not-pushed" in refused.value.remedy


def test_each_group_is_asked_for_what_it_can_recognise_in_the_order_of_all() -> None:
    told_only = Diagnosis("", "").recognise
    seen = [it for it in DIAGNOSES if it.recognise is not told_only]
    asked = [it for group in UNSEEN + SEEN + NOTES for it in import_module(f"labcheck.diagnoses.{group}").DIAGNOSES]
    assert [it for it in asked if it.recognise is not told_only] == seen
    assert [it.is_note for it in seen] == sorted(it.is_note for it in seen)
    for group in UNSEEN + SEEN + NOTES:
        diagnoses = import_module(f"labcheck.diagnoses.{group}").DIAGNOSES
        assert {it.is_note for it in diagnoses} == {group in NOTES}
        assert {it.recognise for it in diagnoses} != {told_only}, f"{group} knows messages only"


def test_no_pattern_is_compiled_before_a_message_is_read() -> None:
    code = (
        "import re; compiled = []; really = re._compiler.compile\n"
        "re._compiler.compile = lambda pattern, flags=0: compiled.append(pattern) or really(pattern, flags)\n"
        "from labcheck.diagnoses.families import DIAGNOSES; print(sum(it.message in compiled for it in DIAGNOSES))"
    )
    seen = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert seen.stdout.strip() == "0"


@pytest.mark.parametrize(
    "piece", ["Bind for", "https://", "https://\n", "/docker/registry/v2/", "failed to bind host port"]
)
def test_a_message_made_to_be_slow_is_read_within_bounds(piece: str) -> None:
    began = time.process_time()
    explain(piece * (1_000_000 // len(piece)))
    assert time.process_time() - began < 60  # in proportion to the square of its length it would take an hour


def test_of_a_long_log_the_end_is_understood() -> None:
    said = "all is well\n" * 100_000 + "Error response from daemon: No such container: web\n"
    found = explain(said)
    assert found is not None
    assert found[0] == "no-such-container"
