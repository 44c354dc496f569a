"""Causes: a closed list, written by names that stay. A diagnosis reads them, and never the sentence beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import get_args

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.cause import Cause, _Cause
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Log, Look
from labcheck.render import as_json
from labcheck.report import Report
from labcheck.snapshot import Answer, Snapshot, Unknown
from tests.support.places import MISTAKES, PRACTICE, VECTORS
from tests.support.told import untold

WRITTEN = """
    answer-too-large cancelled certificate-not-yet-valid certificates-not-found connection-refused
    context-not-found context-unreadable digest-mismatch disconnected disk-full engine-not-running
    engine-too-old engine-unreachable forbidden host-not-found incomplete-answer invalid-address
    invalid-reference no-common-api no-token not-a-registry not-an-engine not-asked not-http not-installed
    not-supported not-tls permission-denied redirect-loop root-required server-error timed-out too-many-requests
    unauthorized unexpected-answer unreachable unreadable unspecified unsupported-format untrusted-certificate
"""
"""The names that stand in evidence: one may be added, none may go."""
RECORDED = {
    path.parent.name if path.name == "evidence.json" else path.stem: path
    for path in (
        *sorted(MISTAKES.glob("*/evidence.json")),
        *sorted(PRACTICE.glob("*.json")),
        *sorted(VECTORS.glob("solved-*.json")),
        VECTORS / "prune-race.json",
    )
}
OTHER_WORDS = (
    "It was not to be.",
    "You may not use the Docker engine: only root and members of the group docker may use /run/no.sock.",
)
"""No words that anybody knows, and those of a cause that it is not."""


def test_the_list_names_every_cause() -> None:
    assert set(get_args(Cause)) == set(_Cause.__subclasses__())


def test_a_cause_keeps_the_name_that_stands_in_evidence() -> None:
    names = {kind.__struct_config__.tag for kind in get_args(Cause)}
    assert names >= set(WRITTEN.split())


def said_otherwise(log: Log, sentence: str) -> Log:
    """The log, if whatever could not be seen had been told in this sentence."""

    def other(answer: Answer) -> Answer:
        return replace(answer, unknown=Unknown(sentence, answer.unknown.cause)) if answer.unknown else answer

    def entries() -> Iterator[object]:
        for entry in log.entries:
            if isinstance(entry, Look):
                answers = tuple(other(answer) for answer in entry.snapshot.answers)
                yield replace(entry, snapshot=Snapshot(answers))
            else:
                yield entry

    return replace(log, entries=tuple(entries()))


def decided(report: Report) -> list[object]:
    """All that a report says and that is not told in words of a look's own."""
    return [
        [step.outcome, step.state, step.done_at, step.points]
        + [[it.outcome, it.expected, it.diagnosis, it.fix, it.cause] for it in step.checks]
        for step in report.steps
    ]


@pytest.mark.parametrize("name", RECORDED)
def test_whatever_the_sentence_the_diagnosis_is_the_same(name: str) -> None:
    log = evidence.decode(RECORDED[name].read_bytes())
    lab = load(log.lab)
    before = decided(judge(lab, log))
    for words in OTHER_WORDS:
        assert decided(judge(lab, said_otherwise(log, words))) == before


def test_a_cause_tells_no_more_than_its_sentence() -> None:
    """Also where a password stands in an address: ``tests/integration/mistakes/test_engine.py`` really looks there."""
    unknowns = [
        answer.unknown
        for path in RECORDED.values()
        for answer in evidence.decode(path.read_bytes()).looks[-1].snapshot.answers
        if answer.unknown
    ]
    assert len(unknowns) > 300
    assert not [it for unknown in unknowns for it in untold(unknown)]


def test_json_says_the_cause_of_what_could_not_be_seen_and_of_nothing_else() -> None:
    log = evidence.decode(RECORDED["engine-not-running"].read_bytes())
    report = json.loads(as_json.render(judge(load(log.lab), log)))
    checks = [check for step in report["steps"] for check in step["checks"]]
    assert all("cause" not in check for check in checks if check["outcome"] != "inconclusive")
    where = {"place": "/var/run/docker.sock"}
    assert {"kind": "engine-not-running", "where": where} in [check.get("cause") for check in checks]
