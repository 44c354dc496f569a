"""The mistakes people really make, grouped like the checks they explain.

A check that is not met is explained by the first diagnosis that recognises it, so within a group the specific
come before the general.
"""

from labcheck.check import Check
from labcheck.diagnoses import engine, registry, transfer
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.log import Log

DIAGNOSES: tuple[Diagnosis, ...] = (*engine.DIAGNOSES, *registry.DIAGNOSES, *transfer.DIAGNOSES)


def diagnose(check: Check, log: Log) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that is recognised, or ``None``."""
    for diagnosis in DIAGNOSES:
        if explanation := diagnosis.recognise(check, log):
            return diagnosis.name, explanation
    return None


__all__ = ["DIAGNOSES", "diagnose"]
