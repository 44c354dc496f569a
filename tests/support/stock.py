"""What a registry may hold, made up: manifests, indexes, and looks that saw them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from labcheck.digest import digest_of
from labcheck.document import Document
from labcheck.log import Entry, Happened, Log, Look
from labcheck.oci import DOCKER_INDEX, DOCKER_MANIFEST
from labcheck.past import Past
from labcheck.snapshot import Answer, Snapshot, Unknown
from tests.support.logs import past


def digest(word: str) -> str:
    """A digest to speak of."""
    return digest_of(word.encode())


def manifest(*layers: str, config: str = "config", kind: str = "", **more: str) -> str:
    """The text of a manifest with layers of these names; ``kind`` is its config's media type."""
    listed = [{"digest": digest(layer), "size": 1} for layer in layers]
    document = {"mediaType": DOCKER_MANIFEST, "config": {"mediaType": kind, "digest": digest(config)}, "layers": listed}
    return json.dumps({**document, **more})


def index(manifests: Mapping[str, str]) -> str:
    """The text of an index: a manifest's text for each platform."""
    entries = []
    for platform, text in manifests.items():
        system, processor = platform.split("/")
        at = {"os": system, "architecture": processor}
        entries.append({"mediaType": DOCKER_MANIFEST, "digest": digest(text), "size": len(text), "platform": at})
    return json.dumps({"mediaType": DOCKER_INDEX, "manifests": entries})


def held(text: str, below: Mapping[str, str] | None = None, missing: Sequence[str] = ()) -> Document:
    """What a look sees of this manifest, or of an index with these manifests, by the platform in their configs."""
    inner = below if below is not None else {"linux/amd64": text}
    return {
        "digest": digest(text),
        "type": DOCKER_MANIFEST if below is None else DOCKER_INDEX,
        "manifests": {digest(it): it for it in (text, *inner.values())},
        "platforms": [{"digest": digest(it), "platform": name, "layers": []} for name, it in inner.items()],
        "missing": list(missing),
    }


def seen(*looks: Mapping[Any, Document | Unknown | None], happened: Sequence[Document] = ()) -> Past:
    """The past after these looks, a second apart; ``happened`` are events between the last two of them."""
    entries: list[Entry] = [Look(at, at, _snapshot(look)) for at, look in enumerate(looks, 1)]
    entries[-1:-1] = [Happened({**event, "timeNano": len(looks)}) for event in happened]
    return past(Log("tags-and-digests", 0, tuple(entries)))


def event(action: str, actor: str, **attributes: str) -> Document:
    """What an engine reports of an image."""
    return {"Type": "image", "Action": action, "Actor": {"ID": actor, "Attributes": attributes}}


def _snapshot(look: Mapping[Any, Document | Unknown | None]) -> Snapshot:
    answers = (
        Answer(query, unknown=it) if isinstance(it, Unknown) else Answer(query, found=dict(it) if it else None)
        for query, it in look.items()
    )
    return Snapshot(tuple(answers))
