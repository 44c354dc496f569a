"""Remove what a lab made and nothing else: each thing by its own name, never by a pattern or with prune."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Any

from labcheck.engine import Info
from labcheck.errors import Refused, SandboxError
from labcheck.leftovers import Leftovers

TIMEOUT = 30
GONE = 404


def remove(leftovers: Leftovers, options: Mapping[str, Any]) -> None:
    """Remove these containers with their anonymous volumes, these images' names, these volumes.

    ``options`` are those of the SDK's client, from the look that found them, so that nothing is removed elsewhere.
    What is already gone is no error.

    Raises :class:`Refused` if a different engine answers now, and :class:`SandboxError` if the engine refuses.
    """
    from docker import APIClient  # noqa: PLC0415 - a reset is rare, and importing the SDK takes a tenth of a second
    from docker.errors import APIError, DockerException  # noqa: PLC0415 - as above

    try:
        with closing(APIClient(**options, version="auto", timeout=TIMEOUT)) as engine:
            # As with every look: the environment's proxies are for the internet.
            engine.trust_env = False
            if Info(engine.info()).identity != leftovers.engine:
                raise Refused(
                    "Nothing was removed: a different Docker engine answers now, not the one that labcheck looked at.",
                    "Choose the right one (docker context ls shows all), then reset again.",
                )
            deletions: list[tuple[Callable[..., object], str, dict[str, bool]]] = [
                *((engine.remove_container, name, {"v": True, "force": True}) for name in leftovers.containers),
                *((engine.remove_image, name, {}) for name in leftovers.images),
                *((engine.remove_volume, name, {}) for name in leftovers.volumes),
            ]
            for delete, name, how in deletions:
                try:
                    delete(name, **how)
                except APIError as error:
                    if error.status_code != GONE:
                        raise
    except (DockerException, OSError) as error:
        reason = getattr(error, "explanation", None) or str(error)
        raise SandboxError(f"The engine did not remove everything: {reason}", "Fix that, then reset again.") from error
