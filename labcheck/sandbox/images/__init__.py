"""The course images: real programs from the distribution's packages, arranged as the official images are.

``build`` makes them once, ``held`` lists them, ``save`` and ``load`` carry them to a classroom without network, and
``folder`` is what the mirror serves.
"""

from __future__ import annotations

from labcheck.sandbox.images.cache import CourseImage, build, built, folder, held, load, save

__all__ = ["CourseImage", "build", "built", "folder", "held", "load", "save"]
