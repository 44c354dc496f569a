"""An engine of another release: downloaded with the machine's own package sources, and unpacked into a folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from labcheck.home import home
from tests.matrix.engines import Engine
from tests.support.places import ROOT

CACHE = ROOT / ".venv" / "matrix"
SOURCES = Path("/etc/apt/sources.list.d/debian.sources")
PACKAGES = ("docker.io", "docker-cli", "containerd")
"""``runc`` needs a newer C library than this machine may have; its own does."""
CONFIGURATION = """
Dir::Etc::SourceList "/dev/null";
Dir::Etc::SourceParts "{here}/etc";
Dir::State "{here}/state";
Dir::State::status "{here}/status";
Dir::Cache "{here}/cache";
APT::Sandbox::User "root";
Acquire::Languages "none";
"""


def path(engine: Engine) -> str:
    """A PATH on which this engine is found first."""
    own = os.environ["PATH"]
    if not engine.release:
        return own
    root = _unpacked(engine.release)
    folders = [str(_wrapped(engine, root)), str(root / "usr/sbin"), str(root / "usr/bin")]
    return os.pathsep.join([*folders, own])


def _wrapped(engine: Engine, root: Path) -> Path:
    """A folder with a ``dockerd`` that is started with this engine's flags and variables."""
    name = re.sub(r"\W+", "-", f"{engine.release}-{engine.store}-{'-'.join(engine.variables)}")
    folder = CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "dockerd"
    started = " ".join(["env", *engine.variables, str(root / "usr/sbin/dockerd"), *engine.flags])
    script.write_text(f'#!/bin/sh\nexec {started} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def _unpacked(release: str) -> Path:
    """The folder with this release's packages, which are downloaded once."""
    here = CACHE / release
    root = here / "root"
    if (root / "usr/sbin/dockerd").exists():
        return root
    settings = _settings(release)
    for command in (("update",), ("download", *PACKAGES)):
        subprocess.run(["apt-get", "-qq", *command], cwd=here / "archives", env=settings, check=True, timeout=600)
    for archive in (here / "archives").glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", archive, root], check=True, timeout=120)
    return root


def course(release: str) -> Path:
    """A folder for labcheck's own files, in which the course's images are made of this release's packages."""
    if not release:
        return home()
    place = CACHE / release / "home"
    settings = _settings(release) | {"LABCHECK_HOME": str(place)}
    subprocess.run([sys.executable, "-m", "labcheck", "images", "build"], env=settings, check=True, timeout=600)
    return place


def _settings(release: str) -> dict[str, str]:
    """The environment in which apt knows this release only."""
    here = CACHE / release
    for part in ("state/lists/partial", "cache/archives/partial", "etc", "archives"):
        (here / part).mkdir(parents=True, exist_ok=True)
    (here / "status").touch()
    _of_release(release, here / "etc/release.sources")
    configuration = here / "apt.conf"
    configuration.write_text(CONFIGURATION.format(here=here), encoding="utf-8")
    return os.environ | {"APT_CONFIG": str(configuration)}


def _of_release(release: str, file: Path) -> None:
    """Write the first of the machine's own sources, for another release."""
    first = SOURCES.read_text(encoding="utf-8").partition("\n\n")[0]
    file.write_text(re.sub(r"(?m)^Suites: .*$", f"Suites: {release}", first) + "\n", encoding="utf-8")
