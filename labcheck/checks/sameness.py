"""Whether two images are one: both of the engine, or one of them in a registry.

What is known on both sides decides, the strongest first: the digest of a manifest or of a config, then the unpacked
layers together with the configuration. Digests only tell what is the same: the same image gets other ones from another
engine version or image store, and from whoever compresses its layers. What cannot be told is neither the same nor
another.
"""

from __future__ import annotations

from labcheck.engine import Image
from labcheck.oci import Stored


def is_same(image: Image, stored: Stored) -> bool | None:
    """Whether the registry holds this image, for any platform; ``None`` if that cannot be told."""
    named = (name.rpartition("@")[2] for name in image.digests)
    if stored.identities.intersection([image.id, *named]):
        return True
    # The containerd store knows no layers of an image that is not all there.
    if not image.layers:
        return None
    alike = [held.configuration for held in stored.images if held.layers == image.layers]
    if not alike and (stored.missing or stored.lacks(image.platform)):
        return None
    # Evidence of older labchecks has no configurations.
    return any(not image.configuration or not held or held == image.configuration for held in alike)


def are_same(one: Image, other: Image) -> bool | None:
    """Whether two names of one engine belong to the same image; ``None`` if that cannot be told.

    ``docker build`` without an instruction after ``FROM`` names an image, too. BuildKit gives it another id.
    """
    if one.id == other.id:
        return True
    if not one.layers or not other.layers:
        return None
    return one.layers == other.layers and bool(one.configuration) and one.configuration == other.configuration


def instead(stored: Stored, image: Image) -> str:
    """What the registry holds there, in words, if it can be no image for the platform of this one; else empty."""
    if stored.artifact_type:
        return f"no image, but an artifact ({stored.artifact_type})"
    if stored.is_index and not stored.images and not stored.missing:
        return "an index without an image"
    if stored.lacks(image.platform):
        return f"an index that has lost its image for {image.platform}"
    return ""
