"""Journal -> Submission: what a learner hands in, from what was filed. It works while the engine is off."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from msgspec.structs import replace

from labcheck import __version__
from labcheck.errors import LabcheckError, Refused
from labcheck.journal import Journal
from labcheck.lab import Lab, load
from labcheck.log import Log
from labcheck.submission import Learner, Submission


def submission(journal: Journal, labs: Iterable[str], learner: Learner, at: int) -> Submission:
    """All attempts at these labs, or at every lab that was begun if none is named. ``at`` is now, in nanoseconds.

    Raises :class:`UnknownName` for a lab that does not exist, :class:`Refused` if there is nothing to hand in.
    """
    begun = journal.labs()
    wanted = [load(name) for name in labs] or [lab for lab in map(_loaded, sorted(begun)) if lab]
    if missing := [lab.slug for lab in wanted if lab.slug not in begun]:
        raise Refused(f"There is no attempt at {missing[0]}.", "Begin it, or leave it out.")
    if not wanted:
        raise Refused("There is nothing to submit: no lab was begun.", "labcheck labs lists the labs.")
    names = {lab.slug: handed(lab.slug) for lab in wanted}
    if len({*names.values()}) < len(names):
        raise Refused("Two labs have files of the same name.", "Submit them one by one.")
    logs = tuple(_log(journal, lab, names[lab.slug]) for lab in wanted)
    digests = {names[lab.slug]: lab.digest for lab in wanted}
    return Submission(learner, at, digests, tuple(log for those in logs for log in those), __version__)


def handed(slug: str) -> str:
    """What a submission calls the lab: a file without its folders, which are nobody else's business."""
    return PurePath(slug).name


def _log(journal: Journal, lab: Lab, name: str) -> tuple[Log, ...]:
    return tuple(replace(journal.log(head), lab=name) for head in journal.attempts(lab.slug))


def _loaded(slug: str) -> Lab | None:
    """The lab; nothing if its file has gone since."""
    try:
        return load(slug)
    except LabcheckError:
        return None
