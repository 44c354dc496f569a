"""The environment variables of a sandbox's commands: nothing in them leads to another engine.

A pure function of the person's own environment. It keeps what has nothing to do with engines.
"""

from __future__ import annotations

from collections.abc import Mapping

from labcheck.home import JOURNAL, MARK

LOOPBACK = ("localhost", "127.0.0.1", "::1", "127.83.0.1")
_NO_PROXY = ("NO_PROXY", "no_proxy")
ENGINES = ("DOCKER_", "BUILDKIT_HOST", "BUILDX_", "COMPOSE_", "CONTAINER_HOST", "CONTAINER_CONNECTION")


def environment(own: Mapping[str, str], *, sandbox: str, docker_config: str, journal: str | None) -> dict[str, str]:
    """The person's environment, with the sandbox's engine as the only one and no proxy before loopback.

    ``journal``: where the journal of a sandbox in memory is, so that it goes with it; ``None`` is the home's.
    """
    inside = {name: value for name, value in own.items() if not name.startswith(ENGINES)}
    listed = ",".join(own.get(name, "") for name in _NO_PROXY).split(",")
    for name in _NO_PROXY:
        inside[name] = ",".join(dict.fromkeys([*filter(None, listed), *LOOPBACK]))
    inside["DOCKER_CONFIG"] = docker_config
    inside[MARK] = sandbox
    if journal is not None:
        inside[JOURNAL] = journal
    return inside
