"""Where a sandbox's images come from, decided before it starts: the course's own, Docker Hub, or a registry nearby."""

from __future__ import annotations

import os
from urllib.parse import urlsplit

from labcheck.errors import SandboxError
from labcheck.sandbox import upstream
from labcheck.sandbox.programs import SLIRP, installing
from labcheck.sandbox.protocol import COURSE

HUB = "https://registry-1.docker.io"
_PATIENCE = 1.0


def choose(source: str | None, *, outbound: bool) -> str:
    """``COURSE``, or the URL of the registry that images come from; Docker Hub only if the sandbox can reach it.

    ``source`` is the caller's choice, ``None`` for whatever is best here. Raises ``SandboxError`` if it, or
    LABCHECK_IMAGES, cannot work.
    """
    images = best() if source is None else source
    if images == COURSE or outbound:
        return images
    if source is None and not os.environ.get("LABCHECK_IMAGES"):
        return COURSE
    raise SandboxError(
        f"Images from {images} need a network, but this sandbox has none.",
        f"{installing(SLIRP).removesuffix('.')}, or set LABCHECK_IMAGES=course.",
    )


def best() -> str:
    """What LABCHECK_IMAGES says, else Docker Hub if it answers within a second, else the course's own.

    Raises ``SandboxError`` if LABCHECK_IMAGES cannot work.
    """
    wanted = os.environ.get("LABCHECK_IMAGES", "").strip()
    if not wanted:
        return HUB if upstream.is_docker_hub(HUB, _PATIENCE) else COURSE
    return named(wanted)


def named(wanted: str) -> str:
    """What ``course``, ``hub`` or the URL of a registry means. Raises ``SandboxError``."""
    if wanted in ("course", "hub"):
        return COURSE if wanted == "course" else HUB
    return _registry(wanted)


def _registry(wanted: str) -> str:
    remedy = "Use course, hub, or the URL of a registry, for instance http://192.0.2.7:5000."
    try:
        parts = urlsplit(wanted)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise SandboxError(f"LABCHECK_IMAGES is {wanted!r}, which is not a source of images.", remedy) from None
    plain = wanted.rstrip("/") in {f"{scheme}://{parts.netloc}" for scheme in ("http", "https")}
    if not host or port == 0 or not plain or "@" in wanted or not wanted.isprintable():
        raise SandboxError(f"LABCHECK_IMAGES is {wanted!r}, which is not a source of images.", remedy)
    if upstream.is_loopback(host):
        raise SandboxError(
            f"LABCHECK_IMAGES is {wanted!r}, but inside the sandbox '{host}' is the sandbox itself.",
            "Use this machine's address on its network.",
        )
    return wanted.rstrip("/")
