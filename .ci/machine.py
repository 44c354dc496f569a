"""Installs what this machine lacks for the course, once it is told to. It starts no service and leaves none enabled.

It runs before anything is installed, so it needs no more than Python's standard library. It refuses to install without
a yes (``--yes``, or ``CI=true``), on anything but Debian, and any part of an engine where there is one already.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from installation import TRUST, MachineError, install, say

if TYPE_CHECKING:
    from collections.abc import Iterable

SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


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
    Tool("unshare", "util-linux", "the sandbox's namespaces"),
    Tool("nsenter", "util-linux", "the way into a sandbox"),
    Tool("setpriv", "util-linux", "a sandbox that ends with its owner"),
    Tool("curl", "curl", "the commands that are typed"),
    Tool("ps", "procps", "what runs, for the tests"),
    Tool(str(TRUST), "ca-certificates", "trust in public registries"),
)


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
