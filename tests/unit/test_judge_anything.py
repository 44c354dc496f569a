"""Whatever an engine or a registry says, no check, mistake, question or judgement raises.

They are found, not listed: a new one is tried as soon as it is there.
"""

from __future__ import annotations

import typing
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.cause import NotAsked
from labcheck.check import Check, Port
from labcheck.checks import AnyCheck
from labcheck.evidence_fields import EVENT, INSPECTED_CONTAINER, INSPECTED_IMAGE, LISTED_CONTAINER, LISTED_IMAGE, kept
from labcheck.judge import judge
from labcheck.lab import load, slugs
from labcheck.leftovers import leftovers
from labcheck.log import Answered, Gap, Happened, Log, Look
from labcheck.mistake.engine import engine_unknown
from labcheck.mistake.known import kept_from, recognised
from labcheck.mistake.known import told as told_by
from labcheck.mistake.message import read
from labcheck.plan import plan
from labcheck.query import Query
from labcheck.question import Question
from labcheck.snapshot import Absent, Answer, Found, Snapshot, Unknown
from labcheck.verdict import Explanation, Finding, Fix, Outcome
from tests.support import recorded
from tests.support.anything import DOCUMENTS, HUGE, JSON, ODD, WORDS, damaged, places
from tests.support.asked import EACH, INDEX, PAGES, asked
from tests.support.examples import examples
from tests.support.logs import past

LAB = load("push-and-pull")
QUERIES = plan(LAB).queries
STEPS = [step for slug in slugs() for step in load(slug).steps]
QUESTIONS = [step.question for step in STEPS if step.question]
RECORDED = [recorded.log(name) for name in recorded.ATTEMPTS]
MESSAGES = [recorded.message(name) for name in recorded.MESSAGES]
EVIDENCE = st.builds(Found, DOCUMENTS) | st.just(Absent()) | st.builds(Unknown, st.text(max_size=5))


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """A look that saw anything."""
    at = draw(st.integers(0, 10**18))
    return Look(at, at, Snapshot.of({query: draw(EVIDENCE) for query in QUERIES}))


ENTRIES = st.lists(
    looks()
    | st.builds(Happened, DOCUMENTS)
    | st.builds(Gap, st.integers(0, 10**18))
    | st.builds(Answered, st.integers(0, 10**18), st.sampled_from([step.id for step in LAB.steps]), st.text()),
    max_size=5,
)


@examples(60)
@given(ENTRIES)
def test_any_log_is_judged(entries: list[Any]) -> None:
    report = judge(LAB, Log(LAB.slug, 0, tuple(entries)))
    assert [step.id for step in report.steps] == [step.id for step in LAB.steps]
    assert 0 <= report.points <= report.max_points
    msgspec.json.encode(report)


FIELDS: dict[Any, st.SearchStrategy[Any]] = {
    str: WORDS | st.sampled_from(["localhost:5000", "localhost:" + HUGE, "a b", "ä"]),
    int: st.integers(-1, 2**70),
    Port: st.integers(-1, 2**70),
    str | None: WORDS | st.none(),
    tuple[str, ...]: st.lists(WORDS, max_size=3).map(tuple),
}


def built(kind: type[Any]) -> st.SearchStrategy[Any]:
    """Any check of this kind: a lab file may hold any texts."""
    fields = msgspec.structs.fields(kind)
    return st.builds(
        kind, **{field.name: FIELDS[field.type] if field.type in FIELDS else options(field.type) for field in fields}
    )


def options(kind: object) -> st.SearchStrategy[Any]:
    assert typing.get_origin(kind) is typing.Literal, f"say here how to make a {kind}"
    return st.sampled_from(typing.get_args(kind))


CHECKS = st.sampled_from([check for step in STEPS for check in step.checks]) | st.one_of(
    [built(kind) for kind in typing.get_args(AnyCheck)]
)


@st.composite
def logs(draw: st.DrawFn, queries: tuple[Query, ...]) -> Log:
    """A log of looks that saw anything at these queries, and of events of any kind between them."""
    at = draw(st.integers(0, 10**18))
    looks = [
        Look(at, at, Snapshot.of({query: draw(EVIDENCE) for query in queries})) for _ in range(draw(st.integers(0, 2)))
    ]
    events = draw(st.lists(st.builds(Happened, DOCUMENTS), max_size=3))
    return Log(LAB.slug, 0, (*looks[:1], *events, *looks[1:]))


def ask_all(check: Check, log: Log) -> None:
    """All that a check is asked, and what every mistake makes of it."""
    told = past(log)
    assert isinstance(check.title, str)
    assert isinstance(check.mentions, tuple)
    assert isinstance(check.judge(told), Finding)
    assert isinstance(check.recall(told), Finding | None)
    assert isinstance(check.fix(told), Fix)
    for it in EACH.values() if log.looks else ():
        assert isinstance(asked(it, check, told), Explanation | None), it.name
    unknown = engine_unknown(check, told)
    if unknown:
        for it in kept_from(INDEX, unknown):
            assert isinstance(recognised(INDEX, it, unknown), Explanation | None), it.name


