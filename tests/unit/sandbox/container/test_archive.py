"""What a file would load into Docker is known before Docker reads it."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from labcheck.sandbox.container.archive import names

OURS = "labcheck-course:1"
NAMED = "io.containerd.image.name"


def written(folder: Path, **documents: object) -> Path:
    """A file with these documents: ``manifest`` is ``manifest.json``."""
    file = folder / "image.tar"
    with tarfile.open(file, "w") as tar:
        for name, document in documents.items():
            content = json.dumps(document).encode()
            header = tarfile.TarInfo("repositories" if name == "repositories" else f"{name}.json")
            header.size = len(content)
            tar.addfile(header, io.BytesIO(content))
    return file


def test_as_docker_20_and_docker_28_write_it(tmp_path: Path) -> None:
    manifest = [{"Config": "1.json", "RepoTags": [OURS], "Layers": []}]
    old = written(tmp_path, manifest=manifest, repositories={"labcheck-course": {"1": "abc"}})
    assert names(old) == {OURS}
    index = {"manifests": [{"digest": "sha256:1", "annotations": {NAMED: f"docker.io/library/{OURS}"}}]}
    assert names(written(tmp_path, manifest=manifest, index=index)) == {OURS}


@pytest.mark.parametrize(
    "other",
    [
        {"manifest": [{"RepoTags": [OURS]}, {"RepoTags": ["nginx:latest"]}]},
        {"manifest": [{"RepoTags": [OURS]}], "repositories": {"nginx": {"latest": "abc"}}},
        {"manifest": [{"RepoTags": [OURS]}], "index": {"manifests": [{"annotations": {NAMED: "nginx:latest"}}]}},
        {"manifest": [{"RepoTags": [OURS]}], "index": {"manifests": [{"digest": "sha256:1"}]}},
        {"manifest": [{"RepoTags": []}]},
        {},
    ],
)
def test_another_image_is_seen_wherever_it_is_named(tmp_path: Path, other: dict[str, object]) -> None:
    assert names(written(tmp_path, **other)) != {OURS}


@pytest.mark.parametrize("content", [b"", b"no tar", b"\x1f\x8b"])
def test_what_docker_did_not_write_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "image.tar"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="docker save"):
        names(file)
