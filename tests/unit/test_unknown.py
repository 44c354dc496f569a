"""What could not be looked at is never told as if it were empty: a judgement or a sentence stands whatever it may be.

In the newest look of every recording one answer is made unknown, or two. What is said then must still be said when the
answer is put back, or is any other that was ever recorded: knowing more takes nothing back.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from labcheck import remember
from labcheck.cause import NotAsked
from labcheck.check import Check
from labcheck.checks import ContainerRuns, ImagePulled, ImagePushed, NoContainerOf
from labcheck.checks.whose import is_learners_own
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.leftovers import leftovers, unseen
from labcheck.log import Log, Look
from labcheck.mistake import diagnose
from labcheck.mistake.index import Recogniser
from labcheck.past import Past
from labcheck.query import (
    ContainerList,
    ContainerNamed,
    EngineInfo,
    ImageList,
    ImageNamed,
    Query,
    StoredAt,
    Subject,
)
from labcheck.snapshot import Answer, Snapshot, Unknown
from labcheck.verdict import Outcome
from tests.support import recorded
from tests.support.asked import EACH
from tests.support.asked import asked as asked_alone
from tests.support.logs import past

LAB = load("push-and-pull")
LOGS = {name: recorded.log(name) for name in recorded.ATTEMPTS}
CHECKS = {name: [check for step in recorded.lab(name).steps for check in step.checks] for name in LOGS}
UNKNOWN = Unknown("labcheck was not looking.", NotAsked())
OF_THE_UNKNOWN = {
    "registry-wants-password",
    "registry-listens-elsewhere",
    "registry-still-starting",
}
"""They are about that which could not be seen, so they end when it is."""
SEEN = [it for it in EACH.values() if it.name not in OF_THE_UNKNOWN and not it.is_note]


LAST_SEEN = {(ImagePulled, StoredAt), (ImagePushed, ImageNamed)}
"""Where a pass stands on what was seen last: which image it was."""


def newest(log: Log) -> Look:
    return log.looks[-1]


def _pool() -> dict[Query, list[Answer]]:
    """All answers that were ever recorded to a question, each once, and that there is nothing."""
    pool: dict[Query, dict[bytes, Answer]] = defaultdict(dict)
    for log in LOGS.values():
        for answer in newest(log).snapshot.answers:
            if answer.unknown is None:
                pool[answer.query][_told(answer)] = answer
    return {query: list(answers.values()) for query, answers in pool.items()}


def _told(answer: Answer) -> bytes:
    """What tells one answer from another: of an engine, whose it is."""
    found = bool(answer.found.get("Labels")) if answer.query == EngineInfo() and answer.found else answer.found
    return msgspec.json.encode(found)


POOL = _pool()


def instead(log: Log, *answers: Answer) -> Log:
    """The log, if the newest look had seen this instead."""
    put = {answer.query: answer for answer in answers}
    last = newest(log)
    snapshot = Snapshot(tuple(put.get(answer.query, answer) for answer in last.snapshot.answers))
    entries = tuple(replace(entry, snapshot=snapshot) if entry is last else entry for entry in log.entries)
    return replace(log, entries=entries)


def sentences(text: str) -> set[str]:
    return set(re.split(r"(?<=[.:]) ", text))


@cache
def before(name: str) -> Past:
    """What the log told before its newest look."""
    log = LOGS[name]
    return past(replace(log, entries=log.entries[: log.entries.index(newest(log))]))


@lru_cache(maxsize=10_000)
def told_instead(name: str, *answers: tuple[Query, int | None]) -> Past:
    """What the log tells, if its newest look had seen these instead: to each question the answer of this number."""
    return remember.looked(before(name), newest(instead(LOGS[name], *(_answer(*it) for it in answers))))


def _answer(query: Query, number: int | None) -> Answer:
    return Answer(query, unknown=UNKNOWN) if number is None else POOL[query][number]


def said(it: Recogniser, check: Check, told: Past) -> set[str]:
    found = asked_alone(it, check, told)
    return sentences(found.why) if found else set()


def wrong(check: Check, name: str, *unknown: Query) -> Iterator[str]:
    """What the check or a mistake says without the answer, and would take back if it were known."""
    blind = told_instead(name, *((query, None) for query in unknown))
    outcome = check.judge(blind).outcome
    if outcome is Outcome.PASS and any((type(check), type(query)) in LAST_SEEN for query in unknown):
        outcome = Outcome.INCONCLUSIVE
    told = {it: words for it in SEEN if (words := said(it, check, blind))}
    if outcome is Outcome.INCONCLUSIVE and not told:
        return
    for answers in _combinations(unknown):
        known = told_instead(name, *answers)
        found = check.judge(known).outcome
        if outcome is not Outcome.INCONCLUSIVE and found is not outcome:
            yield f"{outcome} without {unknown}, and {found} with it"
        if found is not Outcome.PASS:
            for mistake, words in told.items():
                if taken_back := words - said(mistake, check, known):
                    instead = [_answer(*it) for it in answers]
                    yield f"{mistake.name} without {unknown}, but not with {instead}: {taken_back}"


def _combinations(unknown: tuple[Query, ...]) -> Iterator[tuple[tuple[Query, int], ...]]:
    each = [[(query, number) for number in range(len(POOL.get(query, ())))] for query in unknown]
    yield from product(*(one if len(each) == 1 else one[:8] for one in each))


def asked(check: Check, log: Log) -> list[Query]:
    """What the check asks and the newest look answered."""
    answered = {answer.query for answer in newest(log).snapshot.answers}
    return [query for query in dict.fromkeys((*check.queries, EngineInfo())) if query in answered]


@pytest.mark.parametrize("name", LOGS)
def test_no_single_answer_is_made_up(name: str) -> None:
    log = LOGS[name]
    found = {
        f"{check.title}: {it}"
        for check in CHECKS[name]
        for query in asked(check, log)
        for it in wrong(check, name, query)
    }
    assert not found


@given(st.sampled_from(sorted(LOGS)), st.data())
def test_no_two_answers_are_made_up(name: str, data: st.DataObject) -> None:
    log, check = LOGS[name], data.draw(st.sampled_from(CHECKS[name]))
    pair = data.draw(st.lists(st.sampled_from(asked(check, log)), min_size=2, max_size=2, unique=True))
    assert not set(wrong(check, name, *pair))


def looked(*answers: Answer) -> Past:
    """What one look tells."""
    return past(Log("lab", 0, (Look(1, 2, Snapshot(answers)),)))


BY_ID: dict[str, object] = {
    "Id": "c",
    "Name": "/web",
    "Image": "sha256:1",
    "State": {"Status": "running"},
    "Config": {"Image": "sha256:1"},
}
LISTED = Answer(
    ContainerList(), found={"listed": [{"Id": "c", "Names": ["/web"], "Image": "1", "ImageID": "sha256:1"}]}
)
WEB = ContainerNamed("web")
NO_LIST = Answer(ImageList(), unknown=UNKNOWN)


@pytest.mark.parametrize(
    "check", [ContainerRuns(name="web", image="nginx"), NoContainerOf(images=("nginx",))], ids=["runs", "none of"]
)
def test_without_the_list_of_images_nobody_knows_what_an_id_is(check: Check) -> None:
    told = looked(Answer(ContainerNamed("web"), found=BY_ID), LISTED, NO_LIST)
    assert check.judge(told).outcome is Outcome.INCONCLUSIVE
    found = diagnose(check, told)
    assert found is None or found[0] == "engine-error"


def test_where_there_is_no_list_at_all_there_is_no_container() -> None:
    assert NoContainerOf(images=("nginx",)).judge(looked(Answer(ContainerList()))).outcome is Outcome.PASS
    nobody = NoContainerOf(images=("nginx",)).judge(looked(Answer(ContainerList(), unknown=UNKNOWN)))
    assert nobody.outcome is Outcome.INCONCLUSIVE


def test_an_engine_of_which_nothing_is_known_is_the_learners_own() -> None:
    course = Answer(EngineInfo(), found={"Labels": ["labcheck.sandbox=1"]})
    assert not is_learners_own(looked(course))
    assert is_learners_own(looked(Answer(EngineInfo(), unknown=UNKNOWN)))
    log = instead(LOGS["image-in-use"], Answer(EngineInfo(), unknown=UNKNOWN))
    fixes = [check.fix for check in judge(LAB, log).step("prune").checks]
    assert any(fix.advice for fix in fixes)
    assert not any("prune" in command or "docker rm" in command for fix in fixes for command in fix.commands)


@pytest.mark.parametrize(("before", "removed"), [(Answer(WEB), True), (Answer(WEB, unknown=UNKNOWN), False)])
def test_what_could_not_be_seen_at_the_beginning_is_not_removed_at_a_reset(before: Answer, removed: bool) -> None:  # noqa: FBT001 - a case
    own = Answer(EngineInfo(), found={"ID": "mine"})
    first, last = (Look(at, at, Snapshot((own, web))) for at, web in ((1, before), (2, Answer(WEB, found=BY_ID))))
    found = leftovers(past(Log("lab", 0, (first, last))), Subject())
    assert found.containers == (("web",) if removed else ())
    assert bool(found) is removed


def test_where_one_thing_could_not_be_seen_a_reset_does_not_say_that_nothing_is_there() -> None:
    own, elsewhere = Answer(EngineInfo(), found={"ID": "mine"}), Answer(StoredAt("a:1/b"), unknown=UNKNOWN)
    assert unseen(looked(own, Answer(WEB), elsewhere)) == ""
    assert unseen(looked(own, Answer(WEB, unknown=UNKNOWN), elsewhere)) == UNKNOWN.reason
