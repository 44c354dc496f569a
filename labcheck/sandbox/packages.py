"""The distribution's own packages, downloaded and unpacked, so that course images hold real programs.

They come through the machine's own apt and its own sources, but with state and cache in a folder of ours: nothing of
the system's changes. Nothing is ever installed, because an installed registry or web server starts as a service.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from labcheck.errors import SandboxError

CARRY = "Where images were built once, 'labcheck images save FILE' writes them; 'labcheck images load FILE' reads them."
MIRROR = "Or point LABCHECK_IMAGES at your classroom's mirror, if there is one."

# Options that keep apt to our folder. The hooks are cleared because some images delete the system's archives in them.
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
    """One package, unpacked: its name, its version, the folder that holds its files."""

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


def fetch(names: Iterable[str], folder: Path, *, seconds: float = 600) -> dict[str, Package]:
    """Download and unpack packages into ``folder``; the answer is keyed by the names asked for.

    A library may carry a suffix for its wider time type (``libssl3`` is ``libssl3t64`` from Debian 13 on).
    Raises SandboxError: no apt, no network, an unknown package, a full disk, or not done in ``seconds``.
    """
    if not (shutil.which("apt-get") and shutil.which("dpkg-deb")):
        raise SandboxError("The course images are built from Debian packages, and this machine has no apt.", CARRY)
    apt = _Apt(folder, time.monotonic() + seconds)
    real = apt.resolve(list(names))
    apt.run("apt-get", "download", *sorted(real.values()), cwd=apt.archives)
    packages: dict[str, Package] = {}
    for archive in sorted(apt.archives.glob("*.deb")):
        name, version = apt.run("dpkg-deb", "-W", "--showformat=${Package} ${Version}", str(archive)).split()
        unpacked = folder / "unpacked" / name
        unpacked.mkdir(parents=True)
        apt.run("dpkg-deb", "-x", str(archive), str(unpacked))
        packages[name] = Package(name, version, unpacked)
    return {asked: packages[name] for asked, name in real.items()}


def architecture() -> str:
    """This machine's architecture, by the name that Debian and Docker share."""
    known = {"x86_64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
    machine = os.uname().machine
    if machine not in known:
        raise SandboxError(f"There are course images for amd64 and arm64, and this machine is {machine}.", MIRROR)
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
        """What the sources call each package. A source that fails is no reason to stop while others have it."""
        trouble = ""
        try:
            self.run("apt-get", "update")
        except SandboxError as error:
            trouble = str(error)
        known = set(self.run("apt-cache", "pkgnames").split())
        if not known:
            raise SandboxError(trouble or "apt knows no package sources on this machine.", f"{CARRY} {MIRROR}")
        real = {name: f"{name}t64" if f"{name}t64" in known else name for name in names}
        if missing := sorted(set(real.values()) - known):
            raise SandboxError(f"This machine's package sources do not hold {', '.join(missing)}.", CARRY)
        return real

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> str:
        """Run one of apt's programs and return what it wrote; its complaint becomes our sentence."""
        command = [program, *arguments]
        if program.startswith("apt"):
            command[1:1] = ["-q", "-c", str(self.conf)]
        try:
            done = subprocess.run(  # noqa: S603 - fixed programs, and names from our own recipes
                command,
                cwd=cwd,
                env=os.environ | {"LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=max(1.0, self.deadline - time.monotonic()),
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise SandboxError(f"'{program}' took too long; the network may be slow.", f"Try again. {CARRY}") from error
        if done.returncode == 0:
            return done.stdout
        complaints = [line for line in done.stderr.splitlines() if line.strip()]
        if any(os.strerror(errno.ENOSPC) in line for line in complaints):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        reason = complaints[0].removeprefix("E: ").removeprefix("W: ") if complaints else f"exit {done.returncode}"
        raise SandboxError(f"'{program}' failed: {reason}", f"Is the network there? {CARRY} {MIRROR}")
