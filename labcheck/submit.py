"""Journal -> Submission -> a file: what a learner hands in, from what was filed. It works while the engine is off."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePath

import msgspec

from labcheck import __version__
from labcheck.errors import LabcheckError, OutputError, Refused
from labcheck.files import write_whole
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.lab import Lab, load
from labcheck.log import Head, Log
from labcheck.member import joined
from labcheck.owner import behind_sudo
from labcheck.plan import plan
from labcheck.redact import Redaction
from labcheck.submission import Filing, Learner, Submission
from labcheck.submission_file import decode, encode

ENDING = ".labcheck"


class Written(msgspec.Struct, frozen=True):
    """What was handed in, as whoever gets the file reads it; ``size`` is the file's, in bytes."""

    file: Path
    submission: Submission
    size: int


def submit(labs: Sequence[str] = (), learner: Learner | None = None, file: Path | None = None) -> Written:
    """Write all attempts at these labs (at every lab that was begun if none is named) to one file.

    Whoever has joined a class is the learner, and it is signed with their key. Raises :class:`UnknownName` for a lab
    that does not exist, :class:`Refused` if there is nothing to hand in, :class:`OutputError` if it cannot be written.
    """
    learner, key = _learner(learner or Learner())
    with Journal(journal_path()) as journal:
        data = encode(submission(journal, labs, learner, time.time_ns()), key)
    path = file or Path(_called(learner, labs))
    try:
        write_whole(path, data, owner=behind_sudo())
    except OSError as error:
        raise OutputError.at(path, error, "Choose another with -o.") from error
    return Written(path, decode(data), len(data))


def submission(journal: Journal, labs: Iterable[str], learner: Learner, at: int) -> Submission:
    """The same as a value. ``at`` is now, in nanoseconds."""
    begun = journal.labs()
    wanted = [load(name) for name in labs] or [lab for lab in map(_loaded, sorted(begun)) if lab]
    if missing := [lab.slug for lab in wanted if lab.slug not in begun]:
        raise Refused(f"There is no attempt at {missing[0]}.", "Begin it, or leave it out.")
    if not wanted:
        raise Refused("There is nothing to submit: no lab was begun.", "labcheck labs lists the labs.")
    names = {lab.slug: handed(lab.slug) for lab in wanted}
    if len({*names.values()}) < len(names):
        raise Refused("Two labs have files of the same name.", "Submit them one by one.")
    heads = [(lab.drawn(head.seed), head) for lab in wanted for head in journal.attempts(lab.slug)]
    redaction = Redaction({plan(lab).subject for lab, _ in heads})
    filed = [_filed(journal, head, names[head.lab]) for _, head in heads]
    return Submission(
        learner,
        at,
        {names[lab.slug]: lab.digest for lab in wanted},
        tuple(redaction.log(log) for log, _ in filed),
        __version__,
        tuple(filing for _, filing in filed),
        redaction.redacted,
    )


def handed(slug: str) -> str:
    """What a submission calls the lab: a file without its folders, which are nobody else's business."""
    return PurePath(slug).name


def _learner(named: Learner) -> tuple[Learner, bytes]:
    """Who hands it in, and their key; whoever has joined is not somebody else."""
    member = joined()
    if member is None:
        return named, b""
    if named.id not in {"", member.id}:
        raise Refused(
            f"This course belongs to {member.id}, who joined a class with it, not to {named.id}.",
            "Leave out --learner; or labcheck join with your own code.",
        )
    return Learner(member.id, named.name or member.name), member.key


def _filed(journal: Journal, head: Head, name: str) -> tuple[Log, Filing]:
    """The log of this attempt, under the name by which its lab is handed in, and how it was filed."""
    rows, seal = journal.as_filed(head)
    order = tuple(place.number for place, _ in rows)
    in_order = order == tuple(range(1, len(order) + 1))
    log = Log(name, head.began, tuple(entry for _, entry in rows), head.engine, head.attempt, seed=head.seed)
    return log, Filing(() if in_order else order, seal)


def _called(learner: Learner, labs: Iterable[str]) -> str:
    """The file's name: the learner's id and the labs that were named, as far as they can be part of one."""
    said = "-".join(filter(None, (learner.id, *(PurePath(lab).stem for lab in labs))))
    name = "".join(char if char.isascii() and (char.isalnum() or char in "-_.@") else "-" for char in said)
    return f"{name.strip('.-')[:100] or 'submission'}{ENDING}"


def _loaded(slug: str) -> Lab | None:
    """The lab; nothing if its file has gone since."""
    try:
        return load(slug)
    except LabcheckError:
        return None
