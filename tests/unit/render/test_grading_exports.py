"""What other systems import is read back by their own rules, each named where it was read."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any
from xml.etree import ElementTree as ET

import msgspec
import pytest

from labcheck.cli.instructors import FORMATS
from labcheck.errors import Refused
from labcheck.grade import output
from labcheck.render import gradebook_csv, gradebook_junit, results
from labcheck.render.learning_platforms import canvas, each_once, scaled
from labcheck.submission import Learner
from tests.support.gradebooks import book, marked

TITLE = "Push and pull through a private registry [push-and-pull]"
RUNNER = {
    "CLASSROOM": "docker",
    "ASSIGNMENT": "push",
    "SUBMISSION_TAG": "submit/2026-11-27T18-00-00Z-abc",
    "COMMIT_URL": "https://example.org/commit/1",
    "RELEASE_URL": "https://example.org/releases/1",
}
ROSTER = {"ann": {"ID": "17", "Email address": "ann@example.org"}, "bob": {"SIS Login ID": "bob@example.org"}}


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def imported(text: str) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """The maxima and each learner's points, as Canvas's ``gradebook_importer.rb`` takes them."""
    head, *others = rows(text)
    assert len(head) > 3
    assert "Student" in head[0]
    assert "ID" in head[1]
    fixed = 3
    if re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3]):
        fixed += 2
    assert "Section" in head[fixed - 1]
    maxima: dict[str, str] = {}
    learners: dict[str, dict[str, str]] = {}
    for row in others:
        assert len(row) == len(head), "as many fields in each line, or the separator is guessed wrongly"
        if "Points Possible" in row[0]:
            assert not maxima, "a learner was taken for the line of the maxima"
            maxima = dict(zip(head[fixed:], row[fixed:], strict=True))
        else:
            learners[row[1] or row[3]] = dict(zip(head[fixed:], row[fixed:], strict=True))
    return maxima, learners


def test_canvas_takes_points_excuses_and_nothing_where_nothing_is_decided() -> None:
    maxima, learners = imported("".join(canvas(book(), ROSTER)))
    assert maxima == {TITLE: "19"}
    points = {who: found[TITLE] for who, found in learners.items()}
    assert points == {"17": "19", "bob@example.org": "", "cyd": "0", "dora": "19", "emil": "EX", "fay": ""}


def test_what_was_excused_in_part_is_scaled_to_the_platforms_maximum() -> None:
    dora = next(it for it in book().marked if it.learner.id == "dora").labs[0]
    assert (dora.points, dora.max_points, scaled(dora, 19)) == (17, 17, 19)


def test_of_several_files_of_a_learner_the_best_is_imported() -> None:
    ann = Learner("ann")
    several = [marked("untouched", ann), marked("solved", ann), marked("untouched", Learner("bob"))]
    assert [(it.learner.id, it.labs[0].points) for it in each_once(several)] == [("ann", 19), ("bob", 0)]


def test_prairielearn_gets_a_score_from_0_to_1_or_nothing_to_grade() -> None:
    for it in list(book().marked)[:5]:
        result: dict[str, Any] = msgspec.json.decode(written := results.prairielearn(it))
        assert len(written) < 1_000_000
        assert result["gradable"] is ("score" in result)
        if result["gradable"]:
            assert isinstance(result["score"], int | float)
            assert 0 <= result["score"] <= 1
        else:
            assert all(isinstance(error, str) for error in result["format_errors"])
    solved, at_end, untouched, *_ = (msgspec.json.decode(results.prairielearn(it)) for it in book().marked)
    assert (solved["score"], at_end["gradable"], untouched["score"]) == (1, False, 0)


def test_classroom50_gets_whole_points_and_what_its_runner_says() -> None:
    result = msgspec.json.decode(results.classroom50(next(iter(book().marked)), RUNNER, book().graded_at))
    told = {"schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime", "graded_at"}
    assert {*result} == {*told, "score", "max-score", "tests"}, "the runner adds owner and assignment_type"
    assert result["schema"] == "classroom50/result/v1"
    assert result["submission"].startswith("submit/")
    for time in (result["datetime"], result["graded_at"]):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", time)
    assert result["review"] == result["commit"]
    for test in (*result["tests"], result):
        assert type(test["score"]) is int
        assert type(test["max-score"]) is int
        assert 0 <= test["score"] <= test["max-score"]
    assert all(type(test["passed"]) is bool and test["test-name"] for test in result["tests"])
    assert result["score"] == sum(test["score"] for test in result["tests"]) == 19


@pytest.mark.parametrize("missing", RUNNER)
def test_classroom50_needs_what_its_runner_says(missing: str) -> None:
    known = {key: value for key, value in RUNNER.items() if key != missing}
    with pytest.raises(Refused, match=missing):
        results.classroom50(next(iter(book().marked)), known, book().graded_at)


def test_junit_has_a_suite_for_each_learner_and_no_failure_that_is_undecided_or_excused() -> None:
    suites = ET.fromstring("".join(gradebook_junit.render(book())))  # noqa: S314 - our own
    counts = {
        suite.attrib["name"].partition(":")[0]: [suite.attrib[it] for it in ("tests", "failures", "errors", "skipped")]
        for suite in suites
    }
    assert counts["Ann (ann)"] == ["10", "0", "0", "0"]
    assert counts["Bob (bob)"][2] == "6"
    assert counts["Points Possible (emil)"] == ["10", "0", "0", "10"]
    for suite in suites:
        for name, tag in {"failures": "failure", "errors": "error", "skipped": "skipped"}.items():
            assert len(suite.findall(f"testcase/{tag}")) == int(suite.attrib[name])


def test_the_csv_says_what_is_undecided_excused_and_missing() -> None:
    head, ann, bob, _, dora, emil, fay = rows("".join(gradebook_csv.render(book())))
    place = head.index("push-and-pull")
    assert (ann[place], bob[place], dora[place], emil[place], fay[place]) == ("19", "6 to 18", "17", "excused", "")
    assert dora[head.index("push-and-pull/tag")] == "excused"
    assert bob[-1].startswith("push-and-pull/start-registry, push-and-pull/tag")
    assert dora[1] == "'=Dora"


def test_the_command_offers_what_can_be_written() -> None:
    assert FORMATS == output.FORMATS
