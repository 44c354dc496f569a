"""Tasks in the background, whose results are waited for only so long.

In daemon threads: an executor would wait at exit for a server that never answers.
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
"""Seconds without an answer after which one more thread is started for what is left."""


class Task(Thread, Generic[Answer]):
    """A job that has been started; the job must not raise."""

    def __init__(self, job: Callable[[], Answer]) -> None:
        super().__init__(name="labcheck-task", daemon=True)
        self._job = job
        self._answer: Answer | None = None
        self.start()

    def run(self) -> None:
        """Ask; this is the thread's own work."""
        self._answer = self._job()

    def wait(self, seconds: float) -> Answer | None:
        """The answer, or ``None`` if it has not come in time; one may wait again."""
        self.join(seconds)
        return self._answer


class TaskGroup(Generic[Question, Answer]):
    """Jobs that have been started: each server's by a few threads, and by more where one job keeps the others waiting.

    ``servers`` are each server's jobs, by the question they answer, and how many threads begin with them. The jobs
    must not raise.
    """

    def __init__(self, servers: Sequence[tuple[Mapping[Question, Callable[[], Answer]], int]]) -> None:
        self._left = [deque(jobs.items()) for jobs, _ in servers]
        self._missing = sum(len(jobs) for jobs, _ in servers)
        self._answers: dict[Question, Answer] = {}
        self._lock = Lock()
        self._are_all_here = Event()
        for left, (jobs, threads) in zip(self._left, servers, strict=True):
            for _ in range(min(threads, len(jobs))):
                self._begin(left)

    def wait(self, deadline: Deadline) -> Mapping[Question, Answer]:
        """The answers that have come in time."""
        while self._missing and not deadline.is_over:
            missing = self._missing
            if not self._are_all_here.wait(min(STUCK, deadline.left)) and missing == self._missing:
                for left in self._left:
                    if left:
                        self._begin(left)
        with self._lock:
            return dict(self._answers)

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
