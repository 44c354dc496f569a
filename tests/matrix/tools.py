"""``python -m tests.matrix.tools``: nine tools do ten steps; what labcheck says of each is judged, and written down.

The table goes into the page beside this file, what was seen into ``tests/vectors``: the quick tests judge it again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from tests.matrix.cell import HERE, Row, commands, record, recorded
from tests.matrix.engines import ENGINES, Engine
from tests.matrix.table import table
from tests.matrix.unpacked import CACHE, path, unpacked, version
from tests.support.places import ROOT

PAGE = HERE / "README.md"
OWN = ("podman", "conmon", "libgpgme11", "libassuan0", "buildah")
NEW = ("crane", "oras", "cosign", "docker-buildx", "skopeo")
LIBRARIES = ("libc6", "libgpgme45", "libgpg-error0", "libassuan9", "libsqlite3-0", "libgcc-s1", "zlib1g")
"""What skopeo needs, down to the C library: Debian 12's skopeo speaks an API that Docker 28 no longer answers to."""
RELEASE = "forky"
SKOPEO = """#!/bin/sh
exec {loader} --library-path {libraries} {program} --insecure-policy "$@"
"""
ON_PODMAN = frozenset({"podman", "buildah"})
"""They work in the storage of Podman's engine, which Docker's does not see."""
ON = (ENGINES[0], ENGINES[5])
PATIENCE = 600


def main(*only: str) -> int:
    """Play all tools, or some by their names; exit 1 if a cell is not true."""
    kept = {(row.tool, row.engine): row for row in recorded()} if only else {}
    rows = [*(kept | {(row.tool, row.engine): row for row in _rows(only)}).values()]
    false = [(row, step) for row in rows for step, cell in row.cells.items() if not cell.is_true]
    for row, step in false:
        sys.stdout.write(f"not true: {row.tool} on {row.engine}, {step}: {row.cells[step]} ({row.cells[step].words})\n")
    record(rows)
    _write("tables", "\n".join(table(it, rows) for it in dict.fromkeys(row.engine for row in rows)))
    if not only:
        engines = " and on ".join(_played("skopeo_pushes", it, it.store) for it in ON)
        _write("practice", f"The whole practice, with skopeo doing each push, was finished on {engines}.")
    return int(bool(false))


def _write(name: str, text: str) -> None:
    """Write this into the page, between two comments."""
    before, mark, rest = PAGE.read_text(encoding="utf-8").partition(f"<!-- {name} -->\n")
    _, end, after = rest.partition("<!-- end -->\n")
    PAGE.write_text(f"{before}{mark}\n{text.strip()}\n\n{end}{after}", encoding="utf-8")


def _rows(only: Sequence[str]) -> Iterator[Row]:
    """What each tool did, on each engine that it works with."""
    for engine in ON:
        for tool in commands():
            is_podmans = tool in ON_PODMAN
            if (is_podmans and engine != ON[0]) or (only and tool not in only):
                continue
            said = _played("playing_tools", engine, tool, "podman" if is_podmans else engine.store)
            row = replace(msgspec.json.decode(said, type=Row), version=_version(tool))
            cells = ", ".join(f"{step} {cell}" for step, cell in row.cells.items())
            sys.stdout.write(f"{row.engine}: {tool}: {cells}\n")
            sys.stdout.flush()
            yield row


def _played(module: str, engine: Engine, *arguments: str) -> str:
    """What this module prints, in a sandbox with this engine."""
    settings = os.environ | {"PATH": path(engine), "LABCHECK_IMAGES": "course", "PYTHONPATH": str(ROOT)}
    program = [sys.executable, "-m"]
    inside = [*program, "labcheck", "sandbox", "run", "--", *program, f"tests.matrix.{module}"]
    command = [*inside, *arguments, str(_programs()), str(unpacked(OWN))]
    done = subprocess.run(
        command, cwd=ROOT, env=settings, capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr}")
    return done.stdout


def _version(tool: str) -> str:
    """Its version, where it is not part of the engine."""
    package = {"buildx": "docker-buildx"}.get(tool, tool)
    if package in OWN:
        return version(package)
    return version(package, RELEASE) if package in NEW else ""


def _programs() -> Path:
    """A folder with the tools that are no part of an engine, and docker's plugin."""
    packages, folder = unpacked(NEW, RELEASE), CACHE / "programs"
    plugins = folder / "cli-plugins"
    plugins.mkdir(parents=True, exist_ok=True)
    for name in ("crane", "oras", "cosign"):
        _link(folder / name, packages / name / "usr/bin" / name)
    libraries = unpacked(LIBRARIES, RELEASE)
    folders = [str(libraries / name / "usr/lib/x86_64-linux-gnu") for name in LIBRARIES]
    loader, skopeo = f"{folders[0]}/ld-linux-x86-64.so.2", packages / "skopeo/usr/bin/skopeo"
    (folder / "skopeo").write_text(
        SKOPEO.format(loader=loader, libraries=":".join(folders), program=skopeo), encoding="utf-8"
    )
    (folder / "skopeo").chmod(0o755)
    _link(plugins / "docker-buildx", packages / "docker-buildx/usr/libexec/docker/cli-plugins/docker-buildx")
    return folder


def _link(link: Path, target: Path) -> None:
    link.unlink(missing_ok=True)
    link.symlink_to(target)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
