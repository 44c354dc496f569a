"""The registry inside the sandbox that answers in Docker Hub's place, so ``docker pull nginx`` works to the letter.

It is the real distribution registry, serving the course images read-only, or caching another registry (Docker Hub, a
classroom's mirror). It runs as a plain process, never as a container: nothing of it shows in the learner's engine.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from labcheck.errors import SandboxError
from labcheck.sandbox import images, packages, upstream
from labcheck.sandbox.images import program

ADDRESS = "127.83.0.1:8083"

# "course", or the http(s) URL of a registry to cache.
Source: TypeAlias = str
COURSE: Source = "course"
HUB: Source = "https://registry-1.docker.io"

_PATIENCE = 1.0


def choose() -> Source:
    """Where images will come from: what LABCHECK_IMAGES says, else Docker Hub if it answers within a second, else here.

    Called outside the sandbox. Raises SandboxError if LABCHECK_IMAGES says what cannot work.
    """
    wanted = os.environ.get("LABCHECK_IMAGES", "").strip()
    if not wanted:
        return HUB if upstream.is_docker_hub(HUB, _PATIENCE) else COURSE
    if wanted in ("course", "hub"):
        return COURSE if wanted == "course" else HUB
    return _registry(wanted)


def prepare(
    source: Source,  # noqa: ARG001 - either kind of mirror needs the same, which callers need not know
    *,
    tell: Callable[[str], object] = lambda _: None,
) -> None:
    """Have what the mirror needs: the course images, and with them the registry's program. Called outside the sandbox.

    Takes some seconds the first time, nothing after that; ``tell`` hears what takes so long.
    """
    images.build(tell=tell)


def command(source: Source, folder: Path, *, address: str = ADDRESS, patience: float = 5) -> list[str]:
    """Write the mirror's configuration into ``folder`` and answer what to run; it serves at ``address``.

    Called inside the sandbox. The course images are only read; a cache keeps what it fetched in ``folder``. Raises
    SandboxError if the registry to cache does not answer here within ``patience`` seconds: the mirror would not start.
    """
    if source != COURSE and not upstream.answers(source, patience):
        raise SandboxError(
            f"The sandbox cannot reach the registry at {source}, where its images should come from.",
            "With LABCHECK_IMAGES=course it uses the course's own images, which need no network.",
        )
    folder.mkdir(parents=True, exist_ok=True)
    configuration = folder / "mirror.json"
    # JSON is YAML, so no value of ours can be read as anything else.
    configuration.write_text(json.dumps(_configuration(source, folder, address), indent=1), "utf-8")
    # The registry takes settings from REGISTRY_* variables, and the learner may have some for a registry of their own.
    unset = [f"--unset={name}" for name in sorted(os.environ) if name.startswith("REGISTRY_")]
    start = program.command(images.folder(), packages.architecture())
    return ["env", *unset, "GODEBUG=netdns=go", *start, "serve", str(configuration)]


def _configuration(source: Source, folder: Path, address: str) -> dict[str, Any]:
    course = source == COURSE
    storage = images.folder() if course else folder / "cache"
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


def _registry(wanted: str) -> Source:
    remedy = "Say course, hub, or the URL of a registry, for instance http://192.0.2.7:5000."
    try:
        parts = urlsplit(wanted)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SandboxError(
            f"LABCHECK_IMAGES is {wanted!r}, which names no place to take images from.", remedy
        ) from None
    plain = wanted.rstrip("/") in {f"{scheme}://{parts.netloc}" for scheme in ("http", "https")}
    if not host or port == 0 or not plain or "@" in wanted or not wanted.isprintable():
        raise SandboxError(f"LABCHECK_IMAGES is {wanted!r}, which names no place to take images from.", remedy)
    if upstream.is_loopback(host):
        raise SandboxError(
            f"LABCHECK_IMAGES is {wanted!r}, and inside the sandbox '{host}' is the sandbox itself.",
            "Use this machine's address in its network.",
        )
    return wanted.rstrip("/")
