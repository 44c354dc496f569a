"""The environment variables of a sandbox's commands: nothing in them leads to another engine.

A pure function of the person's own environment. It keeps what has nothing to do with engines.
"""

from __future__ import annotations

from collections.abc import Mapping

from labcheck import loopback
from labcheck.home import JOURNAL, MARK
from labcheck.sandbox import places

LOOPBACK = (*loopback.NAMES, places.MIRROR_HOST)
"""What no proxy is asked for."""
NO_PROXY = ("NO_PROXY", "no_proxy")
ENGINES = ("DOCKER_", "BUILDKIT_HOST", "BUILDX_", "COMPOSE_", "CONTAINER_HOST", "CONTAINER_CONNECTION")


def environment(own: Mapping[str, str], *, sandbox: str, in_memory: bool) -> dict[str, str]:
    """The person's environment, with the sandbox's engine as the only one and no proxy before loopback.

    The journal of a sandbox in memory is in memory, too, so that it goes with the sandbox.
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
