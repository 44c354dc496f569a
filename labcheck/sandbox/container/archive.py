"""Which images a file that ``docker save`` wrote would load, by all the places in it where Docker finds their names.

A file may come from anywhere, and an image in it called ``nginx`` would replace the learner's own. So it is looked into
before Docker reads it.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from pathlib import Path

import msgspec

from labcheck.document import items, text, texts

LONGEST = 1 << 20
MANIFEST, INDEX, OLD = "manifest.json", "index.json", "repositories"
CONTAINERD = "io.containerd.image.name"
PREFIX = "docker.io/library/"


def names(file: Path) -> set[str]:
    """Their names, without Docker Hub's part. Raises ``OSError``, and ``ValueError`` if Docker did not write it."""
    found = set[str]()
    try:
        with tarfile.open(file, "r:") as tar:
            for member in tar:
                if member.name.removeprefix("./") not in {MANIFEST, INDEX, OLD}:
                    continue
                content = tar.extractfile(member)
                if content is None or member.size > LONGEST:
                    raise ValueError("a document in it is not as Docker writes it")
                found.update(_named(member.name.removeprefix("./"), msgspec.json.decode(content.read())))
    except (tarfile.TarError, msgspec.DecodeError, EOFError) as error:
        raise ValueError("it is not a file that docker save wrote") from error
    return {name.removeprefix(PREFIX) for name in found}


def _named(part: str, document: object) -> Iterator[str]:
    if part == MANIFEST:
        for image in items({"": document}, ""):
            yield from texts(image, "RepoTags")
    elif part == INDEX:
        for image in items(document, "manifests"):
            yield text(image, "annotations", CONTAINERD) or "an image without a name"
    elif isinstance(document, dict):
        yield from (f"{repository}:{tag}" for repository, tags in document.items() for tag in tags)
