"""Whether this machine is ready for the course, and if not, what to do.

Look, conclude, advise: ``examine`` looks at all facts at once (``look.py``), concludes by rules what they mean
(``conclude.py``), and each conclusion says what to do. ``facts/`` has what is looked at and what is concluded from it,
beside each other. A problem is what keeps the course from running; so there are problems exactly where it cannot run.
What did not answer in time is "could not look", which is never "good", nor a problem. It mends nothing itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from labcheck.doctor.conclude import conclude
from labcheck.doctor.conclusion import Conclusion, State
from labcheck.doctor.look import look
from labcheck.doctor.machine import Machine
from labcheck.doctor.order import FACTS
from labcheck.doctor.system import system
from labcheck.observe.deadline import Deadline
from labcheck.observe.waiting import Tell

__all__ = ["examine", "exit_code"]

DEADLINE = 5.0


def examine(seconds: float = DEADLINE, tell: Tell | None = None) -> tuple[Conclusion, ...]:
    """Look at this machine for at most this many seconds, and conclude how it stands; the last one sums up.

    ``tell`` hears who takes long to answer.
    """
    here = system()
    return conclude(Machine(here, look(FACTS, here, Deadline(seconds), tell)))


def exit_code(conclusions: Sequence[Conclusion]) -> int:
    """0 if the course can run here, 1 if not, 3 if that could not be seen."""
    if any(it.state is State.PROBLEM for it in conclusions):
        return 1
    return 3 if conclusions[-1].state is State.UNSEEN else 0
