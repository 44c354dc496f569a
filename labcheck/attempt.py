"""An attempt at a lab: look, answer, report, reset. What the CLI, a notebook and a recorder all do.

It joins the verbs: observe, file, judge. Whoever looks, the log is one, so everybody's looks count.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Literal

import msgspec
from msgspec.structs import replace

from labcheck.document import whole
from labcheck.engine import BIRTH_LABEL, Event, Info
from labcheck.errors import FullDiskError, Refused
from labcheck.home import MARK, opening
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.journal.notice import notice
from labcheck.judge import reported
from labcheck.lab import Lab
from labcheck.leftovers import Leftovers, leftovers, unseen
from labcheck.log import Answered, Entry, Gap, Head, Look, Shown, event
from labcheck.observe import Cursor, Observation, Observer, RegistryCache, Replay
from labcheck.observe.deadline import LOOK
from labcheck.plan import Plan, plan
from labcheck.progress import Moment, Progress
from labcheck.query import EngineInfo
from labcheck.replay import replay as replayed
from labcheck.replay import start
from labcheck.report import Report
from labcheck.snapshot import Found, Unknown
from labcheck.wait import repeat

UNFILED = 0
"""The number of an attempt that is in no journal: there was no engine to begin it on."""
PATIENCE = 2.0
"""Seconds in which a look into the middle of a command is repeated, until it sees the end of it."""
TICK = 0.05
LONGEST_ANSWER = 1000
"""Letters; whatever is longer answers nothing that is asked."""
UNSURE = 1_000_000_000
"""Nanoseconds by which we may be wrong about the engine's clock, which it told when the look began."""


class Attempt:
    """The current attempt at a lab on the engine that is there; the first look begins one."""

    def __init__(self, lab: Lab, journal: Journal, observer: Observer, planned: Plan) -> None:
        self.lab = lab
        self.journal = journal
        self.observer = observer
        self.plan = planned
        self.progress = Progress(lab, journal)
        self.full: FullDiskError | None = None
        """Why the last look could not be filed, if that was so."""

    def look(self) -> Report:
        """Look at everything the lab asks about, file it, and say how the lab stands."""
        return self.judged(self.looked())

    def judged(self, moment: Moment) -> Report:
        """How the lab stands at this moment."""
        best = self.progress.best(moment) if moment.head.attempt != UNFILED else None
        return reported(self.lab, moment.standing, moment.head.attempt, best)

    def looked(self, cache: RegistryCache | None = None) -> Moment:
        """The attempt after one more look; after several, if the first ones saw the middle of a command.

        With the ``cache`` of a recorder, what it knows is not asked again. With a full disk the look counts, but is not
        filed, which is said once.
        """
        before = self.full
        moment = self._whole(cache)
        if self.full is not None and before is None:
            notice(f"This look is not filed. {self.full}")
        return moment

    def _whole(self, cache: RegistryCache | None = None) -> Moment:
        return repeat(partial(self._looked, cache), lambda moment: not moment.standing.torn, PATIENCE, every=TICK)

    def _looked(self, cache: RegistryCache | None) -> Moment:
        self.full = None
        filed = self.journal.filed()
        seen = self.observer.observe(self.plan.queries, cache)
        over = time.monotonic_ns()
        look = Look(seen.at, seen.until, seen.snapshot)
        head = self._head(seen)
        if head is None:
            return self._alone([look])
        replay = self.observer.events(self.cursor(head), seen)
        if isinstance(replay, Replay):
            now = seen.until + time.monotonic_ns() - over
            entries, cursor = in_order(look, _happened(replay, seen), now), _encoded(replay.cursor)
        else:
            entries, cursor = [look], None
        try:
            self.journal.append(head, entries, cursor, after=filed)
        except FullDiskError as full:
            self.full = full
            return self._unfiled(head, entries)
        return self.progress.now(head)

    def _unfiled(self, head: Head, entries: Sequence[Entry]) -> Moment:
        """The attempt with these entries, which there was no room to file."""
        moment, known = self.progress.now(head), self.journal.log(head).entries
        new = [entry for entry in entries if entry not in known]
        return replace(moment, standing=replayed(self.lab, moment.standing, new))

    def report(self) -> Report:
        """How the lab stands by the log as it is, without a look."""
        head = self.journal.current(self.lab.slug, "")
        return self.judged(self.progress.now(head) if head else self._alone([]))

    def answer(self, step_id: str, value: str) -> Report:
        """File the learner's answer to a step's question, and say how the lab stands."""
        step = self.lab.step(step_id)
        if step.question is None:
            questions = ", ".join(step.id for step in self.lab.steps if step.question)
            raise Refused(f"The step {step_id} asks no question.", f"The questions are: {questions}.")
        if len(value) > LONGEST_ANSWER:
            raise Refused(f"An answer has at most {LONGEST_ANSWER} letters.", "Answer with no more than what is asked.")
        return self.judged(self._filed(lambda at: Answered(at, step_id, value)))

    def shown(self, step_id: str, what: Literal["hint", "solution"]) -> str:
        """The step's next hint, after the last one that again, or its solution; that it was shown is filed.

        Raises :class:`Refused` where there is none.
        """
        step = self.lab.step(step_id)
        if what == "hint" and not step.hints:
            raise Refused(f"The step {step_id} has no hint.", "Its check says what it wants.")
        if what == "solution" and not step.solution:
            raise Refused(f"The step {step_id} has no commands to show: it asks a question.", "Its hint may help.")
        moment = self._filed(lambda at: Shown(at, step_id, what))
        if what == "solution":
            return step.solution
        number = sum((it.step, it.what) == (step_id, "hint") for it in moment.standing.shown)
        return step.hints[min(number, len(step.hints)) - 1]

    def leftovers(self) -> Leftovers:
        """What the lab made and is still there. Raises :class:`Refused` where the engine does not answer.

        And :class:`FullDiskError` where a new attempt could not be filed: nothing is to be removed then.
        """
        past = self._whole().past
        if self.full is not None:
            raise self.full
        info = past.now(EngineInfo())
        if isinstance(info, Unknown):
            raise Refused(f"Nothing can be reset. {info.reason}", f"labcheck check {self.lab.typed} says what to do.")
        if reason := unseen(past):
            raise Refused(
                f"It cannot be seen what there is to remove. {reason}", "Try again; labcheck doctor says more."
            )
        return leftovers(past, self.plan.subject)

    def reset(self, leftovers: Leftovers) -> Head:
        """Remove these, and begin anew."""
        if leftovers:
            from labcheck.remove import remove  # noqa: PLC0415 - the sandbox's modules; a look needs none

            where = self.observer.endpoint
            remove(leftovers, where.options if where else {})
        seen = self.observer.observe(self.plan.queries)
        identity = seen.info.value.identity if isinstance(seen.info, Found) else ""
        return self.journal.begin(self.lab.slug, engine=identity, began=seen.at)

    def _filed(self, entry: Callable[[int], Entry]) -> Moment:
        """The attempt after a look and one more entry, at the look's time."""
        moment = self._whole()
        if self.full is not None:
            raise self.full
        if moment.head.attempt == UNFILED or moment.past.look is None:
            raise Refused(
                "There is no attempt to file this in, because the Docker engine does not answer.",
                f"Start the engine, then type labcheck check {self.lab.typed}.",
            )
        self.journal.append(moment.head, [entry(moment.past.look.until)])
        return self.progress.now(moment.head)

    def _head(self, seen: Observation) -> Head | None:
        """The attempt this look belongs to; ``None`` where there is no engine to have one on."""
        if not isinstance(seen.info, Found):
            return self.journal.current(self.lab.slug, "")
        info = seen.info.value
        _refuse_another(info)
        try:
            return self.journal.join(self.lab.slug, engine=info.identity, began=_began(info, seen.at))
        except FullDiskError as full:
            self.full = full
            return None

    def _alone(self, entries: list[Entry]) -> Moment:
        """These entries, which are filed nowhere."""
        began = entries[0].at if entries else 0
        standing = replayed(self.lab, start(self.lab, began), entries)
        return Moment(Head(self.lab.slug, UNFILED, "", began), standing)

    def cursor(self, head: Head) -> Cursor:
        """Up to where the engine's events are filed."""
        filed = self.journal.cursor(head)
        try:
            return msgspec.json.decode(filed, type=Cursor) if filed else Cursor(head.began)
        except msgspec.MsgspecError:
            return Cursor(head.began)  # its events are filed once, however often they are read


