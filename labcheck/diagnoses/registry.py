"""Mistakes with the registry: nothing answers, or something else does."""

from __future__ import annotations

from labcheck.check import Check
from labcheck.checks import ImagePushed, RegistryAnswers
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.log import Log
from labcheck.name import domain, matches
from labcheck.query import ContainerList, Ping
from labcheck.snapshot import Absent, Found
from labcheck.verdict import Fix


def _registry_not_answering(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, RegistryAnswers | ImagePushed):
        return None
    address = check.domain if isinstance(check, RegistryAnswers) else domain(check.image)
    if not isinstance(log.now(Ping(address)), Absent):
        return None
    containers = log.now(ContainerList())
    if not isinstance(containers, Found):
        return None
    registries = [it for it in containers.value.listed if matches(it.image, "registry")]
    stopped = [it.name for it in registries if it.status == "exited"]
    if stopped:
        return Explanation(
            f"Nothing answers at {address}: the registry {stopped[0]} has stopped.",
            Fix((f"docker start {stopped[0]}",)),
        )
    if registries:
        return Explanation(
            f"Nothing answers at {address}, though the registry {registries[0].name} runs. "
            "It is published on another port, or it is still starting.",
            Fix((f"docker port {registries[0].name}",)),
        )
    return None


def _not_a_registry(check: Check, log: Log) -> Explanation | None:
    if not isinstance(check, RegistryAnswers):
        return None
    pong = log.now(Ping(check.domain))
    if not isinstance(pong, Found) or pong.value.is_registry:
        return None
    port = check.domain.rpartition(":")[2]
    server = f" It calls itself {pong.value.server}." if pong.value.server else ""
    return Explanation(
        f"Something answers at {check.domain}, but it is no registry.{server}",
        Fix((f"docker ps --filter publish={port}",)),
    )


DIAGNOSES = (
    Diagnosis("not-a-registry", "Something that is no registry holds the port.", _not_a_registry),
    Diagnosis("registry-not-answering", "Nothing answers at the registry's address.", _registry_not_answering),
)
