"""Commands about the course's own images."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from labcheck.cli.terminal import tell
from labcheck.render.printable import visible
from labcheck.sandbox import images
from labcheck.sandbox.images import CourseImage


def list_(_options: argparse.Namespace) -> int:
    """Print what the course images are."""
    return _shown(images.held(), "The course images are not built yet. Type: labcheck images build")


def build(_options: argparse.Namespace) -> int:
    """Build the course images, unless they exist already."""
    return _shown(images.build(tell=tell), "No image was built.")


def save(options: argparse.Namespace) -> int:
    """Save the course images to a file."""
    print(f"Written: {visible(str(images.save(Path(options.file), tell=tell)))}")
    return 0


def load(options: argparse.Namespace) -> int:
    """Load the course images from a file."""
    return _shown(images.load(Path(options.file)), "The file contains no image.")


def _shown(found: Sequence[CourseImage], otherwise: str) -> int:
    for image in found:
        name, tags, digest = map(visible, (image.name, ", ".join(image.tags), image.digest[:19]))
        print(f"{name:9}  {tags:25}  {image.size / 1e6:5.1f} MB  {digest}")
    print("\nMade from the distribution's packages, with the official images' entry points." if found else otherwise)
    return 0
