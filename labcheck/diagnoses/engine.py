"""The engine does not answer, or not everybody: as the docker command puts it, and as labcheck does.

Where labcheck could not look, it says why in a sentence, and that sentence is in the evidence. So one pattern
recognises both: what a learner pastes, and what nobody could see.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from labcheck.check import Check
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.past import Past
from labcheck.query import ContainerList, ContainerNamed, EngineInfo, ImageList, ImageNamed
from labcheck.snapshot import Unknown
from labcheck.verdict import Fix, Outcome

START = (
    "In the course the engine is started again by itself: wait a few seconds, then check again. If it stays so, press "
    "Ctrl-C where labcheck start was typed, and type labcheck start again. Elsewhere, open the course, which has an "
    "engine of its own: labcheck start. Or start the Docker engine (on Linux: sudo systemctl start docker; else open "
    "Docker Desktop). labcheck doctor says what this machine lacks."
)
DOCTOR = "labcheck doctor says more."


def of_engine(name: str, summary: str, pattern: str, told: Callable[[re.Match[str]], Explanation]) -> Diagnosis:
    """A mistake that shows in what the docker command prints, and in why labcheck could not look at the engine."""

    def recognise(check: Check, past: Past) -> Explanation | None:
        why = reason(check, past)
        match = re.search(pattern, why) if why else None
        return told(match) if match else None

    return Diagnosis(name, summary, recognise, pattern, told)


def reason(check: Check, past: Past) -> str:
    """Why the engine could not be looked at, or the empty string.

    Where it does not answer at all, that is the reason whatever else was seen: no command would help.
    """
    if past.saw_all:
        return ""
    if isinstance(info := past.now(EngineInfo()), Unknown):
        return info.reason
    of_it = (it for it in check.queries if isinstance(it, ContainerList | ContainerNamed | ImageList | ImageNamed))
    why = next((seen.reason for it in of_it if isinstance(seen := past.now(it), Unknown)), "")
    return why if why and check.judge(past).outcome is Outcome.INCONCLUSIVE else ""


def _told_forbidden(match: re.Match[str]) -> Explanation:
    place = match["place"] or match["socket"]
    return Explanation(
        f"The Docker engine runs, but you may not talk to it: only root and the group docker may use {place}.",
        Fix(
            advice="To join the group: sudo usermod -aG docker $USER. Then log out and in again. A JupyterLab that "
            f"runs must be started anew, too, not only its kernel. {DOCTOR}"
        ),
    )


def _told_not_running(match: re.Match[str]) -> Explanation:
    place = match["address"] or match["place"] or match["api"]
    where = f" at {place.rstrip('.')}" if place else ""
    return Explanation(f"The Docker engine is not running: nothing answers{where}.", Fix(advice=START))


def _told_broke_off(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The Docker engine went away in the middle of its answer. Probably it was stopped or started anew just now.",
        Fix(advice=f"Wait a few seconds, then check again. If it stays so, start the engine anew. {DOCTOR}"),
    )


def _told_silent(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"The Docker engine is there, but it did not answer within {match['seconds']} s. Probably it is very busy, "
        "or it hangs.",
        Fix(advice=f"Wait a little, then check again. If it stays so, start the engine anew. {DOCTOR}"),
    )


def _error(check: Check, past: Past) -> Explanation | None:
    why = reason(check, past)
    room = "Make room on its disk; docker system df shows what its things take. " if "no space left" in why else ""
    return Explanation(why, Fix(advice=f"{room}Start the engine anew, then check again. {DOCTOR}")) if why else None


DIAGNOSES = (
    of_engine(
        "permission-denied",
        "You may not talk to the Docker engine.",
        r"permission denied while trying to connect to the (?:Docker daemon socket|docker API)"
        r"(?: at (?:unix://)?(?P<socket>[^\s:]+))?"
        r"|You may not talk to the Docker engine: only root and the group docker may use (?P<place>.+)\.",
        _told_forbidden,
    ),
    of_engine(
        "engine-not-running",
        "The Docker engine does not answer.",
        r"Cannot connect to the Docker daemon(?: at (?P<address>\S+?)\.? Is)?"
        r"|failed to connect to the docker API at (?P<api>[^\s;]+)"
        r"|Error while fetching server API version: .*(?:FileNotFoundError|ConnectionRefusedError|No such file)"
        r"|open //\./pipe/\w+: The system cannot find the file|the docker daemon is not running"
        r"|The Docker engine is not running: (?:there is no|nothing answers at) (?P<place>.+)\.",
        _told_not_running,
    ),
    of_engine(
        "engine-broke-off",
        "The Docker engine went away in the middle of an answer.",
        r"The Docker engine broke (?:off in the middle of its answer|the connection off)"
        r"|(?:error during connect|Cannot connect)[^\n]*(?:EOF|connection reset by peer|broken pipe)",
        _told_broke_off,
    ),
    of_engine(
        "engine-not-answering",
        "The Docker engine is there, but it does not answer in time.",
        r"The Docker engine did not answer within (?P<seconds>[\d.]+) s",
        _told_silent,
    ),
    # The last: whatever else the engine says in place of an answer.
    Diagnosis("engine-error", "The Docker engine answers with an error of its own.", _error),
)
