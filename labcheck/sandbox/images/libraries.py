"""The libraries a program needs, according to the loader that will load them in the image.

The unpacked loader lists them; what it finds outside the unpacked folders counts as missing, so that the machine's own
libraries never slip in.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from labcheck.errors import SandboxError

# Where programs of each architecture expect their loader; fixed by the platform's binary interface.
LOADERS = {"amd64": "/lib64/ld-linux-x86-64.so.2", "arm64": "/lib/ld-linux-aarch64.so.1"}

_LINE = re.compile(r"\s*(?P<name>\S+) => (?P<path>.*?)(?: \(0x[0-9a-f]+\))?$")


def libraries(programs: list[Path], loader: Path, folders: list[Path]) -> tuple[list[Path], dict[str, str]]:
    """The unpacked files that these programs load, and what those load in turn, without the loader itself.

    Beside them the names of what is in none of the folders, each with the program that needs it.
    """
    search = ":".join(map(str, folders))
    needed: set[Path] = set()
    missing: dict[str, str] = {}
    for program in programs:
        done = subprocess.run(  # noqa: S603 - the loader we unpacked; it only lists
            [str(loader), "--library-path", search, "--list", str(program)],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        if done.returncode and "=>" not in done.stdout:
            raise SandboxError(f"The libraries of {program.name} cannot be listed: {done.stderr.strip()[:200]}")
        found = {match["name"]: Path(match["path"]) for match in map(_LINE.match, done.stdout.splitlines()) if match}
        found = {name: path for name, path in found.items() if Path(name).name != loader.name}
        # The loader also searches the machine's own libraries, which must not get into the image.
        missing |= {name: program.name for name, path in found.items() if path.parent not in folders}
        needed |= {path for path in found.values() if path.parent in folders}
    return sorted(needed), missing


def package_of(library: str) -> str:
    """The package that this library is in, if it is called as Debian's policy wants it (8.1).

    That is ``libcap2`` for ``libcap.so.2``, and ``liblz4-1`` for ``liblz4.so.1``.
    """
    name, _, version = library.partition(".so.")
    parts = name, version.partition(".")[0]
    return ("-" if name[-1:].isdigit() else "").join(parts).lower().replace("_", "-")
