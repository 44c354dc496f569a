"""An engine whose files are damaged: what it is, what can be kept, and that what is printed does keep it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.live.typed import typed

WORK = "docker run -d --name web --restart=always -v kept:/kept nginx; docker network create mine; docker pull busybox"
SEEN = "docker ps --format {{.Names}}; docker images -q | wc -l; docker volume ls -q; docker images --format {{.Tag}}"
ALL = ["web", "2", "kept", "latest", "latest"]
CONTAINERD = "engine/containerd/daemon/io.containerd.metadata.v1.bolt/meta.db"


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of an engine in which somebody worked."""
    folder = tmp_path_factory.mktemp("worked") / "data"
    done = typed("sh", "-ec", WORK, data=str(folder))
    assert done.returncode == 0, done
    return folder


@pytest.fixture
def data(worked: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    subprocess.run(["cp", "-a", worked, tmp_path / "data"], check=True)
    return tmp_path / "data"


def cut(path: Path) -> None:
    """Lose the second half, as a disk that was full does."""
    os.truncate(path, path.stat().st_size // 2)


@pytest.mark.parametrize(
    ("file", "name", "kept"),
    [
        ("engine/network/files/local-kv.db", "list of networks", ALL),
        ("engine/volumes/metadata.db", "list of volumes", ALL),
        ("engine/buildkit/cache.db", "cache of builds", ALL),
        ("engine/image/overlay2/repositories.json", "list of images' names", ["web", "2", "kept", "<none>", "<none>"]),
        ("etc-docker/key.json", "key", ALL),
        (CONTAINERD, "list of what containerd stores", ALL),
    ],
)
def test_a_damaged_file_is_named_and_what_is_printed_keeps_the_rest(
    data: Path, file: str, name: str, kept: list[str]
) -> None:
    if not (data / file).exists():
        pytest.skip(f"this engine has no {file}")
    cut(data / file)
    done = typed("true", data=str(data))
    sentence, _, remedy = done.stderr.partition(" / ")
    assert done.returncode == 2
    assert f"its {name} is damaged ({data / file}). Everything you did can be kept" in sentence
    subprocess.run(shlex.split(remedy.splitlines()[0].partition("root: ")[2]), check=True)
    again = typed("sh", "-ec", SEEN, data=str(data))
    assert again.stdout.split() == kept, again


def test_who_an_engine_is_is_known_from_its_last_start(data: Path) -> None:
    # A copy was not started yet.
    assert typed("true", data=str(data)).returncode == 0
    whose = "docker info -f '{{range .Labels}}{{println .}}{{end}}' | grep ^labcheck.sandbox="
    before = typed("sh", "-c", whose, data=str(data))
    cut(data / "sandbox.json")
    after = typed("sh", "-c", whose, data=str(data))
    assert after.returncode == 0, after
    assert before.stdout == after.stdout != ""


def test_damage_that_nobody_knows_is_told_without_a_stack(data: Path) -> None:
    shutil.rmtree(data / "engine/overlay2")
    (data / "engine/overlay2").touch()
    done = typed("true", data=str(data))
    sentence, _, remedy = done.stderr.partition(" / ")
    assert sentence.startswith("The course's engine did not start: failed to start daemon: ")
    assert "labcheck sandbox remove" in remedy
    assert "are kept" in remedy
