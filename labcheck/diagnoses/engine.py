"""The engine does not answer, or not everybody: as the docker command puts it, and as labcheck found.

What a learner pastes is recognised by docker's words; where labcheck could not look itself, by the cause of that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias, TypeVar, overload

from labcheck.cause import (
    Cause,
    Disconnected,
    DiskFull,
    EngineNotRunning,
    IncompleteAnswer,
    PermissionDenied,
    TimedOut,
)
from labcheck.check import Check
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed
from labcheck.snapshot import Unknown
from labcheck.verdict import Fix, Outcome

A = TypeVar("A", bound=Cause)
B = TypeVar("B", bound=Cause)
Recognise: TypeAlias = Callable[[Check, Past], Explanation | None]

START = (
    "In the course the engine is started again by itself: wait a few seconds, then check again. If it stays so, press "
    "Ctrl-C where labcheck start was typed, and type labcheck start again. Elsewhere, open the course, which has an "
    "engine of its own: labcheck start. Or start the Docker engine (on Linux: sudo systemctl start docker; else open "
    "Docker Desktop). labcheck doctor says what this machine lacks."
)
DOCTOR = "labcheck doctor says more."


@overload
def of_cause(a: type[A], /, *, explained: Callable[[A], Explanation | None]) -> Recognise: ...
@overload
def of_cause(a: type[A], b: type[B], /, *, explained: Callable[[A | B], Explanation | None]) -> Recognise: ...
def of_cause(*kinds: type[object], explained: Callable[..., Explanation | None]) -> Recognise:
    """Recognises why the engine could not be looked at, where it is one of these causes."""

    def recognise(check: Check, past: Past) -> Explanation | None:
        unknown = unseen(check, past)
        return explained(unknown.cause) if unknown and isinstance(unknown.cause, kinds) else None

    return recognise


def unseen(check: Check, past: Past) -> Unknown | None:
    """Why the engine could not be looked at, or ``None``.

    Where it does not answer at all, that is the reason whatever else was seen: no command would help.
    """
    if past.saw_all:
        return None
    if isinstance(info := past.now(EngineInfo()), Unknown):
        return info
    of_it = (it for it in check.queries if isinstance(it, ContainerList | ContainerNamed | ImageList | ImageNamed))
    unknown = next((seen for it in of_it if isinstance(seen := past.now(it), Unknown)), None)
    return unknown if unknown and check.judge(past).outcome is Outcome.INCONCLUSIVE else None


def _forbidden(place: str) -> Explanation:
    return Explanation(
        f"The Docker engine runs, but you may not talk to it: only root and the group docker may use {place}.",
        Fix(
            advice="To join the group: sudo usermod -aG docker $USER. Then log out and in again. A JupyterLab that "
            f"runs must be started anew, too, not only its kernel. {DOCTOR}"
        ),
    )


def _not_running(place: str) -> Explanation:
    where = f" at {place.rstrip('.')}" if place else ""
    return Explanation(f"The Docker engine is not running: nothing answers{where}.", Fix(advice=START))


def _broke_off(_seen: object) -> Explanation:
    return Explanation(
        "The Docker engine went away in the middle of its answer. Probably it was stopped or started anew just now.",
        Fix(advice=f"Wait a few seconds, then check again. If it stays so, start the engine anew. {DOCTOR}"),
    )


def _silent(cause: TimedOut) -> Explanation:
    return Explanation(
        f"The Docker engine is there, but it did not answer within {cause.seconds:g} s. Probably it is very busy, "
        "or it hangs.",
        Fix(advice=f"Wait a little, then check again. If it stays so, start the engine anew. {DOCTOR}"),
    )


def _error(check: Check, past: Past) -> Explanation | None:
    unknown = unseen(check, past)
    if unknown is None:
        return None
    is_full = isinstance(unknown.cause, DiskFull)
    room = "Make room on its disk; docker system df shows what its things take. " if is_full else ""
    return Explanation(unknown.reason, Fix(advice=f"{room}Start the engine anew, then check again. {DOCTOR}"))


DIAGNOSES = (
    Diagnosis(
        "permission-denied",
        "You may not talk to the Docker engine.",
        of_cause(PermissionDenied, explained=lambda cause: _forbidden(str(cause.where))),
        r"permission denied while trying to connect to the (?:Docker daemon socket|docker API)"
        r"(?: at (?:unix://)?(?P<socket>[^\s:]+))?",
        lambda match: _forbidden(match["socket"] or "its socket"),
    ),
    Diagnosis(
        "engine-not-running",
        "The Docker engine does not answer.",
        of_cause(EngineNotRunning, explained=lambda cause: _not_running(str(cause.where))),
        r"Cannot connect to the Docker daemon(?: at (?P<address>\S+?)\.? Is)?"
        r"|failed to connect to the docker API at (?P<api>[^\s;]+)"
        r"|Error while fetching server API version: .*(?:FileNotFoundError|ConnectionRefusedError|No such file)"
        r"|open //\./pipe/\w+: The system cannot find the file|the docker daemon is not running",
        lambda match: _not_running(match["address"] or match["api"] or ""),
    ),
    Diagnosis(
        "engine-broke-off",
        "The Docker engine went away in the middle of an answer.",
        of_cause(Disconnected, IncompleteAnswer, explained=_broke_off),
        r"(?:error during connect|Cannot connect)[^\n]*(?:EOF|connection reset by peer|broken pipe)",
        _broke_off,
    ),
    Diagnosis(
        "engine-not-answering",
        "The Docker engine is there, but it does not answer in time.",
        of_cause(TimedOut, explained=_silent),
    ),
    # The last: whatever else the engine says in place of an answer.
    Diagnosis("engine-error", "The Docker engine answers with an error of its own.", _error),
)
