"""Pyodide, and msgspec's build for it: fetched once into the test environment, by their registries' own clients."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from pathlib import Path

from tests.support.places import ROOT

VERSION = "314.0.7"
"""Of Pyodide: CPython 3.14."""
MSGSPEC = "0.22.0"
PLATFORM = "pyemscripten_2026_0_wasm32"


def pyodide() -> Path:
    """The folder with both."""
    folder = ROOT / ".venv" / f"pyodide-{VERSION}"
    if not (folder / "whole").exists():
        folder.mkdir(exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", f"pyodide@{VERSION}"], cwd=folder, check=True, capture_output=True)
        with tarfile.open(folder / f"pyodide-{VERSION}.tgz") as archive:
            for member in archive.getmembers():
                name = Path(member.name).name
                if member.isfile() and (content := archive.extractfile(member)):
                    (folder / name).write_bytes(content.read())
        wanted = ["--no-deps", "--only-binary=:all:", "--platform", PLATFORM, "--python-version", "3.14"]
        download = [sys.executable, "-m", "pip", "download", "--quiet", *wanted, f"msgspec=={MSGSPEC}"]
        subprocess.run([*download, "--dest", str(folder)], check=True, capture_output=True)
        (folder / "whole").touch()
    return folder
