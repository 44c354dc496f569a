"""What a course image consists of, as data: one YAML file per layer, and a folder of the same name with our own files.

A recipe builds ``on`` another, like FROM in a Dockerfile. A recipe with an ``image`` part becomes an image; one without
is a layer that others share. Recipes name packages and files; they contain no commands to run.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from labcheck.ready import ready

RECIPES = Path(__file__).parent / "recipes"

# Increased whenever the code would produce different bytes from the same recipes.
BUILD = 1


class Take(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """Files from the packages: those of one folder, by name or pattern, copied to the same or another folder."""

    source: str
    names: list[str]
    to: str = ""


class Applets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One program under many names, each a link to it."""

    folder: str
    program: str
    names: list[str]


class ImagePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What makes a layer an image: its name, the package whose version it gets, and Docker's configuration."""

    name: str
    title: str
    description: str
    version_of: str
    config: dict[str, Any]


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One layer: its packages, the files taken from them, folders and links; possibly an image.

    Libraries that a program links to are added automatically, also from packages that are not named here, if they are
    called as usual (``libraries.package_of``); ``libraries`` are those loaded only at run time.
    """

    packages: list[str]
    take: list[Take]
    on: str = ""
    libraries: list[str] = []
    folders: dict[str, str] = {}
    links: dict[str, str] = {}
    applets: Applets | None = None
    image: ImagePart | None = None


def recipes() -> dict[str, Recipe]:
    """Every recipe by name, each after the one it builds on."""
    found = {
        path.stem: msgspec.yaml.decode(path.read_bytes(), type=ready(Recipe)) for path in sorted(RECIPES.glob("*.yaml"))
    }
    ordered: dict[str, Recipe] = {}
    while len(ordered) < len(found):
        able = {name: recipe for name, recipe in found.items() if not recipe.on or recipe.on in ordered}
        if len(able) == len(ordered):
            raise ValueError(
                f"recipes build on each other in a circle, or on a missing one: {sorted(found.keys() - ordered.keys())}"
            )
        ordered |= able
    return ordered


def lineage(name: str, found: dict[str, Recipe]) -> list[str]:
    """The recipes whose layers an image has, lowest first."""
    above = found[name].on
    return [*(lineage(above, found) if above else []), name]


@cache
def image_names() -> tuple[str, ...]:
    """The names of the course's images."""
    return tuple(sorted(recipe.image.name for recipe in recipes().values() if recipe.image))


def own_files(name: str) -> dict[str, bytes]:
    """Our own files for a recipe, by their path in the image."""
    folder = RECIPES / name
    return {f"/{path.relative_to(folder)}": path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def key(architecture: str) -> str:
    """The key of a set of built images: it changes with the recipes, the code that builds, and the architecture."""
    digest = hashlib.sha256(f"{BUILD} {architecture}\n".encode())
    for path in sorted(path for path in RECIPES.rglob("*") if path.is_file()):
        digest.update(f"{path.relative_to(RECIPES)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return f"{architecture}-{digest.hexdigest()[:16]}"
