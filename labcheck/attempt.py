"""An attempt at a lab: look, answer, report, reset. What the CLI, a notebook and a recorder all do.

It ties the steps together: observe, file, judge. There is one log, so everybody's looks count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from labcheck.errors import FullDiskError, Refused
from labcheck.filing import Asking, file
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.journal.notice import notice
from labcheck.judge import reported
from labcheck.lab import Lab, Step
from labcheck.log import Answered, Entry, Head, Shown
from labcheck.observe import Observer, RegistryCache, Tell
from labcheck.observe.deadline import LOOK
from labcheck.plan import Plan, follow_up, plan
from labcheck.progress import Moment, Progress
from labcheck.query import EngineInfo, Query
from labcheck.question import Question
from labcheck.replay import replay as replayed
from labcheck.replay import start
from labcheck.report import Report
from labcheck.sight import Sight
from labcheck.snapshot import Found, Unknown
from labcheck.standing import Standing
from labcheck.wait import repeat

if TYPE_CHECKING:
    from labcheck.leftovers import Leftovers

UNFILED = 0
"""The number of an attempt that is not in the journal, because there was no engine to start it on."""
PATIENCE = 2.0
"""For how many seconds a look that falls into the middle of a command is repeated, until the command has ended."""
TICK = 0.05
LONGEST_ANSWER = 1000
"""Characters; no question has a longer answer."""


class Attempt:
    """The current attempt at a lab on the current engine; the first look starts one."""

    def __init__(self, lab: Lab, journal: Journal, observer: Observer, planned: Plan) -> None:
        self.journal, self.observer = journal, observer
        self.progress = Progress(lab, journal)
        self.lab, self.plan, self._queries = lab, planned, frozenset[Query](planned.queries)
        if lab.template and (head := journal.current(lab.slug)):
            self._turn(head)
        self.full: FullDiskError | None = None
        """Why the last look could not be filed; ``None`` if it was."""

    def look(self) -> Report:
        """Look at everything the lab asks about, file it, and say how the lab stands."""
        return self.judged(self.looked())

    def judged(self, moment: Moment) -> Report:
        """How the lab stands at this moment."""
        best = self.progress.best(moment) if moment.head.attempt != UNFILED else None
        return reported(self.lab, moment.standing, moment.head.attempt, best)

    def looked(self, cache: RegistryCache | None = None) -> Moment:
        """The attempt after one more look; after several, if the first ones saw the middle of a command.

        With a recorder's ``cache``, what it already knows is not asked again. If the disk is full, the look counts but
        is not filed, and the learner is told once.
        """
        before = self.full
        moment = self._whole(cache)
        if self.full is not None and before is None:
            notice(f"This look was not filed. {self.full}")
        return moment

    def _whole(self, cache: RegistryCache | None = None) -> Moment:
        return repeat(partial(self._looked, cache), self._is_whole, PATIENCE, every=TICK)

    def _is_whole(self, moment: Moment) -> bool:
        return not moment.standing.torn and self._queries.issuperset(follow_up(self.lab, moment.past))

    def queries(self) -> frozenset[Query]:
        """What to look at now: what the plan says, and what was led to by what was seen."""
        if self.plan.follows:
            head = self.journal.current(self.lab.slug)
            led_to = follow_up(self.lab, self.progress.now(head).past) if head else ()
            self._queries = frozenset((*self.plan.queries, *led_to))
        return self._queries

    def _looked(self, cache: RegistryCache | None) -> Moment:
        planned = self.plan
        head, entries = self._file(Sight(self.journal, self.observer, self.queries(), cache))
        if self.plan is not planned:  # it looked for what another attempt's seed draws
            return self._looked(cache)
        if head is None:
            return self._alone(entries)
        return self.progress.now(head) if self.full is None else self._unfiled(head, entries)

    @property
    def asking(self) -> Asking:
        """What the lab asks, as the current attempt draws it."""
        return Asking(self.lab.slug, self._queries, self._turn)

    def _file(self, sight: Sight) -> tuple[Head | None, list[Entry]]:
        """File what was seen and what had happened; ``None`` where there is no attempt to file it in."""
        (filed,) = file([self.asking], self.journal, sight)
        self.full = filed.full
        return filed.head, filed.entries

    def _unfiled(self, head: Head, entries: Sequence[Entry]) -> Moment:
        """The attempt including these entries, which could not be filed because the disk is full."""
        moment, known = self.progress.now(head), self.journal.log(head).entries
        new = [entry for entry in entries if entry not in known]
        return replace(moment, standing=replayed(self.lab, moment.standing, new))

    def report(self) -> Report:
        """How the lab stands according to the log, without looking."""
        head = self.journal.current(self.lab.slug, "")
        if head is None:
            return self.judged(self._alone([]))
        self._turn(head)
        return self.judged(self.progress.now(head))

    def answer(self, step_id: str, value: str) -> Report:
        """File the learner's answer to a step's question, and say how the lab stands."""
        self.question(step_id)
        if len(value) > LONGEST_ANSWER:
            raise Refused(f"An answer has at most {LONGEST_ANSWER} characters.", "Give only what is asked for.")
        return self.judged(self._filed(lambda at: Answered(at, step_id, value)))

    def question(self, step_id: str) -> Question:
        """What the step asks. Raises :class:`Refused` if it asks nothing."""
        question = self.lab.step(step_id).question
        if question is None:
            questions = ", ".join(step.id for step in self.lab.steps if step.question)
            raise Refused(f"The step {step_id} asks no question.", f"The questions are: {questions}.")
        return question

    def shown(self, step_id: str, what: Literal["hint", "solution"]) -> str:
        """The step's next hint (or the last one again), or its solution. The log records that it was shown.

        Raises :class:`Refused` if there is none.
        """
        step = self.lab.step(step_id)
        if what == "hint" and not step.hints:
            raise Refused(f"The step {step_id} has no hint.", "Its check says what is expected.")
        if what == "solution" and not step.solution:
            raise Refused(f"The step {step_id} has no commands to show: it asks a question.", "Its hint may help.")
        moment = self._filed(lambda at: Shown(at, step_id, what))
        step = self.lab.step(step_id)  # as this attempt draws it
        if what == "solution":
            return step.solution
        number = sum((it.step, it.what) == (step_id, "hint") for it in moment.standing.shown)
        return step.hints[min(number, len(step.hints)) - 1]

    def cost(self, step_id: str, what: Literal["hint", "solution"]) -> int:
        """How many points showing that would take from the step now: nothing once it is done."""
        step = self.lab.step(step_id)
        if not self.lab.costs:
            return 0
        head = self.journal.current(self.lab.slug, "")
        now = self.progress.now(head).standing if head else start(self.lab, 0)
        then = replayed(self.lab, now, [Shown(now.past.at, step_id, what)])
        return then.cost(self.lab, step) - now.cost(self.lab, step)

    def play(self, step_id: str) -> None:
        """File that the step's solution is played for the learner now: unless the step is done, it gives no points."""
        self._filed(lambda at: Shown(at, step_id, "played"))

    def leftovers(self) -> Leftovers:
        """What the lab made and is still there. Raises :class:`Refused` if the engine does not answer.

        Raises :class:`FullDiskError` if a new attempt could not be filed: then nothing must be removed.
        """
        from labcheck.leftovers import leftovers, unseen  # noqa: PLC0415 - only a reset needs it

        past = self._whole().past
        if self.full is not None:
            raise self.full
        info = past.now(EngineInfo())
        if isinstance(info, Unknown):
            raise Refused(f"Nothing can be reset. {info.reason}", f"labcheck check {self.lab.typed} tells you more.")
        if reason := unseen(past):
            raise Refused(
                f"labcheck cannot see what there is to remove. {reason}", "Try again; labcheck doctor tells you more."
            )
        return leftovers(past, self.plan.subject)

    def remove(self, leftovers: Leftovers) -> None:
        """Remove these, and go on with the attempt. A step that is done by this alone is filed as played."""
        if not leftovers:
            return
        with self.journal.removing():
            self._remove(leftovers)
            if head := self.journal.current(self.lab.slug, leftovers.engine):
                before = self.progress.now(head).standing
                after = repeat(partial(self._unfiled_after, before), lambda it: not it.torn, PATIENCE, every=TICK)
                at = before.past.look.until if before.past.look else head.began
                new = [step.id for step in self.lab.steps if step.checks and _gained(self.lab, step, before, after)]
                self.journal.append(head, [Shown(at, step, "played") for step in new])

    def _unfiled_after(self, before: Standing) -> Standing:
        """How it stands after one more look, while nobody's is filed."""
        _, entries = self._file(Sight(self.journal, self.observer, self.queries(), None))
        return replayed(self.lab, before, entries)

    def reset(self, leftovers: Leftovers) -> Head:
        """Remove these and start a new attempt. Nobody's look in between counts."""
        with self.journal.removing():
            self._remove(leftovers)
            seen = self.observer.observe(self.plan.queries)
            identity = seen.info.value.identity if isinstance(seen.info, Found) else ""
            return self.journal.begin(self.lab.slug, engine=identity, began=seen.at)

    def _remove(self, leftovers: Leftovers) -> None:
        if leftovers:
            from labcheck.remove import remove  # noqa: PLC0415 - loads the SDK, which only a reset needs

            where = self.observer.endpoint
            remove(leftovers, where.options if where else {})

    def _turn(self, head: Head) -> bool:
        """Have the lab as this attempt draws it; whether it is another lab than before."""
        lab = self.progress.drawn(head)
        if lab.seed == self.lab.seed:
            return False
        self.lab, self.plan = lab, plan(lab)
        self._queries = frozenset(self.plan.queries)
        self.observer.add(self.plan.subject)
        return True

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

    def _alone(self, entries: list[Entry]) -> Moment:
        """These entries as a log, without filing them."""
        began = entries[0].at if entries else 0
        standing = replayed(self.lab, start(self.lab, began), entries)
        return Moment(Head(self.lab.slug, UNFILED, "", began), standing)


def _gained(lab: Lab, step: Step, before: Standing, after: Standing) -> bool:
    """Whether the step was done, or some of its points were earned, between these two."""
    is_done = step.id in after.done and step.id not in before.done
    return is_done or after.points(lab, step) > before.points(lab, step)


@contextmanager
def opened(lab: Lab, *, timeout: float = LOOK, tell: Tell | None = None) -> Iterator[Attempt]:
    """The current attempt at the lab, with the course's journal and the current engine.

    ``tell`` hears what a look that takes long waits for.
    """
    planned = plan(lab)
    with Journal(journal_path()) as journal, Observer(planned.subject, timeout=timeout, tell=tell) as observer:
        yield Attempt(lab, journal, observer, planned)
