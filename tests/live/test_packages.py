"""The packages that the course images are made of, from the machine's own sources."""

from __future__ import annotations

from functools import partial
from pathlib import Path, PurePath

import pytest

from labcheck.errors import SandboxError
from labcheck.sandbox.images import packages
from labcheck.sandbox.images.contents import Contents
from labcheck.sandbox.images.recipe import Recipe, Take


def test_asking_for_packages_changes_nothing_of_the_systems_and_names_the_unknown(tmp_path: Path) -> None:
    def system() -> set[tuple[int, int, int]]:
        places = (Path("/var/lib/apt"), Path("/var/lib/dpkg"), Path("/var/cache/apt"))
        found = [path.stat() for place in places for path in place.rglob("*") if path.is_file()]
        return {(path.st_ino, path.st_size, path.st_mtime_ns) for path in found}

    before = system()
    with pytest.raises(SandboxError, match="do not have no-such-package") as raised:
        packages.fetch(["busybox", "no-such-package"], tmp_path)
    assert "images load" in raised.value.remedy
    assert system() == before


def test_a_library_that_no_recipe_names_is_found_by_its_package_s_name(tmp_path: Path) -> None:
    more = partial(packages.fetch, folder=tmp_path)
    contents = Contents(more(["bash", "libc6"]), packages.architecture(), {}, more)
    contents.gather("bash", Recipe(["bash", "libc6"], [Take("/bin", ["bash"], "/usr/bin")]))
    assert "libtinfo6" in contents.used
    assert {PurePath(path).name for path in contents.entries} >= {"bash", "libc.so.6", "libtinfo.so.6"}
