"""Commands about the course's own images."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from labcheck.cli.terminal import tell
from labcheck.render.printable import visible
from labcheck.sandbox.container import engine, image, record

if TYPE_CHECKING:
    from labcheck.sandbox.images import CourseImage


def list_(_options: argparse.Namespace) -> int:
    """Print what the course images are."""
    from labcheck.sandbox import images  # noqa: PLC0415 - it exists only on Linux and macOS

    return _shown(images.held(), "The course images are not built yet. Type: labcheck images build")


def build(_options: argparse.Namespace) -> int:
    """Build the course images, unless they exist already."""
    from labcheck.sandbox import images  # noqa: PLC0415 - it exists only on Linux and macOS

    return _shown(images.build(tell=tell), "No image was built.")


def save(options: argparse.Namespace) -> int:
    """Save the course images to a file, or the image of the course's container."""
    if options.container:
        with engine.reached(image.SLOW) as docker:
            image.build(docker, record.read() or record.NOBODY, tell=tell)
            image.save(docker, Path(options.file))
        print(f"Written: {visible(options.file)}")
        return 0
    from labcheck.sandbox import images  # noqa: PLC0415 - it exists only on Linux and macOS

    print(f"Written: {visible(str(images.save(Path(options.file), tell=tell)))}")
    return 0


def load(options: argparse.Namespace) -> int:
    """Load the course images from a file, or the image of the course's container."""
    if options.container:
        with engine.reached(image.SLOW) as docker:
            image.load(docker, Path(options.file))
        print(f"Loaded: {image.name()}")
        return 0
    from labcheck.sandbox import images  # noqa: PLC0415 - it exists only on Linux and macOS

    return _shown(images.load(Path(options.file)), "The file contains no image.")


def _shown(found: Sequence[CourseImage], otherwise: str) -> int:
    for it in found:
        name, tags, digest = map(visible, (it.name, ", ".join(it.tags), it.digest[:19]))
        print(f"{name:9}  {tags:25}  {it.size / 1e6:5.1f} MB  {digest}")
    print("\nMade from the distribution's packages, with the official images' entry points." if found else otherwise)
    return 0
