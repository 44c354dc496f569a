"""Installs what this machine lacks for the course, once it is told to. It starts no service and leaves none enabled.

It runs before anything is installed, so it is one file on Python's standard library. It refuses to install without a
yes (``--yes``, or ``CI=true``), on anything but Debian, and any part of an engine where there is one already.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")
POLICY = Path("/usr/sbin/policy-rc.d")
TRUST = Path("/etc/ssl/certs/ca-certificates.crt")
DENY = "#!/bin/sh\n# Put here by labcheck while it installs packages: no service starts.\nexit 101\n"
UPDATE_SECONDS, INSTALL_SECONDS = 180, 600


class Tool(NamedTuple):
    """Something the course needs: the command or file that shows it is there, its Debian package, what it is for."""

    sign: str
    package: str
    purpose: str


PYTHON = Tool("ensurepip", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "makes the virtual environment")
ENGINE = Tool("dockerd", "docker.io", "the course's own engine")
CLIENT = Tool("docker", "docker-cli", "the commands that are typed")
BROWSER = Tool("chromium", "chromium", "the tests that click")
TOOLS = (
    Tool("make", "make", "runs all this"),
    ENGINE,
    CLIENT,
    Tool("ip", "iproute2", "the sandbox's network"),
    Tool("iptables", "iptables", "the engine's published ports"),
    Tool("slirp4netns", "slirp4netns", "the sandbox's way to the internet"),
    Tool("tini", "tini", "the sandbox's first process"),
    Tool("unshare", "util-linux", "the sandbox's namespaces"),
    Tool("nsenter", "util-linux", "the way into a sandbox"),
    Tool("setpriv", "util-linux", "a sandbox that ends with its owner"),
    Tool("curl", "curl", "the commands that are typed"),
    Tool(str(TRUST), "ca-certificates", "trust in public registries"),
)


class MachineError(Exception):
    """The machine could not be made ready; the message says why."""


def say(sentence: str) -> None:
    """Tell the person, at once: the package client writes to the same place."""
    print(f"labcheck: {sentence}", flush=True)


def there(tool: Tool) -> bool:
    """Whether this machine has it, also where a plain user's PATH does not look."""
    if tool is PYTHON:
        invalidate_caches()
        return find_spec("ensurepip") is not None
    if tool.sign.startswith("/"):
        return Path(tool.sign).exists()
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    return shutil.which(tool.sign, path=folders) is not None


def packages(lacking: Iterable[Tool], debian: int) -> list[str]:
    """Debian's packages for what is lacking. Before Debian 13, ``docker`` came inside the engine's package."""
    wanted = set(lacking)
    if CLIENT in wanted and debian < 13:  # noqa: PLR2004 - the release that parted the two
        wanted.remove(CLIENT)
        if ENGINE not in wanted:
            raise MachineError(
                "There is a dockerd but no docker command. Install the client that belongs to your engine."
            )
    return sorted({tool.package for tool in wanted})


def debian_release(os_release: str) -> int | None:
    """Debian's number, from the text of ``/etc/os-release``; None elsewhere. Testing and unstable have none yet."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    if fields.get("ID", "").strip('"') != "debian":
        return None
    return int(fields.get("VERSION_ID", "").strip('"').split(".")[0] or 99)


def enabled(etc: Path) -> set[Path]:
    """The links that start something at boot: systemd's units and System V's scripts."""
    patterns = ("systemd/system/*.wants/*", "systemd/system/*.requires/*", "rc[2-5S].d/S[0-9][0-9]*")
    return {link for pattern in patterns for link in etc.glob(pattern)}


@contextmanager
def alone(folder: Path, seconds: float) -> Iterator[None]:
    """One such installation at a time on this machine: the others wait, but not for ever."""
    handle = os.open(folder, os.O_RDONLY)
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise MachineError("Another installation of this kind does not end. Try again later.") from None
                time.sleep(0.2)
        yield
    finally:
        os.close(handle)


@contextmanager
def no_service_starts(policy: Path) -> Iterator[None]:
    """Deny starts by Debian's own means, then put back what was there, also after a run that was killed."""
    aside = policy.with_name(f"{policy.name}.before-labcheck")
    if os.path.lexists(aside):
        aside.replace(policy)
    elif policy.is_file() and policy.read_bytes() == DENY.encode():
        policy.unlink()
    if os.path.lexists(policy):
        policy.rename(aside)
    try:
        policy.write_text(DENY)
        policy.chmod(0o755)
        yield
    finally:
        if os.path.lexists(aside):
            aside.replace(policy)
        else:
            policy.unlink(missing_ok=True)


@contextmanager
def nothing_newly_enabled(etc: Path, disable_script: Callable[[str], object]) -> Iterator[None]:
    """Disable whatever was enabled meanwhile; what was enabled before stays so. Later upgrades keep to it."""
    before = enabled(etc)
    try:
        yield
    finally:
        new = enabled(etc) - before
        scripts = {link for link in new if link.parent.name.startswith("rc")}
        for link in new - scripts:
            link.unlink()
        for name in {link.name[3:] for link in scripts}:
            disable_script(name)
        if new:
            say(f"not started at boot: {', '.join(sorted({link.name for link in new - scripts}))}")


