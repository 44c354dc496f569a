"""Whether a step was really done: asked of the engine by docker and of the registry by HTTP, not by labcheck."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, Final

from labcheck.oci import MANIFEST_TYPES

AT = "http://localhost:5000/v2"
HERE, THERE = "nginx:latest", "localhost:5000/nginx:latest"
MANIFESTS = ", ".join(MANIFEST_TYPES)
IMAGES = {"application/vnd.docker.container.image.v1+json", "application/vnd.oci.image.config.v1+json"}


def requests() -> int:
    """How often the registry was asked for something of nginx, by its own log."""
    log = subprocess.run(["docker", "logs", "my-registry"], capture_output=True, text=True, check=False)
    return (log.stdout + log.stderr).count("GET /v2/nginx/")


def done(step: str, printed: str, asked: int) -> bool:
    """Whether this step is done now; ``printed`` is what the tool printed, ``asked`` the requests of before."""
    if step == "list":
        words = json.loads(printed).get("repositories") if printed.startswith("{") else printed.split()
        return bool(words == json.loads(_got("/_catalog") or b"{}").get("repositories"))
    if step == "pull-back":
        return bool(_here(THERE)) and requests() > asked
    return TRUTHS[step]()


def _here(name: str) -> Any:  # noqa: ANN401 - JSON
    """What the engine says of an image of this name, or nothing."""
    said = subprocess.run(["docker", "image", "inspect", name], capture_output=True, text=True, check=False)
    return json.loads(said.stdout)[0] if said.returncode == 0 else None


def _got(path: str) -> bytes | None:
    request = urllib.request.Request(AT + path, headers={"Accept": MANIFESTS})  # noqa: S310 - loopback
    try:
        with urllib.request.urlopen(request, timeout=10) as reply:  # noqa: S310 - as above
            return bytes(reply.read())
    except (urllib.error.URLError, ConnectionError):
        return None


def _started() -> bool:
    running = ["docker", "container", "inspect", "-f", "{{.State.Running}}", "my-registry"]
    said = subprocess.run(running, capture_output=True, text=True, check=False)
    return said.stdout.strip() == "true" and _got("/") is not None


def _manifest(repository: str, reference: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(_got(f"/{repository}/manifests/{reference}") or b"{}")


def _layers(repository: str, tag: str) -> list[str]:
    """The unpacked layers of the image that the registry has there, if all its blobs are; of an index, its first."""
    manifest = _manifest(repository, tag)
    if "manifests" in manifest:
        manifest = _manifest(repository, manifest["manifests"][0]["digest"])
    parts = [manifest.get("config", {}), *manifest.get("layers", [])]
    blobs = [_got(f"/{repository}/blobs/{part['digest']}") if "digest" in part else None for part in parts]
    if any(blob is None for blob in blobs):
        return []
    found: list[str] = json.loads(blobs[0] or b"{}")["rootfs"]["diff_ids"]
    return found


def _is_copied(repository: str, tag: str) -> bool:
    image = _here(HERE)
    return bool(image) and image["RootFS"].get("Layers") == _layers(repository, tag)


def _is_tagged() -> bool:
    one, other = _here(HERE), _here(THERE)
    if not one or not other:
        return False
    # BuildKit gives an image that it made of nothing but FROM another id.
    return bool(one["Id"] == other["Id"] or (one["RootFS"], one["Config"]) == (other["RootFS"], other["Config"]))


def _is_attached() -> bool:
    manifest = _manifest("notes", "monday")
    if "config" not in manifest:
        return False
    layers = [layer["mediaType"] for layer in manifest["layers"]]
    is_image = manifest["config"]["mediaType"] in IMAGES and "artifactType" not in manifest
    return not is_image or not any(".tar" in layer for layer in layers)


TRUTHS: Final[Mapping[str, Callable[[], bool]]] = {
    "start-registry": _started,
    "pull": lambda: bool(_here(HERE)),
    "tag": _is_tagged,
    "push": lambda: _is_copied("nginx", "latest"),
    "copy": lambda: _is_copied("copy", "1"),
    "attach": _is_attached,
    "delete": lambda: not _manifest("copy", "1"),
    "remove": lambda: not _here(HERE) and not _here(THERE),
}
