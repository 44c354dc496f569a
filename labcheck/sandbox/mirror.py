"""The registry inside the sandbox that stands in for Docker Hub, so that ``docker pull nginx`` works exactly as typed.

It is the real distribution registry, serving the course images read-only, or caching another registry (Docker Hub, a
classroom's mirror). It runs as a plain process, never as a container, so the learner's engine does not show it.
"""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from labcheck.errors import SandboxError
from labcheck.sandbox import images
from labcheck.sandbox.images import packages, program
from labcheck.sandbox.places import MIRROR_HOST, MIRROR_PORT
from labcheck.sandbox.protocol import COURSE

ADDRESS = f"{MIRROR_HOST}:{MIRROR_PORT}"


def command(source: str, folder: Path, *, address: str = ADDRESS, patience: float = 5) -> list[str]:
    """Write the mirror's configuration into ``folder`` and return the command to run; it serves at ``address``.

    ``source`` is ``COURSE``, or the URL of a registry to cache. The course images are only read; a cache stores what it
    fetched in ``folder``. Raises ``SandboxError`` if the registry to cache does not answer here within ``patience``
    seconds: the mirror would not start.
    """
    if source != COURSE and not _answers(source, patience):
        raise SandboxError(
            f"The sandbox cannot reach the registry at {source}, where its images should come from.",
            "LABCHECK_IMAGES=course uses the course's own images, which need no network.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "mirror.json"
    # JSON is YAML, so none of our values can be misread.
    configuration.write_text(json.dumps(_configuration(source, folder, address), indent=1), "utf-8")
    # The registry reads settings from REGISTRY_* variables, and the learner may have some for their own registry.
    unset = [f"--unset={name}" for name in sorted(os.environ) if name.startswith("REGISTRY_")]
    # By their own path: the way to a link to them may be closed to a mirror that keeps few of root's rights.
    start = program.command(images.folder().resolve(), packages.architecture())
    return ["env", *unset, "GODEBUG=netdns=go", *start, "serve", str(configuration)]


def _answers(registry: str, patience: float) -> bool:
    from labcheck.sandbox import upstream  # noqa: PLC0415 - HTTP's libraries, a quarter of this process's imports

    return upstream.answers(registry, patience)


def _configuration(source: str, folder: Path, address: str) -> dict[str, Any]:
    course = source == COURSE
    storage = images.folder().resolve() if course else folder / "cache"
    configuration: dict[str, Any] = {
        "version": 0.1,
        "log": {"level": "error", "formatter": "text", "accesslog": {"disabled": True}},
        "storage": {
            "filesystem": {"rootdirectory": str(storage)},
            "redirect": {"disable": True},
            "maintenance": {"uploadpurging": {"enabled": False}, "readonly": {"enabled": course}},
        },
        "http": {"addr": address, "secret": secrets.token_hex(16)},
        "health": {"storagedriver": {"enabled": False}},
    }
    if not course:
        configuration["proxy"] = {"remoteurl": source}
    return configuration
