"""A base image for the course's container where none can be pulled: this machine's own Debian packages, as a tar.

It has what the Dockerfile would install, and nothing else: those packages with what they depend on, from the files
that are installed here; and the course's Python packages. So the Dockerfile's own lists are put to the test, and it
needs no network. It has no package database.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from labcheck.home import home
from labcheck.sandbox.images import cache

DEPENDS = ("--recurse", "--installed", "--no-recommends", "--no-suggests", "--no-conflicts", "--no-breaks")
MORE = ("--no-replaces", "--no-enhances")
FOLDERS = {"proc": 0o755, "sys": 0o755, "dev": 0o755, "run": 0o755, "tmp": 0o1777, "root": 0o700, "home": 0o755}
LINKS = ("/bin", "/sbin", "/lib", "/lib64")
MADE = ("/etc/alternatives", "/etc/passwd", "/etc/group", "/etc/ld.so.cache", "/etc/ssl/certs")
"""What installing the packages makes."""
ALTERNATIVES = Path("/var/lib/dpkg/alternatives")
"""Which links each choice among programs has: ``/usr/sbin/iptables`` is one."""
UNREAD = ("/usr/share/doc", "/usr/share/man", "/usr/share/locale", "/usr/share/info")


def fits() -> bool:
    """Whether the course's Python packages, which are installed for this Python, are for the machine's own, too."""
    own = "import sys; print(*sys.version_info[:2])"
    return _said("/usr/bin/python3", "-c", own).split() == [str(part) for part in sys.version_info[:2]]


def write(file: Path, packages: Iterable[str], python: Iterable[str], place: str) -> None:
    """Write the tar: with these Debian packages, and these of Python below ``place``, where the course is."""
    with tarfile.open(file, "w") as tar:
        for name, mode in FOLDERS.items():
            folder = tarfile.TarInfo(name)
            folder.type, folder.mode = tarfile.DIRTYPE, mode
            tar.addfile(folder)
        files = {_true(path): path for path in (*LINKS, *_made(), *_of_debian(packages))}
        for name in sorted(files):
            if name.lstrip("/") not in FOLDERS and os.path.lexists(name):
                tar.add(name, recursive=False)
        for name, path in _of_python(python).items():
            tar.add(path, arcname=f"{place}/{name}")
        images = cache.folder()
        tar.add(images.resolve(), arcname=f"{place}/images/{images.relative_to(home() / 'images')}")


def _true(path: str) -> str:
    """The path without links on the way to it: a package's ``/lib/x`` is ``/usr/lib/x``."""
    return os.path.join(os.path.realpath(os.path.dirname(path)), os.path.basename(path))  # noqa: PTH118, PTH119, PTH120 - as text


def _made() -> Iterator[str]:
    for made in map(Path, MADE):
        yield str(made)
        yield from map(str, made.rglob("*"))
    for choice in ALTERNATIVES.iterdir():
        lines = choice.read_text(encoding="utf-8").splitlines()
        yield from (line for line in lines if line.startswith("/") and Path(line).is_symlink())


def _of_debian(packages: Iterable[str]) -> Iterator[str]:
    """The files of these packages, of what they depend on, and of what every Debian has."""
    rows = _said("dpkg-query", "-W", "-f", "${Package} ${Essential} ${Priority}\n").splitlines()
    installed = {row.split()[0] for row in rows}
    always = {row.split()[0] for row in rows if {"yes", "required"} & set(row.split()[1:])}
    wanted = always | (set(packages) & installed)
    lines = _said("apt-cache", "depends", *DEPENDS, *MORE, *sorted(wanted)).splitlines()
    names = {line for line in lines if not line.startswith((" ", "<", "|"))} & installed
    for path in _said("dpkg", "-L", *sorted(names)).splitlines():
        if path.startswith("/") and path != "/." and not path.startswith(UNREAD):
            yield path


def _of_python(names: Iterable[str]) -> dict[str, Path]:
    """The files of these distributions and of what they need, by their place in a virtual environment."""
    found: dict[str, Path] = {}
    waiting, seen = [Requirement(name) for name in names], set[tuple[str, str]]()
    while waiting:
        wanted = waiting.pop()
        asked = {(wanted.name.lower(), extra) for extra in ("", *wanted.extras)} - seen
        seen |= asked
        try:
            here = distribution(wanted.name)
        except PackageNotFoundError:  # of another system
            continue
        waiting += [
            needed
            for needed in map(Requirement, here.requires or ())
            if any(needed.marker is None or needed.marker.evaluate({"extra": extra}) for _, extra in asked)
        ]
        for file in here.files or ():
            path = Path(os.path.normpath(str(file.locate())))
            if path.is_file():
                found[str(path.relative_to(sys.prefix))] = path
    return found


def _said(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout
