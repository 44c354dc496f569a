"""The libraries a program needs, told by the very loader that will load them in the image.

Asked of the unpacked loader with only unpacked folders to search, so the machine's own libraries never slip in.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from labcheck.errors import SandboxError

# Where programs of each architecture expect their loader; fixed by the platform's binary interface.
LOADERS = {"amd64": "/lib64/ld-linux-x86-64.so.2", "arm64": "/lib/ld-linux-aarch64.so.1"}

_LINE = re.compile(r"^\s*(?P<name>\S+) => (?P<path>/\S.*?)(?: \(0x[0-9a-f]+\))?$")
_MISSING = re.compile(r"^\s*(?P<name>\S+) => not found$")


def libraries(programs: list[Path], loader: Path, folders: list[Path]) -> list[Path]:
    """The unpacked files that these programs load, and what those load in turn; the loader itself left out."""
    if not programs:
        return []
    search = ":".join(map(str, folders))
    needed: set[Path] = set()
    for program in programs:
        done = subprocess.run(  # noqa: S603 - the loader we unpacked; it lists, and does not run the program
            [str(loader), "--library-path", search, "--list", str(program)],
            env={},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        lines = done.stdout.splitlines()
        if missing := [found["name"] for line in lines if (found := _MISSING.match(line))]:
            raise SandboxError(
                f"A recipe lacks the package that holds {', '.join(missing)}, which {program.name} needs."
            )
        if done.returncode and "statically linked" not in done.stdout:
            raise SandboxError(f"The libraries of {program.name} cannot be listed: {done.stderr.strip()[:200]}")
        needed |= {Path(found["path"]) for line in lines if (found := _LINE.match(line))}
    return sorted(path for path in needed if path.name != loader.name)
