"""The environment variables of a sandbox's commands: none of them points to another engine.

A pure function of the user's own environment. It keeps what has nothing to do with engines.
"""

from __future__ import annotations

from collections.abc import Mapping

from labcheck import loopback
from labcheck.home import JOURNAL, MARK
from labcheck.sandbox import places

LOOPBACK = (*loopback.NAMES, places.MIRROR_HOST, places.REGISTRY_HOST)
"""The names and addresses of the sandbox itself, which no proxy is used for."""
NO_PROXY = ("NO_PROXY", "no_proxy")
ENGINES = ("DOCKER_", "BUILDKIT_HOST", "BUILDX_", "COMPOSE_", "CONTAINER_HOST", "CONTAINER_CONNECTION")


def environment(own: Mapping[str, str], *, sandbox: str, in_memory: bool) -> dict[str, str]:
    """The user's environment, with the sandbox's engine as the only one and no proxy for loopback.

    The journal of a sandbox in memory is also in memory, so that it disappears with the sandbox.
    """
    inside = {name: value for name, value in own.items() if not name.startswith(ENGINES)}
    listed = ",".join(own.get(name, "") for name in NO_PROXY).split(",")
    for name in NO_PROXY:
        inside[name] = ",".join(dict.fromkeys([*filter(None, listed), *LOOPBACK]))
    inside["DOCKER_CONFIG"] = str(places.DATA / places.CONFIG)
    inside[MARK] = sandbox
    if in_memory:
        inside[JOURNAL] = str(places.JOURNAL)
    return inside
