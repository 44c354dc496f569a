"""Remove what a lab made, and nothing else: each by its own name, never by a pattern, never by prune."""

from __future__ import annotations

from collections.abc import Callable

from labcheck.errors import SandboxError
from labcheck.leftovers import Leftovers

TIMEOUT = 30
GONE = 404


def remove(leftovers: Leftovers) -> None:
    """Remove these containers with their anonymous volumes, these images' names, these volumes.

    What is gone already is no error. Raises :class:`SandboxError` where the engine refuses.
    """
    import docker  # noqa: PLC0415 - a reset is rare, and importing the SDK takes a tenth of a second
    from docker.errors import APIError, DockerException  # noqa: PLC0415 - as above

    try:
        engine = docker.from_env(timeout=TIMEOUT).api
        deletions: list[tuple[Callable[..., object], str, dict[str, bool]]] = [
            *((engine.remove_container, name, {"v": True, "force": True}) for name in leftovers.containers),
            *((engine.remove_image, name, {}) for name in leftovers.images),
            *((engine.remove_volume, name, {}) for name in leftovers.volumes),
        ]
        for delete, name, options in deletions:
            try:
                delete(name, **options)
            except APIError as error:
                if error.status_code != GONE:
                    raise
    except (DockerException, OSError) as error:
        reason = getattr(error, "explanation", None) or str(error)
        raise SandboxError(f"The engine did not remove everything: {reason}", "Mend that, then reset again.") from error
