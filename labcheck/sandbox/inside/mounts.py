"""The places that are private to a sandbox: /run, /etc, /proc, its data, and where other engines had their sockets.

All are mounts in the sandbox's own mount namespace. Nothing is created or changed in the folders below them, so the
machine looks the same afterwards.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from labcheck.errors import SandboxError
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.places import CONFIG, DATA, LEARNER, PLACE, REGISTRY_ADDRESS, REGISTRY_HOST, RUN, SETTINGS, SOCKET

OTHERS = ("/var/lib/docker", "/var/lib/containerd", "/var/lib/containers", "/var/snap/docker")
"""Where this machine's own engines store their data. In a sandbox these folders are empty, so that an engine that
is started there by mistake finds none of the machine's images and containers."""
OWN = frozenset({"docker", "hosts", "hostname", "resolv.conf"})
"""What a sandbox has of its own in /etc."""
HOSTNAME = "labcheck"
HOSTS = f"""\
127.0.0.1 localhost
::1 localhost ip6-localhost ip6-loopback
127.0.1.1 {HOSTNAME}
{REGISTRY_ADDRESS} {REGISTRY_HOST}
"""
_NOSUID, _NODEV, _NOEXEC, _BIND, _RECURSIVE = 2, 4, 8, 4096, 16384
_PATIENT = 0o1777
_libc = ctypes.CDLL(None, use_errno=True)


def mount(kind: str, source: str | Path, target: Path, flags: int = 0, options: str = "") -> None:
    """Mount a filesystem; raises ``OSError``."""
    arguments = [os.fsencode(value) for value in (source, target, kind)]
    if _libc.mount(*arguments, ctypes.c_ulong(flags), options.encode()) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(target))


def bind(source: Path, target: Path) -> None:
    """Bind-mount ``source`` over ``target``."""
    mount("", source, target, _BIND)


def private_places(data: Path | None, resolver: str, driver: Driver) -> None:
    """Create the sandbox's own /proc, /run, data and /etc; ``resolver`` is the text of /etc/resolv.conf."""
    mount("proc", "proc", Path("/proc"), _NOSUID | _NODEV | _NOEXEC)
    users = [(path, path.stat()) for path in (RUN / "user").glob("*") if path.is_dir()]
    if driver is Driver.ROOTLESS:  # those of others belong to nobody here
        users = [(path, status) for path, status in users if status.st_uid == os.getuid()]
    _tmpfs(RUN, _NOSUID | _NODEV)
    if Path("/var/run").resolve() != RUN:
        bind(RUN, Path("/var/run"))
    (RUN / "lock").mkdir()
    (RUN / "lock").chmod(_PATIENT)
    for path, status in users:
        path.mkdir(parents=True, mode=0o700)
        os.chown(path, status.st_uid, status.st_gid)
    DATA.mkdir(parents=True)
    if data is None:
        _tmpfs(DATA)
    else:
        bind(data, DATA)
        _check_overlay(DATA / "overlay-check", data)
    for place in filter(Path.is_dir, map(Path, OTHERS)):
        _tmpfs(place)
    _etc(resolver, driver)


def hand_over(uid: int, gid: int) -> None:
    """Give the learner the Docker client's settings, the engine's settings, and a folder in memory."""
    LEARNER.mkdir(mode=0o700)
    DATA.chmod(DATA.stat().st_mode | 0o011)
    for path in (LEARNER, DATA / CONFIG, DATA / SETTINGS):
        for one in (path, *path.rglob("*")):
            os.chown(one, uid, gid, follow_symlinks=False)


def replace_sockets(sockets: Iterable[Path]) -> None:
    """Make the sandbox's engine available where other engines listen outside."""
    for path in sockets:
        place = path.resolve()
        if place == SOCKET:
            continue
        if place.is_relative_to(RUN):
            place.parent.mkdir(parents=True, exist_ok=True)
            place.symlink_to(SOCKET)
        elif place.exists():
            bind(SOCKET, place)


def _tmpfs(target: Path, flags: int = 0) -> None:
    mount("tmpfs", "tmpfs", target, flags, "mode=0755")


def _etc(resolver: str, driver: Driver) -> None:
    etc = Path("/etc")
    if driver is Driver.ROOTLESS:
        _linked(etc, PLACE / "etc")
    else:
        _overlay(etc, PLACE / "etc")
    (etc / "docker").mkdir(exist_ok=True)
    (DATA / SETTINGS).mkdir(exist_ok=True)
    bind(DATA / SETTINGS, etc / "docker")
    for name, text in {"hosts": HOSTS, "hostname": f"{HOSTNAME}\n", "resolv.conf": resolver}.items():
        (etc / name).unlink(missing_ok=True)
        (etc / name).write_text(text, encoding="utf-8")


def _overlay(folder: Path, aside: Path) -> None:
    """Redirect changes below ``folder`` to another folder, with an overlay."""
    for part in ("upper", "work"):
        (aside / part).mkdir(parents=True)
    options = f"lowerdir={folder},upperdir={aside / 'upper'},workdir={aside / 'work'}"
    try:
        mount("overlay", "overlay", folder, 0, options)
    except OSError as error:
        if error.errno == errno.ENODEV:
            raise SandboxError(
                "This machine's kernel has no overlay filesystem, which an engine needs for its images.",
                "Load it (sudo modprobe overlay), or run the course on another machine.",
            ) from error
        raise


def _linked(folder: Path, aside: Path) -> None:
    """Replace the folder by one in memory, with links to what is in it; without root, no overlay could be changed."""
    aside.mkdir(parents=True)
    mount("", folder, aside, _BIND | _RECURSIVE)
    _tmpfs(folder)
    for entry in aside.iterdir():
        if entry.name not in OWN:
            (folder / entry.name).symlink_to(entry)


def _check_overlay(aside: Path, data: Path) -> None:
    """Without a working overlay an engine would copy whole images; it is better to say so immediately."""
    shutil.rmtree(aside, ignore_errors=True)
    view = aside / "view"
    view.mkdir(parents=True)
    try:
        _overlay(view, aside)
    except OSError as error:
        raise SandboxError(
            f"An engine cannot keep its images in {data}: overlay does not work on that filesystem ({error.strerror}).",
            "Set LABCHECK_HOME to a folder on a local disk (ext4 or xfs).",
        ) from error
    else:
        _libc.umount2(os.fsencode(view), 0)
    finally:
        with suppress(OSError):
            shutil.rmtree(aside)
