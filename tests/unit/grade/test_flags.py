"""What a submission shows by itself: a flag says it in a sentence, and nothing is flagged in an honest one."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from labcheck import evidence
from labcheck.chain import Seal, sealed
from labcheck.evidence import Filed
from labcheck.flag import Flag, Kind
from labcheck.grade.flags import Class, flags
from labcheck.lab import load
from labcheck.log import Gap, Head, Log
from labcheck.member import Member, key
from labcheck.submission import Filing, Learner, Submission
from labcheck.submission_file import decode, encode
from tests.support import recorded
from tests.support.logs import pull

SECRET = bytes(32)
CLASS = Class(SECRET, ["ann", "bob", *(f"l{number}" for number in range(50))])
LAB, DRAWING = "push-and-pull", "image-names"
LABS = [(name, load(name)) for name in (LAB, DRAWING)]
ANN = Member("ann", "Ann", key(SECRET, "ann"))
BOB = Member("bob", "Bob", key(SECRET, "bob"))


def _log(lab: str, seed: str, attempt: int = 1) -> Log:
    return replace(recorded.log("solved"), lab=lab, attempt=attempt, seed=seed)


def _sealed(log: Log, seal: Seal | None = None) -> Filing:
    written = [evidence.written(entry, Filed().file) for entry in log.entries]
    head = Head(log.lab, log.attempt, log.engine, log.began, log.seed)
    seal = seal or Seal()
    return Filing((), sealed(seal, head, written[seal.unsealed :], seal.unsealed))


def _handed(*logs: Log, learner: str = "ann", filings: tuple[Filing, ...] | None = None) -> Submission:
    sealed_ = tuple(map(_sealed, logs)) if filings is None else filings
    return Submission(Learner(learner), 2**61, {}, logs, filings=sealed_)


HONEST = _handed(_log(LAB, "anything"), _log(DRAWING, ANN.seed(DRAWING, 1)), _log(DRAWING, ANN.seed(DRAWING, 2), 2))


def _flags(handed: Submission, member: Member | None = ANN) -> list[Flag]:
    return list(flags(decode(encode(handed, member.key if member else b"")), LABS, CLASS))


def test_nothing_is_flagged_in_an_honest_one() -> None:
    assert dict(LABS)[DRAWING].template
    assert _flags(HONEST) == []
    assert list(flags(decode(encode(HONEST)), LABS)) == []


def _kinds(handed: Submission, member: Member | None = ANN) -> list[Kind]:
    return [flag.kind for flag in _flags(handed, member)]


def test_a_log_that_was_edited() -> None:
    log = _log(LAB, "")
    edited = _handed(replace(log, entries=log.entries[:-1]), filings=(_sealed(log),))
    (flag,) = _flags(edited)
    assert flag == Flag(Kind.EDITED, f"What was filed was changed afterwards: attempt 1 at {LAB}.")


def test_an_attempt_that_is_missing() -> None:
    whole = _handed(*(_log(LAB, "", number) for number in (1, 2, 3)))
    assert _flags(whole) == []
    for numbers in ((1, 3), (2, 3), (0, 1)):
        (flag,) = _flags(_handed(*(_log(LAB, "", number) for number in numbers)))
        assert flag == Flag(Kind.EDITED, f"Attempts are missing: at {LAB}.")


def test_a_journal_that_was_recovered_or_is_older_than_seals() -> None:
    log = _log(LAB, "")
    count = len(log.entries)
    assert _kinds(_handed(log, filings=())) == [Kind.UNSEALED]
    assert _kinds(_handed(log, filings=(_sealed(log, Seal("", count - 1)),))) == [Kind.UNSEALED]
    assert _kinds(_handed(log, filings=(_sealed(log, Seal("", count - 1, recovered=True)),))) == [
        Kind.RECOVERED,
        Kind.UNSEALED,
    ]


def test_a_signature_that_is_missing_or_somebody_else_s() -> None:
    assert _kinds(HONEST, None) == [Kind.UNSIGNED]
    assert _kinds(HONEST, BOB) == [Kind.SIGNATURE]


def test_values_that_were_drawn_for_somebody_else() -> None:
    copied = _handed(_log(DRAWING, BOB.seed(DRAWING, 1)), _log(DRAWING, "early", 2))
    assert [flag.says for flag in _flags(copied)] == [
        f"The values were drawn for bob: attempt 1 at {DRAWING}.",
        f"The values were drawn for nobody in this class: attempt 2 at {DRAWING}.",
    ]
    many = _handed(*(_log(DRAWING, "x", number) for number in range(1, 41)))
    assert [flag.says[-12:] for flag in _flags(many)] == ["and 35 more."]


def test_who_is_not_in_the_class_is_not_asked_for_a_signature() -> None:
    assert _kinds(replace(HONEST, learner=Learner("nobody")), None) == []


def test_a_clock_that_runs_backwards() -> None:
    log = _log(LAB, "")
    late = (Gap(log.began), pull(log.began))
    assert _flags(_handed(replace(log, entries=(*log.entries, *late)))) == []
    back = replace(log, entries=(*log.entries, replace(log.looks[0], at=log.began, until=log.began)))
    (flag,) = _flags(_handed(back))
    assert flag == Flag(Kind.CLOCK, f"The engine's clock was set back: attempt 1 at {LAB}.")
    early = replace(_handed(log), submitted_at=log.began - 10**12)
    (flag,) = _flags(early)
    assert flag.kind is Kind.CLOCK


@pytest.mark.parametrize("name", recorded.ATTEMPTS)
def test_no_recording_is_flagged(name: str) -> None:
    log = recorded.log(name)
    expected = [Kind.CLOCK] if "clock" in name else []
    log = replace(log, attempt=1)
    assert [flag.kind for flag in flags(decode(encode(_handed(log))), LABS)] == expected
