"""What a recipe puts into its layer: our own files, files from packages, and the libraries their programs need.

It takes only the program, its data and its libraries: a whole package would bring manuals, start-up scripts and half a
system. Each package that provides a file also provides its copyright file, because images get copied.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

from labcheck.errors import SandboxError
from labcheck.sandbox.images.layer import Entry, file_of
from labcheck.sandbox.images.libraries import LOADERS, libraries, package_of
from labcheck.sandbox.images.packages import Package
from labcheck.sandbox.images.recipe import Recipe, Take, own_files


class Contents:
    """The entries of one layer, gathered from unpacked packages; ``below`` is what lower layers already contain.

    ``fetch`` unpacks more packages, for libraries that no recipe names.
    """

    def __init__(
        self,
        packages: Mapping[str, Package],
        architecture: str,
        below: Mapping[str, Entry],
        fetch: Callable[[list[str]], Mapping[str, Package]],
    ) -> None:
        self.packages = dict(packages)
        self._fetch = fetch
        self.below = below
        self.entries: dict[str, Entry] = {}
        self.used: dict[str, Package] = {}
        self.time = 0
        self._loader_path = LOADERS[architecture]

    def gather(self, name: str, recipe: Recipe) -> None:
        """Everything that a recipe names, and what that requires."""
        programs: list[Path] = []
        for take in recipe.take:
            programs += self._take(take, recipe.packages)
        loaded = [self._find(library, recipe.packages)[1] for library in recipe.libraries]
        self._libraries(programs, loaded, recipe.packages)
        if not self.below:
            loader = self._find(PurePosixPath(self._loader_path).name, recipe.packages)
            self._add(f"/usr{self._loader_path}", *loader)
        for package in [*self.used.values()]:
            self._copyright(package)
        self.entries |= {path: Entry(int(mode, 8)) for path, mode in recipe.folders.items()}
        self.entries |= {path: Entry(target=target) for path, target in recipe.links.items()}
        if recipe.applets:
            folder, program = recipe.applets.folder, recipe.applets.program
            self.entries |= {f"{folder}/{applet}": Entry(target=program) for applet in recipe.applets.names}
        self.entries |= {path: file_of(data) for path, data in own_files(name).items()}

    def _take(self, take: Take, names: list[str]) -> Iterator[Path]:
        for pattern in take.names:
            matches = [
                (package, path)
                for package in (self.packages[name] for name in names)
                if (folder := package.find(take.source)) and folder.is_dir()
                for path in sorted(folder.iterdir())
                if fnmatchcase(path.name, pattern)
            ]
            if not matches:
                raise SandboxError(f"None of the packages {', '.join(names)} holds {take.source}/{pattern}.")
            for package, path in matches:
                self._add(f"{take.to or take.source}/{path.name}", package, path)
                if path.read_bytes().startswith(b"\x7fELF"):
                    yield path

    def _libraries(self, programs: list[Path], loaded: list[Path], names: list[str]) -> None:
        _, loader = self._find(PurePosixPath(self._loader_path).name, names)
        while True:
            folders = {
                path.parent: self.packages[name] for name in names for path in _shared(self.packages[name].folder)
            }
            found, missing = libraries([*programs, *loaded], loader, list(folders))
            if not missing:
                break
            # This release's programs need more than the recipe names.
            more = sorted({package_of(library) for library in missing} - set(names))
            if not more:
                program, absent = next(iter(missing.values())), ", ".join(missing)
                raise SandboxError(f"A recipe lacks the package that contains {absent}, which {program} needs.")
            self.packages |= self._fetch(more)
            names = [*names, *more]
        for path in {*loaded, *found}:
            package = folders[path.parent]
            inside = PurePosixPath("/", path.relative_to(package.folder))
            target = str(inside) if inside.is_relative_to("/usr") else f"/usr{inside}"
            if target not in self.below:
                self._add(target, package, path)

    def _find(self, library: str, names: list[str]) -> tuple[Package, Path]:
        # The package's link to its loader is absolute and would point to the machine's own; the real file is beside it.
        for name in names:
            for found in self.packages[name].folder.rglob(library):
                if found.is_file() and not found.is_symlink():
                    return self.packages[name], found
        raise SandboxError(f"None of the packages {', '.join(names)} holds {library}.")

    def _add(self, target: str, package: Package, path: Path) -> None:
        inside = path.resolve()
        if not inside.is_relative_to(package.folder.resolve()):
            raise SandboxError(f"{package.name}'s {target} leads out of its package.")
        self.entries[target] = file_of(inside.read_bytes())
        self.time = max(self.time, int(inside.stat().st_mtime))
        self.used[package.name] = package

    def _copyright(self, package: Package) -> None:
        path = f"/usr/share/doc/{package.name}/copyright"
        found = package.find(path)
        if found and found.is_file() and path not in self.below:
            self._add(path, package, found)


def _shared(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*.so.*") if path.parent.name.endswith("-linux-gnu"))