def test_each_kind_of_check_is_tried() -> None:
    assert {type(check) for step in STEPS for check in step.checks} <= set(typing.get_args(AnyCheck))
    assert len(QUESTIONS) >= 4
    assert len(RECORDED) > 60
    assert len(MESSAGES) > 20


@examples(60)
@given(st.data())
def test_any_check_and_any_mistake_bears_any_evidence(data: st.DataObject) -> None:
    check = data.draw(CHECKS)
    ask_all(check, data.draw(logs(check.queries)))


@pytest.mark.parametrize("kind", typing.get_args(AnyCheck), ids=lambda kind: kind.__name__)
def test_more_digits_than_a_number_has_are_no_number(kind: type[Any]) -> None:
    far = f"localhost:{HUGE}"
    long: dict[Any, Any] = {str: far, str | None: far, tuple[str, ...]: (HUGE,), int: 2**70}
    fields = msgspec.structs.fields(kind)
    check = kind(**{field.name: long.get(field.type) or typing.get_args(field.type)[0] for field in fields})
    lab = msgspec.structs.replace(LAB, steps=(msgspec.structs.replace(LAB.steps[0], checks=(check,)),))
    assert plan(lab).subject.ports == frozenset()
    for log in (log for log in RECORDED[::9] if log.looks):
        ask_all(check, log)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.ask)
def test_more_digits_than_a_number_has_are_no_answer(question: Question) -> None:
    for right in ({"1"}, {"httpd", "nginx"}, {"in-use"}):
        assert question.judge(HUGE, frozenset(right)).outcome is not Outcome.PASS
        why = question.why_wrong(HUGE)
        assert why == "" or (question.answer.name and "longer than 255 characters" in why)


@st.composite
def spoiled(draw: st.DrawFn) -> Log:
    """A real log in which one document is damaged in one place, or one answer is not what it was."""
    log = draw(st.sampled_from(RECORDED))
    entries = list(log.entries)
    at = draw(st.integers(0, len(entries) - 1))
    match entries[at]:
        case Look(when, until, snapshot):
            answers = list(snapshot.answers)
            which = draw(st.integers(0, len(answers) - 1))
            found = draw(_spoiled(answers[which].found))
            answers[which] = Answer(
                answers[which].query, found, None if found else draw(st.none() | st.just(Unknown("?", NotAsked())))
            )
            entries[at] = Look(when, until, Snapshot(tuple(answers)))
        case Happened(document):
            entries[at] = Happened(draw(_spoiled(document)) or {})
        case _:
            pass
    return msgspec.structs.replace(log, entries=tuple(entries))


@st.composite
def _spoiled(draw: st.DrawFn, document: Any) -> Any:  # noqa: ANN401 - any JSON
    ways = [*places(document)]
    if not ways or draw(st.integers(0, 9)) == 0:
        return draw(st.none() | DOCUMENTS)
    return damaged(document, draw(st.sampled_from(ways)), draw(st.sampled_from([..., *ODD])))


@examples(100)
@given(spoiled())
def test_a_real_log_that_is_damaged_anywhere_is_judged_and_diagnosed(log: Log) -> None:
    lab = load(log.lab)
    report = judge(lab, log)
    msgspec.json.encode(report)
    leftovers(past(log), plan(lab).subject)
    for check in (check for step in lab.steps for check in step.checks):
        ask_all(check, log)


@examples(100)
@given(st.sampled_from(QUESTIONS), WORDS | st.text(), st.data())
def test_any_answer_to_any_question_is_judged(question: Question, value: str, data: st.DataObject) -> None:
    right = question.answer.answer(past(data.draw(logs(question.answer.queries))))
    if isinstance(right, Found):
        assert isinstance(question.judge(value, right.value), Finding)
    assert all(isinstance(text, str) for text in (question.why_wrong(value), question.title, question.advice))


@st.composite
def misprinted(draw: st.DrawFn) -> str:
    """A real message, in which a piece is something else."""
    message = draw(st.sampled_from(MESSAGES))
    begin = draw(st.integers(0, len(message)))
    end = draw(st.integers(begin, min(begin + 20, len(message))))
    return message[:begin] + draw(WORDS | st.sampled_from(["\n", "/", ":", "ä", HUGE])) + message[end:]


@examples(200)
@given(misprinted() | st.text())
def test_any_message_is_read_by_every_page(message: str) -> None:
    for page in PAGES:
        assert isinstance(told_by(page, read(message)), Explanation | None), page.name


@given(JSON, st.sampled_from([EVENT, INSPECTED_CONTAINER, INSPECTED_IMAGE, LISTED_CONTAINER, LISTED_IMAGE]))
def test_an_allow_list_keeps_only_what_it_names(value: Any, shape: Any) -> None:  # noqa: ANN401 - any JSON
    _only(kept(value, shape), shape)


def _only(value: object, shape: object) -> None:
    if isinstance(value, dict):
        assert isinstance(shape, dict)
        for key, inner in value.items():
            assert key in shape or "*" in shape
            _only(inner, shape.get(key, shape.get("*")))
    elif isinstance(value, list):
        assert isinstance(shape, list)
        for inner in value:
            _only(inner, shape[0])
