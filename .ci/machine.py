"""Installs what this machine lacks for the course, after confirmation. It starts no service and leaves none enabled.

It runs before anything is installed, so it needs only Python's standard library. It refuses to install without
confirmation (``--yes``, or ``CI=true``), on systems not based on Debian, and any part of an engine if there is one
already.
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

from installation import TRUST, MachineError, brought_in, install, offered, say

if TYPE_CHECKING:
    from collections.abc import Iterable

FINDS_PYTHON = Path(__file__).with_name("python")
SYSTEM_FOLDERS = ("/usr/local/sbin", "/usr/sbin", "/sbin")


class Tool(NamedTuple):
    """Something the course needs: the command or file that shows it is there, its Debian package, what it is for."""

    sign: str
    package: str
    purpose: str


NEW_ENOUGH = sys.version_info >= (3, 11)
MODERN = ("python3.14-venv", "python3.13-venv", "python3.12-venv", "python3.11-venv")
PYTHON = (
    Tool("ensurepip", f"python{sys.version_info[0]}.{sys.version_info[1]}-venv", "makes the virtual environment")
    if NEW_ENOUGH
    else Tool("python3.11", MODERN[-1], "runs labcheck; a newer one will also do")
)
ENGINE = Tool("dockerd", "docker.io", "the course's own engine")
CLIENT = Tool("docker", "docker-cli", "the commands that are typed")
BROWSER = Tool("chromium", "chromium", "the tests that click")
TOOLS = (
    Tool("make", "make", "runs all this"),
    ENGINE,
    CLIENT,
    Tool("ip", "iproute2", "the sandbox's network"),
    Tool("iptables", "iptables", "the engine's published ports"),
    Tool("slirp4netns", "slirp4netns", "the sandbox's access to the internet"),
    Tool("newuidmap", "uidmap", "the engine of a user who is not root"),
    Tool("unshare", "util-linux", "the sandbox's namespaces"),
    Tool("nsenter", "util-linux", "entering a sandbox"),
    Tool("setpriv", "util-linux", "a sandbox that ends with its owner"),
    Tool("curl", "curl", "the commands that are typed"),
    Tool("ps", "procps", "lists processes, for the tests"),
    Tool(str(TRUST), "ca-certificates", "trust in public registries"),
)


def there(tool: Tool) -> bool:
    """Whether this machine has it, even outside a plain user's PATH."""
    if tool is PYTHON and NEW_ENOUGH:
        invalidate_caches()
        return find_spec("ensurepip") is not None
    if tool is PYTHON:
        chosen = subprocess.run([FINDS_PYTHON], check=False, timeout=60, capture_output=True)
        return chosen.returncode == 0
    if tool.sign.startswith("/"):
        return Path(tool.sign).exists()
    folders = os.pathsep.join([os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS])
    return shutil.which(tool.sign, path=folders) is not None


def packages(lacking: Iterable[Tool], on_offer: frozenset[str]) -> list[str]:
    """The packages for what is missing, among the available ones; if those are unknown, by their usual names.

    If there is no package ``docker-cli``, ``docker`` is part of the engine's package. Raises MachineError.
    """
    wanted = {tool: tool.package for tool in lacking}
    if CLIENT in wanted and on_offer and CLIENT.package not in on_offer:
        del wanted[CLIENT]
        if ENGINE not in wanted:
            raise MachineError(
                "There is a dockerd but no docker command. Install the client that belongs to your engine."
            )
    if PYTHON in wanted and not NEW_ENOUGH:
        wanted[PYTHON] = next((name for name in MODERN if name in on_offer), wanted[PYTHON])
    if BROWSER in wanted and on_offer and BROWSER.package not in on_offer:
        del wanted[BROWSER]  # Ubuntu has it only as a snap, which needs a service
        say("this system has no package of a browser: the tests that click need one installed by hand.")
    if on_offer and (unknown := sorted(set(wanted.values()) - on_offer)):
        raise MachineError(
            f"This system's package sources do not have {', '.join(unknown)}. "
            "Install it by other means, or add a source that has it (on Ubuntu: universe)."
        )
    return sorted(set(wanted.values()))


def is_debian_like(os_release: str) -> bool:
    """Whether a system uses Debian's packages or is based on them, from the text of ``/etc/os-release``."""
    fields = dict(line.split("=", 1) for line in os_release.splitlines() if "=" in line)
    names = " ".join(fields.get(name, "").strip("\"'") for name in ("ID", "ID_LIKE"))
    return bool({"debian", "ubuntu"} & set(names.split()))


def os_release() -> str:
    """The text of ``/etc/os-release``; empty if there is none."""
    path = Path("/etc/os-release")
    return path.read_text(encoding="utf-8") if path.exists() else ""


def everything(names: list[str]) -> str:
    """What installing these packages would install, by name if the package client knows it."""
    others = [name for name in brought_in(names) if name not in names]
    return f"{' '.join(names)}; with them: {' '.join(others) or 'whatever they depend on'}"


def make_ready(tools: Iterable[Tool], *, told_to: bool) -> None:
    """Look, say what is missing, ask if necessary, install."""
    lacking = [tool for tool in tools if not there(tool)]
    if not lacking:
        return
    say("this machine lacks" + "".join(f"\n  {tool.sign}: {tool.purpose}" for tool in lacking))
    unable = ""
    if not (is_debian_like(os_release()) and shutil.which("apt-get")):
        unable = (
            "This can be installed for you only on Debian, Ubuntu and systems based on them. "
            "Install it by your system's own means."
        )
    elif os.geteuid() != 0:
        unable = (
            f"Installing needs root: say `sudo` before the command. Packages: {' '.join(packages(lacking, offered()))}"
        )
    if unable and (told_to or PYTHON in lacking):
        raise MachineError(unable)
    if unable:
        say(f"{unable}\nWithout it the unit tests run; what needs an engine of its own is skipped.")
        return
    if not told_to:
        names = packages(lacking, offered())
        say(f"it would install the packages {everything(names)}. No service starts, none is left enabled.")
        confirm()
    install(lambda on_offer: packages(lacking, on_offer))
    if still := [tool.sign for tool in lacking if not there(tool) and tool is not BROWSER]:
        raise MachineError(f"Installed, but not found: {', '.join(still)}.")


def confirm() -> None:
    """Ask for confirmation. Without a terminal nobody can give it, so it refuses instead of waiting."""
    if not sys.stdin.isatty():
        raise MachineError(
            "Nothing was installed: there is no terminal to ask in. To agree, type it again with YES=1 at the end."
        )
    print("Install them now? [y/N] ", end="", flush=True)
    if input().strip().lower() not in {"y", "yes"}:
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
