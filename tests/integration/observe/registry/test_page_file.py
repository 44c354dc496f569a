"""A file in the topmost layers of an image in a registry: of hostile layers, too, nothing but one word is believed."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import socket
import tarfile
from collections.abc import Mapping

import pytest

from labcheck.query import PageStored
from labcheck.snapshot import Absent, Evidence, Found
from tests.support.looks import REGISTRY, look
from tests.support.loopback import Asked, Loopback, reply

PATH = "usr/share/nginx/html/index.html"
HTML = b"<h1>Fresh bread</h1>"


def archive(files: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return packed.getvalue()


def digest(data: bytes) -> str:
    return f"sha256:{hashlib.sha256(data).hexdigest()}"


def stored(*layers: bytes, size: int | None = None) -> Evidence[Mapping[str, str]]:
    """What is seen of an image of these layers, the lowest first; their sizes may be wrong."""
    config = json.dumps({"rootfs": {"diff_ids": [f"layer {at}" for at, _ in enumerate(layers)]}}).encode()
    entries = [{"digest": digest(layer), "size": len(layer) if size is None else size} for layer in layers]
    manifest = json.dumps({"schemaVersion": 2, "config": {"digest": digest(config)}, "layers": entries}).encode()
    blobs = {digest(blob): blob for blob in (config, *layers)}

    def answer(asked: Asked, _: socket.socket) -> bytes:
        kind, name = asked.target.split("/")[-2:]
        if kind == "manifests":
            return reply(200, manifest, **REGISTRY) if name == "v1" else reply(404, '{"errors": []}', **REGISTRY)
        return reply(200, blobs[name])

    with Loopback(answer) as server:
        return look(PageStored(f"{server.domain}/bakery:v1", f"/{PATH}", "Fresh bread"))


LAYERS = {
    "plain": (archive({PATH: HTML}), "says"),
    "packed": (gzip.compress(archive({PATH: HTML})), "says"),
    "with a dot": (gzip.compress(archive({f"./{PATH}": HTML})), "says"),
    "another page": (archive({PATH: b"Welcome to nginx!"}), "other"),
    "the file removed": (archive({"usr/share/nginx/html/.wh.index.html": b""}), "removed"),
    "a folder above removed": (archive({"usr/share/.wh.nginx": b""}), "removed"),
    "the folder emptied": (archive({"usr/share/nginx/html/.wh..wh..opq": b""}), "removed"),
    "emptied and filled": (archive({"usr/share/nginx/html/.wh..wh..opq": b"", PATH: HTML}), "says"),
    "other files": (archive({"usr/share/nginx/html/.wh.50x.html": b"", "root/index.html": HTML}), "none"),
    "nearly the name": (archive({f"{PATH}.bak": HTML}), "none"),
    "packed otherwise": (b"\x28\xb5\x2f\xfd not read", "unread"),
    "cut off": (gzip.compress(archive({PATH: HTML}))[:-40], "unread"),
    "too large": (gzip.compress(bytes(9 * 1024 * 1024)), "unread"),
    "broken": (b"\x1f\x8b broken", "unread"),
}


@pytest.mark.parametrize("name", LAYERS)
def test_the_topmost_layer_that_has_the_file_decides(name: str) -> None:
    top, expected = LAYERS[name]
    seen = stored(archive({PATH: HTML}), top)
    assert isinstance(seen, Found)
    states = list(seen.value.items())
    assert states[0] == ("layer 1", expected)
    assert states[1:] == ([] if expected in {"says", "other", "removed"} else [("layer 0", "says")])


@pytest.mark.parametrize("size", [0, -1, 2 * 1024 * 1024])
def test_a_layer_that_is_large_by_its_own_word_is_not_fetched(size: int) -> None:
    seen = stored(archive({PATH: HTML}), size=size)
    assert isinstance(seen, Found)
    assert seen.value == {"layer 0": "unread"}


def test_of_many_layers_only_the_topmost_are_read() -> None:
    seen = stored(*(archive({f"{at}": b""}) for at in range(20)))
    assert isinstance(seen, Found)
    assert list(seen.value) == [f"layer {at}" for at in range(19, 11, -1)]


def test_no_such_tag_is_absent() -> None:
    gone = '{"errors": [{"code": "MANIFEST_UNKNOWN"}]}'
    with Loopback(lambda *_: reply(404, gone, **REGISTRY)) as server:
        assert look(PageStored(f"{server.domain}/bakery:v1", f"/{PATH}", "Fresh bread")) == Absent()