def disable_script(name: str) -> None:
    """Disable a System V script by Debian's own means: without a link of any kind, an upgrade would enable it again."""
    subprocess.run(["update-rc.d", name, "disable"], check=False, timeout=60, stdin=subprocess.DEVNULL)


@contextmanager
def trust_kept(bundle: Path, maker: Path) -> Iterator[None]:
    """Keep the machine's list of trusted certificates where no package made it: installing one would replace it."""
    own = bundle.read_bytes() if bundle.exists() and not maker.exists() else None
    try:
        yield
    finally:
        if own is not None and bundle.read_bytes() != own:
            bundle.write_bytes(own)


def apt_get(*arguments: str, seconds: int) -> None:
    """Run the package client without questions and within a deadline."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1"}
    settings = ("-o", f"DPkg::Lock::Timeout={UPDATE_SECONDS}", "-o", "Dpkg::Use-Pty=0")
    command = ["apt-get", "-qq", "--yes", *settings, *arguments]
    try:
        subprocess.run(command, check=True, timeout=seconds, stdin=subprocess.DEVNULL, env=quiet)
    except subprocess.CalledProcessError as error:
        raise MachineError(f"`apt-get {arguments[0]}` failed; what it said stands above.") from error
    except subprocess.TimeoutExpired as error:
        raise MachineError(f"`apt-get {arguments[0]}` did not end within {seconds} s.") from error


def install(names: list[str]) -> None:
    """Install Debian packages; no service starts, none is left enabled that was not."""
    with (
        alone(POLICY.parent, INSTALL_SECONDS),
        no_service_starts(POLICY),
        nothing_newly_enabled(Path("/etc"), disable_script),
        trust_kept(TRUST, Path("/usr/sbin/update-ca-certificates")),
    ):
        apt_get("update", seconds=UPDATE_SECONDS)
        apt_get("install", "--no-install-recommends", *names, seconds=INSTALL_SECONDS)


def os_release() -> str:
    """How this system names itself; empty where it does not."""
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def brought_in(simulation: str) -> list[str]:
    """The packages a simulated ``apt-get install`` would unpack, from what it printed."""
    return [line.split()[1] for line in simulation.splitlines() if line.startswith("Inst ")]


def everything(names: list[str]) -> str:
    """What installing these packages would bring, by name where the package client knows already."""
    command = ["apt-get", "--simulate", "--no-install-recommends", "install", *names]
    done = subprocess.run(command, check=False, timeout=60, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    others = [name for name in brought_in(done.stdout) if name not in names]
    return f"{' '.join(names)}; with them: {' '.join(others) or 'whatever they depend on'}"


def make_ready(tools: Iterable[Tool], *, told_to: bool) -> None:
    """Look, say what is lacking, ask if need be, install."""
    lacking = [tool for tool in tools if not there(tool)]
    if not lacking:
        return
    say("this machine lacks" + "".join(f"\n  {tool.sign}: {tool.purpose}" for tool in lacking))
    release = debian_release(os_release())
    unable = ""
    if release is None:
        unable = "Only on Debian can this be installed for you. Install it by your system's own means."
    elif os.geteuid() != 0:
        unable = (
            f"Installing needs root: say `sudo` before the command. Packages: {' '.join(packages(lacking, release))}"
        )
    if unable and (told_to or PYTHON in lacking):
        raise MachineError(unable)
    if release is None or unable:
        say(f"{unable}\nWithout it the unit tests run; what needs an engine of its own is skipped.")
        return
    names = packages(lacking, release)
    if not told_to:
        say(f"it would install Debian's packages {everything(names)}. No service starts, none is left enabled.")
        confirm()
    install(names)
    if still := [tool.sign for tool in lacking if not there(tool)]:
        raise MachineError(f"Installed, and yet not found: {', '.join(still)}.")


def confirm() -> None:
    """Ask for a yes. Without a terminal nobody can give one, so it refuses rather than waits."""
    if not sys.stdin.isatty():
        raise MachineError(
            "Nothing was installed: there is no terminal to ask in. To agree, add YES=1: `make test YES=1`."
        )
    if input("Install them now? [y/N] ").strip().lower() not in {"y", "yes"}:
        raise MachineError("Nothing was installed. `make unit` runs the tests that need none of it.")


def main() -> int:
    """Exit 0 when ready, or as ready as it gets without root; 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--yes", action="store_true", help="install without asking")
    parser.add_argument("--browser", action="store_true", help="a browser too, for the tests that click")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that what was put aside is put back
    tools = (PYTHON, *TOOLS, BROWSER) if options.browser else (PYTHON, *TOOLS)
    try:
        make_ready(tools, told_to=options.yes or os.environ.get("CI") == "true")
    except MachineError as error:
        print(f"labcheck: {error}", file=sys.stderr)
        return 1
    except (KeyboardInterrupt, EOFError):
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
