"""Background tasks whose results are awaited only for a limited time.

They run in daemon threads: an executor would wait at interpreter exit for a server that never answers.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from threading import Event, Lock, Thread
from typing import Final, Generic, TypeVar

from labcheck.observe.deadline import Deadline

Answer = TypeVar("Answer")
Question = TypeVar("Question", bound=Hashable)

STUCK: Final = 0.05
"""After how many seconds without an answer one more thread is started for the remaining jobs."""


class Task(Thread, Generic[Answer]):
    """A job that has been started. The job must not raise."""

    def __init__(self, job: Callable[[], Answer]) -> None:
        super().__init__(name="labcheck-task", daemon=True)
        self._job = job
        self._answer: Answer | None = None
        self.start()

    def run(self) -> None:
        """Run the job; the thread calls this."""
        self._answer = self._job()

    def wait(self, seconds: float) -> Answer | None:
        """The result, or ``None`` if it did not come in time; it may be awaited again."""
        self.join(seconds)
        return self._answer


class TaskGroup(Generic[Question, Answer]):
    """Jobs that have been started: each server's jobs run in a few threads, and in more if one job blocks the others.

    ``servers`` are each server's jobs by query, with the number of threads to start with. The jobs must not raise.
    """

    def __init__(self, servers: Sequence[tuple[Mapping[Question, Callable[[], Answer]], int]]) -> None:
        self._left = [deque(jobs.items()) for jobs, _ in servers]
        self._asked = [question for jobs, _ in servers for question in jobs]
        self._missing = len(self._asked)
        self._answers: dict[Question, Answer] = {}
        self._lock = Lock()
        self._are_all_here = Event()
        for left, (jobs, threads) in zip(self._left, servers, strict=True):
            for _ in range(min(threads, len(jobs))):
                self._begin(left)

    def wait(self, deadline: Deadline) -> Mapping[Question, Answer]:
        """The results that came in time."""
        while self._missing and not deadline.is_over:
            missing = self._missing
            if not self._are_all_here.wait(min(STUCK, deadline.left)) and missing == self._missing:
                for left in self._left:
                    if left:
                        self._begin(left)
        with self._lock:
            return dict(self._answers)

    @property
    def unanswered(self) -> list[Question]:
        """What has not been answered yet."""
        with self._lock:
            return [question for question in self._asked if question not in self._answers]

    def _begin(self, left: deque[tuple[Question, Callable[[], Answer]]]) -> None:
        def work() -> None:
            while job := self._next(left):
                self._keep(job[0], job[1]())

        Task(work)

    def _next(self, left: deque[tuple[Question, Callable[[], Answer]]]) -> tuple[Question, Callable[[], Answer]] | None:
        with self._lock:
            return left.popleft() if left else None

    def _keep(self, question: Question, answer: Answer) -> None:
        with self._lock:
            self._answers[question] = answer
            self._missing -= 1
            if not self._missing:
                self._are_all_here.set()
