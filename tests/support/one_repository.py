"""A registry with one repository of two images that have much in common, and that can lose some of it."""

from __future__ import annotations

import hashlib
import json
import socket

from tests.support.looks import REGISTRY
from tests.support.loopback import Answer, Asked, reply

CONFIG = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": ["sha256:d"]}})


def digest(text: str) -> str:
    """The digest of this text."""
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


BASE, FIRST, SECOND = map(digest, ("base", "first", "second"))


class Repository:
    """A registry with one repository of two images, which share a layer and the config; what is lost answers 404."""

    def __init__(self) -> None:
        self.manifests = {tag: _manifest(BASE, layer) for tag, layer in (("one", FIRST), ("two", SECOND))}
        self.lost = set[str]()
        self.lists = dict(REGISTRY)

    def answer(self, asked: Asked, _: socket.socket) -> Answer:
        """What this registry says."""
        kind, name = asked.target.split("/")[-2:]
        if kind == "manifests":
            return reply(200, self.manifests[name], **REGISTRY)
        if kind == "blobs":
            return reply(404) if name in self.lost else reply(200, CONFIG)
        if name == "_catalog":
            return reply(200, '{"repositories": ["it"]}', **self.lists)
        return reply(200, '{"tags": ["one", "two"]}' if name == "list" else "{}", **REGISTRY)


def _manifest(*layers: str) -> str:
    config = {"digest": digest(CONFIG)}
    return json.dumps({"schemaVersion": 2, "config": config, "layers": [{"digest": layer} for layer in layers]})
