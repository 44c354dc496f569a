"""Another engine was chosen than the usual one, by ``DOCKER_HOST`` or by a context, and that is where it goes wrong."""

from __future__ import annotations

import re

from labcheck.diagnoses.engine import of_engine
from labcheck.diagnosis import Explanation
from labcheck.verdict import Fix

USUAL = "docker context use default"
UNSET = "unset DOCKER_HOST"


def _told_nowhere(match: re.Match[str]) -> Explanation:
    if address := match["address"] or match["remote"]:
        return Explanation(
            f"docker is told to use an engine at {address}, and none answers there. "
            "Probably the variable DOCKER_HOST says so, or docker context use did.",
            Fix((UNSET, USUAL)),
        )
    return Explanation(
        f"docker is told to use another engine than the usual one, and none answers at {match['place']}.",
        Fix((UNSET if match["context"] is None else USUAL,)),
    )


def _told_no_engine(match: re.Match[str]) -> Explanation:
    told = f"Something answers at {match['place']}, but it is" if match["place"] else "What docker is told to use is"
    return Explanation(
        f"{told} no Docker engine, or none that can be talked to. "
        "Probably the variable DOCKER_HOST leads there, or docker context use did.",
        Fix((UNSET, USUAL)),
    )


def _told_no_context(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"docker is told to use the context {match['name'] or match['ours']}, and there is none of that name. "
        "A context is a name for an engine; docker context ls lists them.",
        Fix(("unset DOCKER_CONTEXT", USUAL)),
    )


def _told_no_certificates(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "The variable DOCKER_TLS_VERIFY or DOCKER_CERT_PATH is set, so docker looks for certificates for the engine, "
        "and there are none.",
        Fix(("unset DOCKER_TLS_VERIFY DOCKER_CERT_PATH",)),
    )


DIAGNOSES = (
    of_engine(
        "context-unknown",
        "The Docker context that is chosen does not exist.",
        r'context "(?P<name>[^"]+)"(?:: context not found| is not found)'
        r"|The Docker context (?P<ours>\S+) (?:is chosen, but there is none of that name|cannot be read)",
        _told_no_context,
    ),
    of_engine(
        "chosen-engine-not-answering",
        "docker is told to use another engine, and none answers there.",
        # A socket called docker.sock is that of a product whose engine is not started; that has a name of its own.
        r"(?:Cannot connect to the Docker daemon|failed to connect to the docker API) at "
        r"(?P<address>(?:tcp|ssh)://\S+?|unix://\S+?(?<!/docker\.sock))(?:\. Is the|;)"
        r'|error during connect: [^\n]*"https?://(?P<remote>[\w.-]+(?::\d+)?)/'
        r"|(?:nothing answers at|there is no|cannot be reached at) (?P<place>\S+), where "
        r"(?:DOCKER_HOST|(?<!/docker\.sock, where )the Docker context (?P<context>\S+)) points",
        _told_nowhere,
    ),
    of_engine(
        "not-a-docker-engine",
        "What docker is told to use is no Docker engine.",
        r"Error response from daemon: (?:404 page not found|<)|unable to resolve docker endpoint: invalid bind address"
        r"|There is no Docker engine at (?P<place>\S+?)(?:, where [^:]*)?: something else"
        r"|in the place of the Docker engine is none"
        r"|labcheck cannot talk to a Docker engine at|The Docker engine does not say what it is",
        _told_no_engine,
    ),
    of_engine(
        "engine-certificates-missing",
        "docker looks for certificates for the engine, and there are none.",
        r"resolve docker endpoint: open \S+\.pem: no such file|DOCKER_CERT_PATH does not lead to the certificates"
        r"|DOCKER_TLS_VERIFY is set, but there are no certificates",
        _told_no_certificates,
    ),
)
