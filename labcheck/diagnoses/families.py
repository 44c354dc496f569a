"""All mistakes, by what they are about, in the order in which they are tried."""

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
from labcheck.diagnosis import Diagnosis

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

DIAGNOSES = tuple(diagnosis for family in FAMILIES.values() for diagnosis in family)
