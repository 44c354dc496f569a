"""Where a sandbox cannot be made, one sentence says why and what to do; nothing hangs and nothing stays."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from labcheck.errors import SandboxError
from labcheck.home import home
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.outside import opened, requirements
from tests.live.leftovers import at_rest, machine
from tests.live.typed import typed

ON_OVERLAY = """
mount -t tmpfs tmpfs "$1"
mkdir "$1/lower" "$1/upper" "$1/work" "$1/data"
mount -t overlay overlay -o "lowerdir=$1/lower,upperdir=$1/upper,workdir=$1/work" "$1/data"
shift
exec "$@"
"""
ON_A_SMALL_DISK = """
mount -t tmpfs -o "size=$2" tmpfs "$1"
shift 2
exec "$@"
"""


def refused(*, data: str = "-", before: list[str] | None = None) -> str:
    """The one line that is said instead of running ``true``."""
    known = at_rest()
    done = typed("true", data=data, before=before or [])
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done
    assert "Traceback" not in done.stderr
    # A data folder is kept in mind, for down.
    assert machine()[:3] == known[:3]
    return done.stderr


def test_a_machine_that_forbids_namespaces() -> None:
    said = refused(before=["setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin"])
    assert said.startswith(
        "This machine does not allow creating a sandbox's namespaces (unshare: unshare failed: Operation not"
    )
    assert "--privileged" in said


def test_a_person_who_is_not_root() -> None:
    path = os.environ["PATH"]
    with pytest.raises(SandboxError, match="Only root") as error:
        requirements.check(Driver.ROOT, uid=1000, path=path)
    assert "sudo" in error.value.remedy


def test_a_filesystem_that_overlay_does_not_work_on(tmp_path: Path) -> None:
    before = ["unshare", "--mount", "sh", "-ec", ON_OVERLAY, "sh", str(tmp_path)]
    said = refused(data=str(tmp_path / "data"), before=before)
    assert "overlay does not work on that filesystem" in said
    assert "LABCHECK_HOME" in said


@pytest.mark.parametrize("size", ["1m", "4k"])
def test_a_full_disk(tmp_path: Path, size: str) -> None:
    before = ["unshare", "--mount", "sh", "-ec", ON_A_SMALL_DISK, "sh", str(tmp_path), size]
    said = refused(data=str(tmp_path), before=before)
    assert said.startswith(f"There is not enough space in {tmp_path}")


def test_a_home_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = 'mount -t tmpfs -o size=4k,nr_inodes=2 tmpfs "$1"; ln -s "$2" "$1/images"; shift 2; exec "$@"'
    images = (home() / "images").resolve()
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path))
    said = refused(before=["unshare", "--mount", "sh", "-ec", fill, "sh", str(tmp_path), str(images)])
    assert said.startswith(f"There is not enough space in {tmp_path}")


@pytest.mark.parametrize(
    ("engine", "sentence"),
    [
        ("echo 'invalid character in daemon.json' >&2; exit 1", "did not start: invalid character in daemon.json."),
        (
            'echo \'time="now" level=fatal msg="failed to mount: \\"no space left on device\\""\'; exit 1',
            "There is not enough memory",
        ),
    ],
)
def test_an_engine_that_does_not_start(
    engine: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "dockerd"
    fake.write_text(f"#!/bin/sh\n{engine}\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    assert sentence in refused()


def test_a_damaged_data_folder(tmp_path: Path) -> None:
    (tmp_path / "sandbox.json").write_text("{")
    said = refused(data=str(tmp_path))
    assert said.startswith(f"The sandbox's file {tmp_path}/sandbox.json is damaged")
    assert "Remove that file" in said


def test_an_upstream_without_a_way_out() -> None:
    upstream = "http://192.0.2.7:5000"
    with pytest.raises(SandboxError, match="need a network"), opened(source=upstream, outbound=False):
        pass
