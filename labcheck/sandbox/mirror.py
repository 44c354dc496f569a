"""The registry inside the sandbox that answers in Docker Hub's place, so ``docker pull nginx`` works to the letter.

It is the real distribution registry, serving the course images read-only, or caching another registry (Docker Hub, a
classroom's mirror). It runs as a plain process, never as a container: nothing of it shows in the learner's engine.
"""

from __future__ import annotations

import ipaddress
import json
import os
import secrets
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from labcheck.errors import SandboxError
from labcheck.sandbox import images, packages
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
        return HUB if _answers(HUB, _PATIENCE) else COURSE
    if wanted in ("course", "hub"):
        return COURSE if wanted == "course" else HUB
    return _registry(wanted)


def prepare(source: Source, *, tell: Callable[[str], object] = lambda _: None) -> None:
    """Have what the mirror needs: the course images, and with them the registry's program. Called outside the sandbox.

    Takes some seconds the first time, nothing after that. Caching another registry needs the program, too.
    """
    _ = source
    images.build(tell=tell)


def command(source: Source, folder: Path, *, address: str = ADDRESS) -> list[str]:
    """Write the mirror's configuration into ``folder`` and answer what to run; it serves at ``address``.

    Called inside the sandbox. The course images are only read; a cache keeps what it fetched in ``folder``, and its
    registry must answer when the mirror starts, or the mirror ends at once.
    """
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
    if not host or port == 0 or not plain or not wanted.isprintable():
        raise SandboxError(f"LABCHECK_IMAGES is {wanted!r}, which names no place to take images from.", remedy)
    if host == "localhost" or _is_loopback(host):
        raise SandboxError(
            f"LABCHECK_IMAGES is {wanted!r}, and inside the sandbox '{host}' is the sandbox itself.",
            "Use this machine's address in its network.",
        )
    return wanted.rstrip("/")


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _answers(registry: Source, seconds: float) -> bool:
    """Whether a registry answers within a time that holds for all of it: name, connection, TLS, proxy, reply."""
    answers: list[bool] = []
    # A name that does not resolve cannot be interrupted, so it is left behind in a thread that holds up nobody.
    asking = threading.Thread(target=lambda: answers.append(_is_registry(registry, seconds)), daemon=True)
    asking.start()
    asking.join(seconds)
    return answers == [True]


def _is_registry(registry: Source, seconds: float) -> bool:
    try:
        with urllib.request.urlopen(f"{registry}/v2/", timeout=seconds) as reply:  # noqa: S310 - a URL of ours
            headers = reply.headers
    except urllib.error.HTTPError as error:
        with error:
            headers = error.headers
    except (OSError, ValueError):
        return False
    except Exception:  # noqa: BLE001 - whatever a strange proxy makes the library raise, it is not Docker Hub
        return False
    return str(headers.get("Docker-Distribution-Api-Version", "")).startswith("registry/2")
