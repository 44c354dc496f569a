"""Mistakes with the engine itself."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.log import Log
from labcheck.query import EngineInfo
from labcheck.snapshot import Unknown
from labcheck.verdict import Fix

START = (
    "Start the Docker engine, or open the course, which has an engine of its own: labcheck start. "
    "labcheck doctor says what this machine lacks."
)


def _engine_not_running(_check: Check, log: Log) -> Explanation | None:
    info = log.now(EngineInfo())
    if not isinstance(info, Unknown):
        return None
    return Explanation(info.reason, Fix(advice=START))


DIAGNOSES = (Diagnosis("engine-not-running", "The Docker engine does not answer.", _engine_not_running),)
