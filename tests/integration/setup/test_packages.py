"""The set-up's promises: three lists of packages that agree, a wheel that is whole, a checker that needs no Jupyter."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from labcheck.notebook.original import originals
from tests.support.places import ROOT

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PROJECT = PYPROJECT["project"]
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
CONDA_NAMES = {"docker": "docker-py"}  # conda's `docker` is another thing


def ranges(requirements: list[str]) -> dict[str, SpecifierSet]:
    parsed = [Requirement(text) for text in requirements]
    return {canonicalize_name(each.name): each.specifier for each in parsed if each.name != PROJECT["name"]}


def closure(names: list[str]) -> set[str]:
    """Everything these installed distributions need, here and now."""
    found: set[str] = set()
    waiting = [(Requirement(name).name, "") for name in names]
    waiting += [(Requirement(name).name, extra) for name in names for extra in Requirement(name).extras]
    seen = set(waiting)
    while waiting:
        name, extra = waiting.pop()
        found.add(canonicalize_name(name))
        for text in metadata.requires(name) or []:
            needed = Requirement(text)
            if needed.marker is None or needed.marker.evaluate({"extra": extra}):
                new = {(needed.name, each) for each in ("", *needed.extras)} - seen
                seen |= new
                waiting += new
    return found


def test_conda_and_pip_ask_for_the_same() -> None:
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    conda = [line for line in environment["dependencies"] if isinstance(line, str) and line != "pip"]
    by_pip = [line for line in environment["dependencies"] if not isinstance(line, str)]
    expected = ranges(PROJECT["dependencies"] + PROJECT["optional-dependencies"]["notebook"])
    expected = {CONDA_NAMES.get(name, name): specifier for name, specifier in expected.items()}
    expected["python"] = SpecifierSet(PROJECT["requires-python"])
    assert ranges(conda) == expected
    assert environment["channels"] == ["conda-forge"]
    assert by_pip == [{"pip": ["--editable ."]}]


def test_constraints_name_one_version_each_and_no_place() -> None:
    shape = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*==[0-9][0-9a-z.]*")
    assert [line for line in CONSTRAINTS if not shape.fullmatch(line)] == []
    names = [canonicalize_name(line.split("==")[0]) for line in CONSTRAINTS]
    assert len(names) == len(set(names))


def test_constraints_fit_the_ranges() -> None:
    pinned: dict[str, str] = {
        canonicalize_name(name): version for name, version in (line.split("==") for line in CONSTRAINTS)
    }
    extras = PROJECT["optional-dependencies"]
    of_extras = [text for texts in extras.values() for text in texts]
    asked = ranges(PYPROJECT["build-system"]["requires"] + PROJECT["dependencies"] + of_extras)
    assert {name: pinned.get(name) for name, wanted in asked.items() if pinned.get(name, "-") not in wanted} == {}


def test_constraints_pin_whatever_gets_installed() -> None:
    pinned = {canonicalize_name(line.split("==")[0]) for line in CONSTRAINTS}
    assert closure(["labcheck[test]", "hatchling", "editables"]) - pinned - {"labcheck"} == set()


def test_the_license_is_the_one_that_is_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["license"] == "Apache-2.0"
    assert " ".join(text.split()).startswith("Apache License Version 2.0, January 2004 http://www.apache.org/licenses/")
    assert "END OF TERMS AND CONDITIONS" in text


def test_extras_are_those_promised() -> None:
    assert set(PROJECT["optional-dependencies"]) == {"notebook", "hub", "hubtest", "test"}
    assert "labcheck[notebook]" in PROJECT["optional-dependencies"]["test"]


IMPORT_ALL_WITHOUT = """
import importlib, pkgutil, sys
hidden = set(sys.argv[1:])
of_extras = ("labcheck.notebook", "labcheck.hub", "labcheck.wall.hub", "labcheck.wall.server")
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in hidden:
            raise ModuleNotFoundError(f"{name} is not one of the checker's own dependencies", name=name)
sys.meta_path.insert(0, Hidden())
import labcheck
for module in pkgutil.walk_packages(labcheck.__path__, "labcheck."):
    if not module.name.startswith(of_extras) and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""


def test_the_checker_imports_without_jupyter() -> None:
    own = closure(["labcheck"])
    here = metadata.packages_distributions()
    hidden = [name for name, owners in here.items() if not {canonicalize_name(owner) for owner in owners} & own]
    assert {"IPython", "jupyterlab", "pytest"} <= set(hidden)
    run = [sys.executable, "-c", IMPORT_ALL_WITHOUT, *hidden]
    done = subprocess.run(run, check=False, capture_output=True, text=True, timeout=240, cwd=ROOT)
    assert done.returncode == 0, done.stderr


def test_the_wheel_carries_every_file_of_the_package(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(build, check=True, capture_output=True, timeout=240, cwd=ROOT)
    (wheel,) = tmp_path.glob("*.whl")
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("labcheck/")}
    files = [path for path in (ROOT / "labcheck").rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    lessons = {f"labcheck/notebooks/{name}" for name in originals()}
    assert {path.rpartition(".")[2] for path in lessons} >= {"ipynb", "svg"}
    assert packed == {str(path.relative_to(ROOT)) for path in files} | lessons | {"labcheck/constraints.txt"}
    assert "labcheck/py.typed" in packed
    licenses = [name for name in zipfile.ZipFile(wheel).namelist() if name.endswith("/LICENSE")]
    assert len(licenses) == 1
    assert any(re.fullmatch(r"labcheck/labs/[0-9a-z-]+\.yaml", name) for name in packed)


def test_the_hooks_are_well_formed() -> None:
    validate = [sys.executable, "-m", "pre_commit", "validate-config", str(ROOT / ".pre-commit-config.yaml")]
    done = subprocess.run(validate, check=False, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout
