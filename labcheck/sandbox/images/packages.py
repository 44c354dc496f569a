"""The distribution's own packages, downloaded and unpacked, so that course images hold real programs.

They are downloaded with the machine's own apt from its own sources, but with state and cache in our own folder: nothing
changes in the system. Nothing is ever installed, because an installed registry or web server would start as a service.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError

ROOM = 200 << 20
"""A generous limit on the bytes of apt's lists, the packages and their contents."""
TICK = 0.5
CARRY = "Elsewhere, 'labcheck images save FILE' writes the images; here, 'labcheck images load FILE' reads them."

# Options that confine apt to our folder. The hooks are cleared because some images delete the archives in them.
_APT_CONF = """\
Dir::State "{folder}/state";
Dir::State::status "{folder}/state/status";
Dir::Cache "{folder}/cache";
Dir::Log "{folder}";
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
"""


@dataclass(frozen=True)
class Package:
    """One unpacked package: its name, its version, the folder with its files."""

    name: str
    version: str
    folder: Path

    def find(self, path: str) -> Path | None:
        """The unpacked file of an absolute path, wherever the package puts it before or after the merge into /usr."""
        plain = path.removeprefix("/usr")
        for candidate in (plain, f"/usr{plain}"):
            found = self.folder / candidate.lstrip("/")
            if found.exists() or found.is_symlink():
                return found
        return None


def fetch(
    names: Iterable[str], folder: Path, *, seconds: float = 600, tell: Callable[[str], object] = lambda _: None
) -> dict[str, Package]:
    """Download and unpack packages into ``folder``, which may have others already; the result is keyed by these names.

    ``tell`` is called with how many of them have been downloaded.

    A library may carry a suffix for its wider time type (``libssl3`` is ``libssl3t64`` from Debian 13 on).
    Raises SandboxError: no apt, no network, an unknown package, or not done in ``seconds``; OSError: no room.
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SandboxError("The course images are built from Debian packages, and this machine has no apt.", CARRY)
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < ROOM:
        # On a full disk, apt itself would retry forever.
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    apt = _Apt(folder, time.monotonic() + seconds)
    real = apt.resolve(list(names))
    wanted = sorted(set(real.values()))
    told = {0}

    def count() -> None:
        there = sum(1 for _ in apt.archives.glob("*.deb"))
        if there not in told:
            tell(f"Downloading the packages that the course images are built from: {there} of {len(wanted)} ...")
            told.add(there)

    apt.run("apt-get", "download", *wanted, cwd=apt.archives, meanwhile=count)
    packages: dict[str, Package] = {}
    for archive in sorted(apt.archives.glob("*.deb")):
        name, version = apt.run("dpkg-deb", "-W", "--showformat=${Package} ${Version}", str(archive)).split()
        unpacked = folder / "unpacked" / name
        if not unpacked.exists():
            unpacked.mkdir(parents=True)
            apt.run("dpkg-deb", "-x", str(archive), str(unpacked))
        packages[name] = Package(name, version, unpacked)
    return {asked: packages[name] for asked, name in real.items()}


def architecture() -> str:
    """This machine's architecture, under the name that Debian and Docker share."""
    known = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
    machine = os.uname().machine
    if machine not in known:
        raise SandboxError(f"There are course images for amd64 and arm64, but this machine is {machine}.")
    return known[machine]


class _Apt:
    """The machine's apt, confined to one folder and one deadline."""

    def __init__(self, folder: Path, deadline: float) -> None:
        self.deadline = deadline
        self.archives = folder / "debs"
        self.conf = folder / "apt.conf"
        for place in ("state/lists/partial", "cache/archives/partial", "debs"):
            (folder / place).mkdir(parents=True, exist_ok=True)
        (folder / "state/status").touch()
        self.conf.write_text(_APT_CONF.format(folder=folder), "utf-8")

    def resolve(self, names: list[str]) -> dict[str, str]:
        """The name of each package in the sources. A failing source does not matter if another one has the package."""
        if not any((self.conf.parent / "state/lists").glob("*_Packages*")):
            with contextlib.suppress(SandboxError):
                self.run("apt-get", "update")
        known = set(self.run("apt-cache", "pkgnames").split())
        if not known:
            raise SandboxError(
                "apt cannot reach any of this machine's package sources.", f"Is there a network? {CARRY}"
            )
        real = {name: f"{name}t64" if f"{name}t64" in known else name for name in names}
        if missing := sorted(set(real.values()) - known):
            raise SandboxError(f"This machine's package sources do not have {', '.join(missing)}.", CARRY)
        return real

    def run(
        self, program: str, *arguments: str, cwd: Path | None = None, meanwhile: Callable[[], object] = lambda: None
    ) -> str:
        """Run one of apt's programs and return its output; its error message becomes our sentence."""
        command = [program, *arguments]
        if program.startswith("apt"):
            command[1:1] = ["-q", "-c", str(self.conf)]
        code, said, complaints = _ran(command, cwd, max(1.0, self.deadline - time.monotonic()), meanwhile)
        if code == 0:
            return said
        if any(os.strerror(errno.ENOSPC) in line for line in complaints):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        reason = complaints[0].removeprefix("E: ").removeprefix("W: ") if complaints else f"exit {code}"
        raise SandboxError(f"'{program}' failed: {reason}", f"Is there a network? {CARRY}")


def _ran(
    command: list[str], cwd: Path | None, seconds: float, meanwhile: Callable[[], object]
) -> tuple[int, str, list[str]]:
    """Exit code, output and error output; any interruption kills the program and everything it started."""
    with subprocess.Popen(  # noqa: S603 - fixed programs, and names from our own recipes
        command,
        cwd=cwd,
        env=os.environ | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    ) as process:
        try:
            said, complaints = _heard(process, time.monotonic() + seconds, meanwhile)
        except BaseException as error:
            os.killpg(process.pid, signal.SIGKILL)
            if isinstance(error, subprocess.TimeoutExpired):
                raise SandboxError(
                    f"'{command[0]}' took too long; the network may be slow.", f"Try again. {CARRY}"
                ) from None
            raise
    return process.returncode, said, [line for line in complaints.splitlines() if line.strip()]


def _heard(process: subprocess.Popen[str], deadline: float, meanwhile: Callable[[], object]) -> tuple[str, str]:
    """All its output until it ends. Raises ``subprocess.TimeoutExpired`` at the deadline."""
    while True:
        try:
            return process.communicate(timeout=TICK)
        except subprocess.TimeoutExpired:
            if time.monotonic() > deadline:
                raise
            meanwhile()