@contextmanager
def opened(lab: Lab, *, timeout: float = LOOK) -> Iterator[Attempt]:
    """The current attempt at the lab, with the course's journal and the engine that is there."""
    planned = plan(lab)
    with Journal(journal_path()) as journal, Observer(planned.subject, timeout=timeout) as observer:
        yield Attempt(lab, journal, observer, planned)


def _refuse_another(info: Info) -> None:
    """Inside the course only its own engine counts: what is looked at elsewhere would begin the labs anew."""
    own = os.environ.get(MARK)
    if own and info.identity != own:
        raise Refused(
            "Here docker talks to another engine than the course's own, so nothing was looked at.",
            "To use the course's: unset DOCKER_HOST DOCKER_CONTEXT; docker context use default\n"
            f"If it stays so: press Ctrl-C where the course was opened, and type {opening()} again.",
        )


def _began(info: Info, now: int) -> int:
    """An attempt in the course's own engine began at that engine's birth: all that happened there is the learner's."""
    birth = whole(info.label(BIRTH_LABEL))
    return now if birth is None else birth


def _happened(replay: Replay, seen: Observation) -> list[Entry]:
    first = Event(replay.documents[0]).at if replay.documents else seen.at
    gap: list[Entry] = [Gap(first)] if replay.gap else []
    return gap + [event(document) for document in replay.documents]


def in_order(look: Look, happened: list[Entry], now: int) -> list[Entry]:
    """The look in its place among what happened before, while and after it, by the engine's clock at this moment.

    What happened while the look went on stands before it. What is much later than now happened before the clock was
    set back.
    """
    latest = now + UNSURE
    place = next((at for at, entry in enumerate(happened) if look.until < entry.at <= latest), len(happened))
    return [*happened[:place], look, *happened[place:]]


def _encoded(cursor: Cursor) -> str:
    return msgspec.json.encode(cursor).decode()
