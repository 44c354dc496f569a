"""What a machine may lack for a sandbox without root: user namespaces, ids reserved for the user, a kernel that is new.

It only looks; each thing that is missing has its remedy.
"""

from __future__ import annotations

import getpass
import os
import re
import shutil
import stat
import subprocess
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TypeAlias

from labcheck.errors import SandboxError
from labcheck.sandbox.outside.rootless import IDS, MAPPERS, RESERVED, enough, unshare

Trouble: TypeAlias = tuple[str, str]
"""What a sandbox needs without root and does not have here, and the remedy."""
FIRST = 100_000
"""The first id that ``useradd`` reserves."""
PROC, SETTINGS, APPARMOR = Path("/proc/self"), Path("/proc/sys"), Path("/etc/apparmor.d")
SWITCHES = {
    "user.max_user_namespaces": ("0", "10000"),
    "kernel.unprivileged_userns_clone": ("0", "1"),
    "kernel.apparmor_restrict_unprivileged_userns": ("1", "0"),
}
"""Settings of kernels, of Debian's older ones and of Ubuntu's newer ones: the value that forbids, one that allows."""
OF_UNSHARE = "unshare-userns-restrict"
"""Ubuntu's profile since 25.04, which lets ``unshare`` make a user namespace, but not mount anything in it."""
ENABLED = Path("/sys/module/apparmor/parameters/enabled")
OVERLAY_SINCE = (5, 11)
"""The kernel from which on overlay can be mounted in a user namespace; some distributions' older ones can, too."""
TRYING = "mount -t tmpfs x /mnt && cd /mnt && mkdir l u w v && mount -t overlay -o lowerdir=l,upperdir=u,workdir=w x v"
SOON = 20
OR_ROOT = "Or run it as root: put sudo before the command."


def check(path: str) -> None:
    """Raise ``SandboxError`` for the first thing that is missing; ``path`` is where programs are."""
    for look in (_namespaces, partial(_programs, path), _ids, _overlay):
        if (trouble := look()) is not None:
            sentence, remedy = trouble
            raise SandboxError(f"Without root, a sandbox needs {sentence}.", f"{remedy}\n{OR_ROOT}")


def _namespaces() -> Trouble | None:
    if not (PROC / "ns/user").exists():
        return (
            "user namespaces, which this machine's kernel does not have",
            "Run the course on a machine that has them.",
        )
    for switch, (forbids, allows) in SWITCHES.items():
        if _read(SETTINGS / switch.replace(".", "/")).strip() == forbids:
            return (
                f"user namespaces, which this machine forbids ({switch} is {forbids})",
                f"Allow them: sudo sysctl -w {switch}={allows}",
            )
    profile = APPARMOR / OF_UNSHARE
    if _read(ENABLED).startswith("Y") and profile.exists() and not (APPARMOR / "disable" / OF_UNSHARE).exists():
        return (
            f"to mount its files, which AppArmor forbids to the program unshare ({profile})",
            f"Allow it: sudo ln -s {profile} {APPARMOR}/disable/ && sudo apparmor_parser -R {profile}",
        )
    return None


def _programs(path: str) -> Trouble | None:
    found = [shutil.which(name, path=path) for name in MAPPERS]
    if None in found:
        return (
            "the program newuidmap, which is not installed here",
            "Install it (Debian and Ubuntu: sudo apt-get install uidmap).",
        )
    if "NoNewPrivs:\t1" in _read(PROC / "status"):
        return (
            "the program newuidmap, which may not act as root here: this shell was started with no_new_privs",
            "Open another terminal, on the machine itself.",
        )
    if not all(_acts_as_root(Path(program)) for program in found if program):
        return (
            "the program newuidmap, which may not act as root here: it is installed without that right",
            "Install it again (Debian and Ubuntu: sudo apt-get install --reinstall uidmap).",
        )
    return None


def _acts_as_root(program: Path) -> bool:
    """Whether it is root's when it runs, by its mode, or has a capability of its own, as in Fedora."""
    with suppress(OSError):
        own = program.stat().st_mode & stat.S_ISUID or "security.capability" in os.listxattr(program)
        return bool(own) and not os.statvfs(program).f_flag & os.ST_NOSUID
    return False


def _ids() -> Trouble | None:
    name = getpass.getuser()
    for file in RESERVED:
        if enough(file) is None:
            return (
                f"{IDS} ids that are reserved for {name} in {file}",
                f"Reserve them: sudo usermod --add-subuids {_free()} --add-subgids {_free()} {name}",
            )
    return None


def _free() -> str:
    """A range of ids after all that are reserved: whoever shares ids with another could change their files."""
    taken = [line.split(":")[1:] for file in RESERVED for line in _read(file).splitlines()]
    ends = [
        int(it[0]) + int(it[1]) for it in taken if len(it) == len(("first", "count")) and all(map(str.isdecimal, it))
    ]
    first = max([FIRST, *ends])
    return f"{first}-{first + IDS - 1}"


def _overlay() -> Trouble | None:
    release = _read(SETTINGS / "kernel/osrelease").strip()
    if is_old(release) and not overlay_works():
        since = ".".join(map(str, OVERLAY_SINCE))
        return (
            f"Linux {since} or newer, to keep images without copying them; this is {release}",
            "Run the course on a newer system.",
        )
    return None


def is_old(release: str) -> bool:
    """Whether a kernel of this release may not mount an overlay in a user namespace."""
    found = re.match(r"(\d+)\.(\d+)", release)
    return found is not None and (int(found[1]), int(found[2])) < OVERLAY_SINCE


def overlay_works() -> bool:
    """Whether an overlay can be mounted in a user namespace. It is tried, in memory, and gone afterwards."""
    command = [*unshare("--mount"), "sh", "-c", TRYING]
    return subprocess.run(command, capture_output=True, check=False, timeout=SOON).returncode == 0  # noqa: S603 - a fixed program


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
