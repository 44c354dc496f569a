"""Recipes and packages in, a folder of images out: layers, configurations, manifests, tags.

It depends only on the packages and the recipes, not on a clock: an image's time is that of its newest file from a
package. So the same packages give the same digests on any day.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from labcheck.sandbox.images import packages
from labcheck.sandbox.images.contents import Contents
from labcheck.sandbox.images.history import history
from labcheck.sandbox.images.layer import Entry, Layer, pack
from labcheck.sandbox.images.manifest import (
    CONFIG,
    INDEX,
    LAYER,
    MANIFEST,
    NAME,
    PACKAGES,
    REF,
    Config,
    Descriptor,
    Index,
    Manifest,
    RootFS,
    encode,
)
from labcheck.sandbox.images.recipe import ImagePart, Recipe, lineage, recipes
from labcheck.sandbox.images.store import Store


class _Made:
    """A layer built from a recipe: where its bytes are, and what it was built from."""

    def __init__(self, layer: Layer, descriptor: Descriptor, entries: dict[str, Entry], used: dict[str, str]) -> None:
        self.layer, self.descriptor, self.entries, self.used = layer, descriptor, entries, used


def assemble(folder: Path, workplace: Path, tell: Callable[[str], object]) -> None:
    """Build every course image into ``folder``; packages are unpacked in ``workplace``, which the caller removes."""
    found = recipes()
    tell("Downloading the packages that the course images are built from ...")
    wanted = sorted({name for recipe in found.values() for name in recipe.packages})
    unpacked = packages.fetch(wanted, workplace, tell=tell)
    fetch = partial(packages.fetch, folder=workplace)
    store = Store(folder)
    made: dict[str, _Made] = {}
    names: list[Descriptor] = []
    for number, (name, recipe) in enumerate(found.items(), 1):
        tell(f"Building the course images: {number} of {len(found)} ({name}) ...")
        below = [made[part] for part in lineage(name, found)[:-1]]
        made[name] = _make(name, recipe, Contents(unpacked, packages.architecture(), _entries(below), fetch), store)
        if recipe.image:
            version = unpacked[recipe.image.version_of].version
            names += _image(recipe.image, version, [*below, made[name]], store)
    (folder / "index.json").write_bytes(encode(Index(2, INDEX, names)))


def _entries(parts: list[_Made]) -> dict[str, Entry]:
    return {path: entry for part in parts for path, entry in part.entries.items()}


def _make(name: str, recipe: Recipe, contents: Contents, store: Store) -> _Made:
    contents.gather(name, recipe)
    layer = pack(contents.entries, contents.time)
    descriptor = Descriptor(LAYER, store.put(layer.compressed), len(layer.compressed))
    return _Made(
        layer, descriptor, contents.entries, {name: package.version for name, package in contents.used.items()}
    )


def _image(image: ImagePart, version: str, parts: list[_Made], store: Store) -> list[Descriptor]:
    upstream = _upstream(version)
    used = {package: number for part in parts for package, number in part.used.items()}
    created = datetime.fromtimestamp(max(part.layer.time for part in parts), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    settings = _filled(image.config, upstream)
    settings["Labels"] = {
        "labcheck.course": "1",
        PACKAGES: ", ".join(f"{package} {number}" for package, number in sorted(used.items())),
        "org.opencontainers.image.title": image.title,
        "org.opencontainers.image.description": f"{image.description} Made by labcheck from Debian packages.",
        "org.opencontainers.image.version": upstream,
    }
    rootfs = RootFS("layers", [part.layer.diff_id for part in parts])
    steps = history([part.used for part in parts], settings, created)
    config = encode(Config(packages.architecture(), "linux", created, settings, rootfs, steps))
    descriptor = Descriptor(CONFIG, store.put(config), len(config))
    manifest = encode(Manifest(2, MANIFEST, descriptor, [part.descriptor for part in parts]))
    digest = store.put(manifest)
    blobs = [descriptor.digest, *(part.descriptor.digest for part in parts)]
    tags = _tags(upstream)
    store.tag(f"library/{image.name}", tags, digest, blobs)
    return [
        Descriptor(MANIFEST, digest, len(manifest), {REF: tag, NAME: f"docker.io/library/{image.name}:{tag}"})
        for tag in tags
    ]


def _filled(value: Any, version: str) -> Any:  # noqa: ANN401 - a configuration is any JSON
    if isinstance(value, str):
        return value.replace("{version}", version)
    if isinstance(value, list):
        return [_filled(item, version) for item in value]
    if isinstance(value, dict):
        return {word: _filled(item, version) for word, item in value.items()}
    return value


def _upstream(version: str) -> str:
    """The program's own version in its package's version: 1.22.1 in 1:1.22.1-9+deb12u11."""
    found = re.match(r"(?:\d+:)?(\d+(?:\.\d+)*)", version)
    return found[1] if found else version


def _tags(version: str) -> list[str]:
    """The tags that an official image of this version has: latest, 1, 1.22, 1.22.1."""
    numbers = version.split(".")
    return ["latest", *(".".join(numbers[: count + 1]) for count in range(len(numbers)))]
