"""The docker command, labcheck and the engine have no version of Docker's API in common."""

from __future__ import annotations

import re

from labcheck.cause import EngineTooOld, NoCommonApi
from labcheck.diagnoses.engine import DOCTOR, of_cause
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

UNSET = "unset DOCKER_API_VERSION"


def _told_too_old(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"What you typed speaks version {match['client']} of the engine's language, its API, and this engine wants "
        f"{match['least']} or newer. Probably the variable DOCKER_API_VERSION says so, or the program is old.",
        Fix((UNSET,), "Then try again. If it stays so, update the docker command."),
    )


def _told_too_new(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"docker was told to speak version {match['client']} of the engine's language, its API, and this engine "
        f"knows none newer than {match['most']}. Probably the variable DOCKER_API_VERSION says so.",
        Fix((UNSET,)),
    )


def _old_engine(_cause: EngineTooOld) -> Explanation:
    return Explanation(
        "This Docker engine is older than labcheck can talk to. It needs Docker 20.10 or newer.",
        Fix(advice=f"Update Docker, or open the course, which has an engine of its own: labcheck start. {DOCTOR}"),
    )


def _new_engine(_cause: NoCommonApi) -> Explanation:
    return Explanation(
        "This Docker engine is newer than this labcheck, and the two no longer have a language in common.",
        Fix(advice=f"Update labcheck. {DOCTOR}"),
    )


DIAGNOSES = (
    Diagnosis(
        "api-too-old",
        "The docker command is too old for the engine.",
        message=(
            r"client version (?P<client>[\d.]+) is too old\. Minimum supported API version is (?P<least>\d+\.\d+)"
        ),
        told=_told_too_old,
    ),
    Diagnosis(
        "api-too-new",
        "A newer version of Docker's API was asked for than the engine knows.",
        message=r"client version (?P<client>[\d.]+) is too new\. Maximum supported API version is (?P<most>\d+\.\d+)",
        told=_told_too_new,
    ),
    Diagnosis(
        "engine-too-old",
        "The Docker engine is too old for labcheck.",
        of_cause(EngineTooOld, explained=_old_engine),
    ),
    Diagnosis(
        "engine-too-new",
        "The Docker engine is too new for labcheck.",
        of_cause(NoCommonApi, explained=_new_engine),
    ),
)
