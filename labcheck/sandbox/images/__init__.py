"""The course images: real programs from the distribution's packages, arranged like the official images.

``build`` creates them once, ``held`` lists them, ``save`` and ``load`` take them to a classroom without a network, and
``folder`` is what the mirror serves.
"""

from __future__ import annotations

from labcheck.sandbox.images.cache import CourseImage, build, built, folder, held, load, save

__all__ = ["CourseImage", "build", "built", "folder", "held", "load", "save"]
