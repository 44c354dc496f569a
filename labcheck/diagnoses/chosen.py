"""Another engine was chosen than the usual one, by ``DOCKER_HOST`` or by a context, and that is where it goes wrong."""

from __future__ import annotations

import re

from labcheck.cause import (
    CertificatesNotFound,
    ContextNotFound,
    ContextUnreadable,
    EngineNotRunning,
    EngineUnreachable,
    NotAnEngine,
)
from labcheck.diagnoses.engine import of_cause
from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

USUAL = "docker context use default"
UNSET = "unset DOCKER_HOST"
PRODUCT = "/docker.sock"
"""So ends the socket of a product whose engine is not started; that has a name of its own."""


def _nowhere(cause: EngineNotRunning | EngineUnreachable) -> Explanation | None:
    where = cause.where
    if not where.chosen_by or (where.context and where.place.endswith(PRODUCT)):
        return None
    return Explanation(
        f"docker is told to use another engine than the usual one, and none answers at {where.place}.",
        Fix((USUAL if where.context else UNSET,)),
    )


def _told_nowhere(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"docker is told to use an engine at {match['address'] or match['remote']}, and none answers there. "
        "Probably the variable DOCKER_HOST says so, or docker context use did.",
        Fix((UNSET, USUAL)),
    )


def _no_engine(place: str = "") -> Explanation:
    told = f"Something answers at {place}, but it is" if place else "What docker is told to use is"
    return Explanation(
        f"{told} no Docker engine, or none that can be talked to. "
        "Probably the variable DOCKER_HOST leads there, or docker context use did.",
        Fix((UNSET, USUAL)),
    )


def _context(cause: ContextNotFound | ContextUnreadable) -> Explanation:
    wrong = "there is none of that name" if isinstance(cause, ContextNotFound) else "that cannot be read"
    return Explanation(
        f"docker is told to use the context {cause.name}, and {wrong}. "
        "A context is a name for an engine; docker context ls lists them.",
        Fix(("unset DOCKER_CONTEXT", USUAL)),
    )


def _no_certificates(_seen: object) -> Explanation:
    return Explanation(
        "The variable DOCKER_TLS_VERIFY or DOCKER_CERT_PATH is set, so docker looks for certificates for the engine, "
        "and there are none.",
        Fix(("unset DOCKER_TLS_VERIFY DOCKER_CERT_PATH",)),
    )


DIAGNOSES = (
    Diagnosis(
        "context-unknown",
        "The Docker context that is chosen does not exist.",
        of_cause(ContextNotFound, ContextUnreadable, explained=_context),
        r'context "(?P<name>[^"]+)"(?:: context not found| is not found)',
        lambda match: _context(ContextNotFound(match["name"])),
    ),
    Diagnosis(
        "chosen-engine-not-answering",
        "docker is told to use another engine, and none answers there.",
        of_cause(EngineNotRunning, EngineUnreachable, explained=_nowhere),
        r"(?:Cannot connect to the Docker daemon|failed to connect to the docker API) at "
        rf"(?P<address>(?:tcp|ssh)://\S+?|unix://\S+?(?<!{PRODUCT}))(?:\. Is the|;)"
        r'|error during connect: [^\n]*"https?://(?P<remote>[\w.-]+(?::\d+)?)/',
        _told_nowhere,
    ),
    Diagnosis(
        "not-a-docker-engine",
        "What docker is told to use is no Docker engine.",
        of_cause(NotAnEngine, explained=lambda cause: _no_engine(cause.where.place if cause.where else "")),
        r"Error response from daemon: (?:404 page not found|<)|unable to resolve docker endpoint: invalid bind address",
        lambda _: _no_engine(),
    ),
    Diagnosis(
        "engine-certificates-missing",
        "docker looks for certificates for the engine, and there are none.",
        of_cause(CertificatesNotFound, explained=_no_certificates),
        r"resolve docker endpoint: open \S+\.pem: no such file",
        _no_certificates,
    ),
)
