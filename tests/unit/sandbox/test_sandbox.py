"""The parts of the sandbox that need no sandbox: who a process is, what is asked for, what is said when it fails."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import msgspec
import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox import cgroups
from labcheck.sandbox.environment import environment
from labcheck.sandbox.exit_codes import exit_code
from labcheck.sandbox.identity import Identity
from labcheck.sandbox.inside.daemon import did_not_start
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.outside import data, down, status, stored
from labcheck.sandbox.outside.process import Process, origin
from labcheck.sandbox.outside.record import Record, records
from labcheck.sandbox.outside.requirements import check
from labcheck.sandbox.outside.running import sweep
from labcheck.sandbox.outside.sockets import bound
from labcheck.sandbox.places import ENGINE, FILES, FOLDERS
from labcheck.sandbox.programs import PROGRAMS, require, search_path

NOBODY = Process(2**22 + 1, 1, origin())


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LABCHECK_HOME", str(tmp_path / "home"))


def record(first: Process, folder: Path | None = None, since: float = 0.0, name: str = "abc") -> Record:
    """What is written down about a sandbox with this first process."""
    return Record(name, first, first, since, None if folder is None else str(folder))


def test_a_pid_alone_is_not_a_process() -> None:
    one = Process.of(os.getpid())
    later = msgspec.structs.replace(one, started=one.started + 1)
    elsewhere = msgspec.structs.replace(one, origin=one.origin + "1")
    for other in (later, elsewhere):
        assert not other.alive
        other.send(signal.SIGKILL)
    with pytest.raises(ProcessLookupError):
        Process.of(NOBODY.pid)


def test_from_inside_a_sandbox_nobody_knows_whether_one_outside_was_killed() -> None:
    boot, namespace = origin().split()
    here = Process.of(os.getpid())
    assert record(NOBODY).killed
    assert not record(here).killed
    assert not record(msgspec.structs.replace(NOBODY, origin=f"{boot} {int(namespace) + 1}")).killed
    assert record(msgspec.structs.replace(here, origin=f"another-boot {namespace}")).killed


def test_records_are_the_oldest_first_and_what_is_damaged_is_left_out(tmp_path: Path) -> None:
    assert records() == []
    young, old = record(NOBODY, since=2.0, name="young"), record(NOBODY, tmp_path, since=1.0, name="old")
    for one in (young, old):
        one.write()
    (tmp_path / "home/sandboxes/damaged.json").write_text("{")
    assert records() == [old, young]
    assert status() == ()
    sweep()
    assert records() == [old], "what has data on disk is kept in mind"
    old.forget()
    old.forget()


def test_ending_keeps_what_is_on_disk_and_removing_takes_only_what_is_the_courses(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    for name in FOLDERS:
        (folder / name / "more").mkdir(parents=True)
    for name in ("containers/one", "containers/two", "volumes/v", "image/overlay2/imagedb/content/sha256/abc"):
        (folder / ENGINE / name).mkdir(parents=True)
    (folder / ENGINE / "volumes/metadata.db").write_bytes(b"x" * 2_000_000)
    for name in (*FILES, "mine"):
        (folder / name).touch()
    record(NOBODY, folder).write()
    if os.geteuid() != 0:
        pytest.skip("only root ends sandboxes")
    before = sorted(tmp_path.rglob("*"))
    assert down() == down() == ()
    assert sorted(tmp_path.rglob("*")) == before
    (held,) = stored.stored()
    assert (held.folder, held.containers, held.images, held.volumes) == (folder, 2, 1, 1)
    assert 2_000_000 <= held.size < 2_100_000
    stored.remove()
    assert [path.name for path in folder.iterdir()] == ["mine"]
    assert stored.stored() == ()
    stored.remove()


def test_what_a_sandbox_uses_is_not_removed(tmp_path: Path) -> None:
    (tmp_path / "data" / ENGINE).mkdir(parents=True)
    record(Process.of(os.getpid()), tmp_path / "data").write()
    if os.geteuid() == 0:
        with pytest.raises(SandboxError, match="Another sandbox is using") as error:
            stored.remove()
        assert "its data stays" in error.value.remedy
    assert (tmp_path / "data" / ENGINE).exists()


def test_a_data_folder_keeps_its_identity_and_is_used_by_one(tmp_path: Path) -> None:
    folder = tmp_path / "some" / "data"
    with data.locked(folder) as (first, _):
        assert abs(time.time_ns() - first.born) < 60 * 10**9
        with pytest.raises(SandboxError, match="Another sandbox is using") as error, data.locked(folder):
            pass
        assert "labcheck sandbox" in error.value.remedy
    with data.locked(folder) as (again, _):
        assert again == first
    assert Identity.new().id != first.id


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(SandboxError, match="cannot be written"), data.locked(tmp_path / "file"):
        pass


def test_hierarchies_of_both_versions() -> None:
    mounts = (
        "tmpfs /sys/fs/cgroup tmpfs rw 0 0\ncgroup /sys/fs/cgroup/cpu cgroup rw,cpu 0 0\n"
        "cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0\n"
    )
    assert cgroups.hierarchies(mounts) == [Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup/unified")]
    assert cgroups.hierarchies("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n") == [Path("/sys/fs/cgroup")]


def test_nothing_in_the_environment_leads_to_another_engine() -> None:
    own = {
        "DOCKER_HOST": "ssh://me@there",
        "DOCKER_CONTEXT": "there",
        "DOCKER_TLS_VERIFY": "1",
        "DOCKER_CERT_PATH": "/c",
        "DOCKER_CONTENT_TRUST": "1",
        "CONTAINER_HOST": "unix:///there",
        "HTTP_PROXY": "http://proxy:3128",
        "NO_PROXY": "intranet,localhost",
        "HOME": "/home/me",
    }
    assert environment(own, sandbox="abc", in_memory=False) == {
        "HTTP_PROXY": "http://proxy:3128",
        "HOME": "/home/me",
        "NO_PROXY": "intranet,localhost,127.0.0.1,::1,127.83.0.1",
        "no_proxy": "intranet,localhost,127.0.0.1,::1,127.83.0.1",
        "DOCKER_CONFIG": "/run/labcheck/data/docker-config",
        "LABCHECK_SANDBOX": "abc",
    }


def test_sockets_of_engines_are_found_in_the_kernels_table() -> None:
    table = (
        "Num       RefCount Protocol Flags    Type St Inode Path\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20477 /run/user/1000/docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20478 /home/me/a b/docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20479 @docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20480 /run/dbus/system_bus_socket\n"
        "0000000000000000: 00000003 00000000 00000000 0001 03 20481\n"
    )
    assert bound(table) == {Path("/run/user/1000/docker.sock"), Path("/home/me/a b/docker.sock")}


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("", "it said nothing"),
        ('time="t" level=info msg="all is well"\n', "it said nothing"),
        (
            'time="t" level=fatal msg="bad \\"x\\"" error="e"\ntime="t" level=info msg="b"\n',
            'bad "x"',
        ),
        (
            'time="t" level=error msg="a"\nfailed to start daemon: no such chain\n\n',
            "failed to start daemon: no such chain",
        ),
        (
            "panic: runtime error: x\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/a.go:97 +0x1\n",
            "panic: runtime error: x",
        ),
    ],
)
def test_the_last_meaningful_words_of_a_log(log: str, words: str) -> None:
    assert last_error(log) == words


def test_why_an_engine_did_not_start() -> None:
    full = "failed to start daemon: mkdir /x: no space left on device\n"
    assert str(did_not_start(full, "/data")).startswith("There is no room in /data")
    assert str(did_not_start(full, None)).startswith("There is not enough memory")
    assert str(did_not_start("failed: x\n", None)) == "The sandbox's engine did not start: failed: x."
    assert "labcheck sandbox remove" in did_not_start("failed: x\n", "/data").remedy


def test_what_is_lacking_is_named_with_its_remedy(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match="needs the program dockerd") as error:
        require("dockerd", str(tmp_path))
    assert "docker.io" in error.value.remedy
    for name in PROGRAMS:
        (tmp_path / name).touch(mode=0o755)
    assert require("dockerd", str(tmp_path)) == str(tmp_path / "dockerd")
    check(uid=0, path=str(tmp_path))
    with pytest.raises(SandboxError, match="Only root") as error:
        check(uid=1000, path=str(tmp_path))
    assert "sudo" in error.value.remedy


def test_system_programs_are_found_without_sbin_in_path() -> None:
    assert search_path("/mine:/usr/bin").split(":") == [
        "/mine", "/usr/bin", "/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/local/bin", "/bin",
    ]  # fmt: skip


def test_exit_codes_are_a_shells() -> None:
    assert [exit_code(code) for code in (0, 7, -9, -15)] == [0, 7, 137, 143]
