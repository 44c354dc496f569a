"""The mistakes people really make, grouped like the checks they explain.

A check that is not met is explained by the first diagnosis that recognises it, so within a group the specific
come before the general.
"""

from labcheck.check import Check
from labcheck.diagnoses import (
    addresses,
    api,
    certificates,
    chosen,
    commands,
    configuration,
    connection,
    containers,
    engine,
    holders,
    images,
    manifests,
    names,
    notes,
    passwords,
    policies,
    ports,
    proxies,
    refusals,
    registry,
    removals,
    replies,
    schemes,
    settings,
    shells,
    transfer,
    versions,
)
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.errors import UnknownName
from labcheck.past import Past

FAMILIES: dict[str, tuple[Diagnosis, ...]] = {
    "The engine and the docker command": (
        *chosen.DIAGNOSES,
        *versions.DIAGNOSES,
        *engine.DIAGNOSES,
        *configuration.DIAGNOSES,
        *proxies.DIAGNOSES,
        *shells.DIAGNOSES,
    ),
    "A container and its ports": (
        *holders.DIAGNOSES,
        *ports.DIAGNOSES,
        *containers.DIAGNOSES,
        *policies.DIAGNOSES,
        *commands.DIAGNOSES,
    ),
    "The registry": (
        *addresses.DIAGNOSES,
        *registry.DIAGNOSES,
        *certificates.DIAGNOSES,
        *connection.DIAGNOSES,
    ),
    "Removing": (*images.DIAGNOSES, *removals.DIAGNOSES),
    "Names and tags": names.DIAGNOSES,
    "What a registry says to curl": api.DIAGNOSES,
    "Push and pull": (
        *transfer.DIAGNOSES,
        *replies.DIAGNOSES,
        *passwords.DIAGNOSES,
        *schemes.DIAGNOSES,
        *manifests.DIAGNOSES,
    ),
    "What docker refuses": refusals.DIAGNOSES,
    "The registry's settings": settings.DIAGNOSES,
    "Notes": notes.DIAGNOSES,
}
"""The mistakes by what they are about, in the order in which they are tried."""

LONGEST = 20_000
"""Characters of a message that are understood, from its end, where the trouble stands: time goes by their square."""

DIAGNOSES = tuple(diagnosis for family in FAMILIES.values() for diagnosis in family)


def diagnose(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that is recognised, or ``None``."""
    return _recognised(check, past, notes=False)


def note(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the text of what is worth knowing of a check that is met, or ``None``."""
    return _recognised(check, past, notes=True)


def _recognised(check: Check, past: Past, *, notes: bool) -> tuple[str, Explanation] | None:
    for diagnosis in DIAGNOSES:
        if diagnosis.is_note is notes and (explanation := diagnosis.recognise(check, past)):
            return diagnosis.name, explanation
    return None


def explain(text: str) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that shows in what a command printed, or ``None``."""
    text = text[-LONGEST:]
    for diagnosis in DIAGNOSES:
        if explanation := diagnosis.explain(text):
            return diagnosis.name, explanation
    return None


def named(name: str) -> Diagnosis:
    """The diagnosis of this name. Raises :class:`UnknownName`, with the names that are near it."""
    for diagnosis in DIAGNOSES:
        if diagnosis.name == name:
            return diagnosis
    names = [diagnosis.name for diagnosis in DIAGNOSES]
    raise UnknownName(f"There is no diagnosis called {name}.", name, names, "labcheck explain lists all.")


__all__ = ["DIAGNOSES", "FAMILIES", "LONGEST", "diagnose", "explain", "named", "note"]
