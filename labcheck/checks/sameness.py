"""Whether a registry holds a certain image of the engine's. What cannot be told is neither the same nor another.

An image is its unpacked layers and its configuration. Manifest digests and ids are no measure: the same image gets
other ones from another engine version or image store. Where they are equal, though, the image is the same.
"""

from __future__ import annotations

from labcheck.engine import Image
from labcheck.oci import Stored


def is_same(image: Image, stored: Stored) -> bool | None:
    """Whether the registry holds this image, for any platform; ``None`` if that cannot be told."""
    if image.id in stored.identities:
        return True
    if not image.layers:
        return None
    alike = [held.configuration for held in stored.images if held.layers == image.layers]
    # Evidence of older labchecks has no configurations.
    return any(not image.configuration or not held or held == image.configuration for held in alike)
