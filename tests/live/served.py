"""The mirror by itself on this machine's loopback, and what a registry's client asks of it."""

from __future__ import annotations

import json
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from labcheck.digest import digest_of
from labcheck.sandbox import mirror
from labcheck.sandbox.images.manifest import MANIFEST

_PLAIN = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def served(source: str, folder: Path) -> Iterator[str]:
    """A mirror of this source for a while; its URL."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with subprocess.Popen(mirror.command(source, folder, address=address)) as process:
        try:
            _until_it_answers(address, process)
            yield f"http://{address}"
        finally:
            process.kill()


def _until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        try:
            fetch(f"http://{address}/v2/")
        except urllib.error.URLError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(f"the mirror at {address} does not answer")


def fetch(url: str) -> bytes:
    """The body of an answer, with everything asked for that an engine asks for."""
    request = urllib.request.Request(url, headers={"Accept": MANIFEST})  # noqa: S310 - loopback
    with _PLAIN.open(request, timeout=60) as reply:
        body: bytes = reply.read()
        return body


def pulled(url: str, repository: str, tag: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The manifest and the configuration of an image, every blob of it fetched and proved."""
    manifest = json.loads(fetch(f"{url}/v2/{repository}/manifests/{tag}"))
    blobs = {}
    for blob in (manifest["config"], *manifest["layers"]):
        data = fetch(f"{url}/v2/{repository}/blobs/{blob['digest']}")
        assert (digest_of(data), len(data)) == (blob["digest"], blob["size"])
        blobs[blob["digest"]] = data
    return manifest, json.loads(blobs[manifest["config"]["digest"]])
