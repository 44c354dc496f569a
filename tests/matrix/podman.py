"""Podman of another release: the practice by its Docker-compatible API alone, and by podman's own command alone.

Its containers share the sandbox's network, so what publishes ports is not played on it: other labs, and mistakes.
"""

from __future__ import annotations

import shlex
import sys

from tests.matrix.unpacked import unpacked
from tests.matrix.unpacked import version as version_of

RELEASE = "trixie"
PROGRAMS = ("podman", "conmon", "netavark")
LIBRARIES = (
    "libc6", "libgpgme11t64", "libassuan9", "libgpg-error0", "libsubid5", "libsqlite3-0", "libseccomp2",
    "libglib2.0-0t64", "libpcre2-8-0", "libsystemd0", "libcap2",
)  # fmt: skip
HOW = "its own | root, as Podman"


def typed() -> tuple[str, ...]:
    """What to type in a sandbox, so that Podman is started there and the practice is played."""
    folder = unpacked([*PROGRAMS, *LIBRARIES], RELEASE)
    newer = shlex.join([sys.executable, "-m", "tests.matrix.newer_libc", str(folder / "libc6")])
    played = shlex.join([sys.executable, "-m", "tests.live.on_podman", str(folder)])
    return "bash", "-c", f"{newer} && exec {played}"


def version() -> str:
    """Which Podman it is."""
    return version_of("podman", RELEASE)
