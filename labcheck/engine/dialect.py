"""An engine's dialect of events: what each of them proves.

Podman speaks Docker's API, but its events prove less. What an event does not prove is proved by looking, or is
inconclusive: a name that was gone and is here again after a pull was pulled, whoever reports it.
"""

from __future__ import annotations

import msgspec


class Dialect(msgspec.Struct, frozen=True):
    """What an engine's events prove."""

    reports_pulls: bool = True
    """Whether there are events of pulls and pushes at all."""
    proves_transfers: bool = True
    """Whether a pull or a push is reported only if a registry answered it."""
    reports_others: bool = True
    """Whether there are events of what other programs than the engine did in its storage."""


DOCKER = Dialect()
DOCKER_WITHOUT_PULLS = Dialect(reports_pulls=False)
"""The containerd store of engines 23 and 24."""
PODMAN = Dialect(proves_transfers=False, reports_others=False)
"""It reports a push that failed, and a pull when a container is created from an image that is here (4.3.1, 5.8.6).
Buildah works in its storage, too, and leaves no event."""
