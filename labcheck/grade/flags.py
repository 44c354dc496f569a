"""Submission -> flags: what one submission shows by itself. What two show together is in ``shared.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from labcheck.flag import Flag, Kind
from labcheck.journal.entries import SET_BACK
from labcheck.lab import Lab
from labcheck.log import Entry, Log, Look
from labcheck.member import Member, key
from labcheck.submission import Filing, Submission

SLACK: Final = 60 * 10**9
"""Nanoseconds by which the engine's clock may be ahead of the machine's."""
NAMED: Final = 5
"""How many attempts a flag names."""
TRIED: Final = 20
"""For how many attempts it is looked up whose values they have."""


class Class:
    """The learners of a class by its secret: who has which key, and whose a seed is."""

    def __init__(self, secret: bytes, learners: Iterable[str]) -> None:
        self._keys = {learner: key(secret, learner) for learner in learners}
        self._seeds = lru_cache(64)(self._drawn)

    def member(self, learner: str) -> Member | None:
        """The learner of this id; ``None`` if they are not in the class."""
        found = self._keys.get(learner)
        return Member(learner, "", found) if found else None

    def whose(self, log: Log) -> str | None:
        """The learner for whom the values of this attempt were drawn; ``None`` if for nobody in the class."""
        return self._seeds(log.lab, log.attempt).get(log.seed)

    def _drawn(self, lab: str, attempt: int) -> dict[str, str]:
        return {Member(it, "", found).seed(lab, attempt): it for it, found in self._keys.items()}


def flags(submission: Submission, labs: Sequence[tuple[str, Lab]], known: Class | None = None) -> Iterator[Flag]:
    """What should be looked at; with a class, also whether it is the learner's own."""
    filed = list(zip(submission.logs, submission.filings or (Filing(),) * len(submission.logs), strict=True))
    for kind, says, is_so in FILED:
        if found := [log for log, filing in filed if is_so(log, filing)]:
            yield Flag(kind, says.format(_places(found)))
    yield from _missing(submission)
    yield from _clock(submission)
    member = known.member(submission.learner.id) if known else None
    if known and member:
        yield from _signature(submission, member)
        drawing = {name for name, lab in labs if lab.template}
        yield from _variants([log for log in submission.logs if log.lab in drawing], known, member)


FILED: Final[tuple[tuple[Kind, str, Callable[[Log, Filing], bool]], ...]] = (
    (Kind.EDITED, "What was filed was changed afterwards: {}.", lambda _, filing: not filing.is_whole),
    (Kind.RECOVERED, "The journal was damaged and recovered: {}.", lambda _, filing: filing.seal.recovered),
    (
        Kind.UNSEALED,
        "Not all that was filed is sealed: {}.",
        lambda log, filing: bool(log.entries) and (not filing.seal.link or filing.seal.unsealed > 0),
    ),
)


def _missing(submission: Submission) -> Iterator[Flag]:
    """A journal never discards an attempt. Where the newest are missing, the one before does not fit its seal."""
    numbers: dict[str, set[int]] = {}
    for log in submission.logs:
        numbers.setdefault(log.lab, set()).add(log.attempt)
    lacking = [lab for lab, known in numbers.items() if known != set(range(1, len(known) + 1))]
    if lacking:
        more = f" and {len(lacking) - NAMED} more" if len(lacking) > NAMED else ""
        yield Flag(Kind.EDITED, f"Attempts are missing: at {', '.join(lacking[:NAMED])}{more}.")


def _signature(submission: Submission, member: Member) -> Iterator[Flag]:
    if submission.signature is None:
        yield Flag(Kind.UNSIGNED, "It is not signed: the learner had not joined the class.")
    elif not submission.signature.fits(member.key):
        yield Flag(Kind.SIGNATURE, "It was changed after it was signed, or somebody else's key signed it.")


def _variants(logs: Sequence[Log], known: Class, member: Member) -> Iterator[Flag]:
    foreign = [log for log in logs if log.seed != member.seed(log.lab, log.attempt)]
    others: dict[str | None, list[Log]] = {}
    for log in foreign[:TRIED]:
        others.setdefault(known.whose(log), []).append(log)
    nobodys = [*others.pop(None, ()), *foreign[TRIED:]]
    for learner, theirs in sorted(others.items(), key=lambda it: it[0] or ""):
        yield Flag(Kind.VARIANT, f"The values were drawn for {learner}: {_places(theirs)}.")
    if nobodys:
        yield Flag(Kind.UNBOUND, f"The values were drawn for nobody in this class: {_places(nobodys)}.")


def _clock(submission: Submission) -> Iterator[Flag]:
    if back := [log for log in submission.logs if _runs_backwards(log)]:
        yield Flag(Kind.CLOCK, f"The engine's clock was set back: {_places(back)}.")
    latest = max((_ended(entry) for log in submission.logs for entry in log.entries), default=0)
    if submission.submitted_at + SLACK < latest:
        yield Flag(Kind.CLOCK, "It was handed in before the last of what it contains, by its own clock.")


def _runs_backwards(log: Log) -> bool:
    """By the looks alone: an event may be told long after its time, as Podman tells a pull with the time it began."""
    latest = 0
    for look in log.looks:
        if look.end < latest - SET_BACK:
            return True
        latest = max(latest, look.end)
    return False


def _ended(entry: Entry) -> int:
    """When it ended, as the journal orders it; a look may have been extended since."""
    return entry.end if isinstance(entry, Look) else entry.at


def _places(logs: Sequence[Log]) -> str:
    named = ", ".join(f"attempt {log.attempt} at {log.lab}" for log in logs[:NAMED])
    return named if len(logs) <= NAMED else f"{named} and {len(logs) - NAMED} more"
