"""Packages of any release: downloaded with the machine's own package sources, and unpacked, each into a folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from labcheck.home import home
from tests.matrix.engines import Engine
from tests.support.places import ROOT

CACHE = ROOT / ".venv" / "matrix"
OWN = "own"
"""The folder of what comes from this machine's own release."""
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
    packages = unpacked(PACKAGES, engine.release)
    folders = [packages / name / "usr" / kind for name in PACKAGES for kind in ("sbin", "bin")]
    return os.pathsep.join([str(_wrapped(engine, packages)), *map(str, folders), own])


def version(package: str, release: str = "") -> str:
    """The version of a package that was downloaded, without Debian's own part."""
    (archive,) = (CACHE / (release or OWN) / "archives").glob(f"{package}_*.deb")
    return re.split(r"[+-]", archive.name.split("_")[1])[0]


def unpacked(packages: Iterable[str], release: str = "") -> Path:
    """A folder with a folder for each of these packages of a release, or of this machine's own; downloaded once."""
    here = CACHE / (release or OWN)
    missing = [name for name in packages if not (here / "unpacked" / name).exists()]
    if missing:
        _download(missing, release, here)
    for name in missing:
        (archive,) = (here / "archives").glob(f"{name}_*.deb")
        (here / "unpacked").mkdir(exist_ok=True)
        subprocess.run(["dpkg-deb", "-x", archive, here / "unpacked" / name], check=True, timeout=120)
    return here / "unpacked"


def course(release: str) -> Path:
    """A folder for labcheck's own files, in which the course's images are made of this release's packages."""
    if not release:
        return home()
    place = CACHE / release / "home"
    settings = _settings(release) | {"LABCHECK_HOME": str(place)}
    subprocess.run(
        [sys.executable, "-m", "labcheck", "images", "build"],
        env=settings,
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=600,
    )
    return place


def _wrapped(engine: Engine, packages: Path) -> Path:
    """A folder with a ``dockerd`` that is started with this engine's flags and variables."""
    name = re.sub(r"\W+", "-", f"{engine.release}-{engine.store}-{'-'.join(engine.variables)}")
    folder = CACHE / name
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "dockerd"
    started = " ".join(["env", *engine.variables, str(packages / "docker.io/usr/sbin/dockerd"), *engine.flags])
    script.write_text(f'#!/bin/sh\nexec {started} "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return folder


def _download(packages: list[str], release: str, here: Path) -> None:
    settings = _settings(release)
    for command in (("update",), ("download", *packages)):
        subprocess.run(["apt-get", "-qq", *command], cwd=here / "archives", env=settings, check=True, timeout=600)


def _settings(release: str) -> dict[str, str]:
    """The environment in which apt knows this release only, and writes nothing elsewhere."""
    here = CACHE / (release or OWN)
    for part in ("state/lists/partial", "cache/archives/partial", "etc", "archives"):
        (here / part).mkdir(parents=True, exist_ok=True)
    (here / "status").touch()
    _of_release(release, here / "etc/release.sources")
    configuration = here / "apt.conf"
    configuration.write_text(CONFIGURATION.format(here=here), encoding="utf-8")
    return os.environ | {"APT_CONFIG": str(configuration)}


def _of_release(release: str, file: Path) -> None:
    """Write the first of the machine's own sources, for another release if one is named."""
    first = SOURCES.read_text(encoding="utf-8").partition("\n\n")[0]
    own = first if not release else re.sub(r"(?m)^Suites: .*$", f"Suites: {release}", first)
    file.write_text(f"{own}\n", encoding="utf-8")
