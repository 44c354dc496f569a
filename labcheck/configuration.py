"""What an image is set to do when it is run, as one digest: two images of the same layers may still differ in this.

Only a digest is kept in evidence: the values of variables, commands and labels can hold secrets. What says when and how
an image was made (history, times, the container it was committed from) is no part of it, nor is what an engine may add
by itself.

Source: opencontainers/image-spec, config.md; for the last three fields, which are Docker's own, moby's
image/spec/spec.md.
"""

from __future__ import annotations

from typing import Final

import msgspec

from labcheck.digest import digest_of
from labcheck.document import Document, field, mapping, text, texts

FIELD: Final = "Configuration"
"""Where evidence has it, beside the fields of an inspected image."""
LISTS: Final = ("Env", "Entrypoint", "Cmd", "OnBuild", "Shell")
"""Their order counts."""
SETS: Final = ("ExposedPorts", "Volumes")
"""Written as the keys of a mapping with nothing in it."""
TEXTS: Final = ("User", "WorkingDir", "StopSignal")


def configuration(config: Document, system: str, processor: str) -> str:
    """The digest of an image's ``config`` for this platform, written alike by every engine and registry."""
    settings: dict[str, object] = {
        **{key: texts(config, key) for key in LISTS},
        **{key: sorted(mapping(config, key)) for key in SETS},
        **{key: text(config, key) for key in TEXTS},
        "Labels": mapping(config, "Labels"),
        "Healthcheck": texts(config, "Healthcheck", "Test"),
        "platform": (system, processor),
    }
    # An engine may leave out what is empty, or write null.
    there = {key: value for key, value in settings.items() if value}
    return digest_of(msgspec.json.encode(there, order="sorted"))


def inspected(image: object) -> str:
    """That of an image as the engine inspects it; the empty string if the engine does not say."""
    config = field(image, "Config")
    return configuration(config, text(image, "Os"), text(image, "Architecture")) if isinstance(config, dict) else ""


def stored(config: object) -> str:
    """That of the config blob in a registry; the empty string if it is not an image's."""
    if not mapping(config, "rootfs"):
        return ""
    return configuration(mapping(config, "config"), text(config, "os"), text(config, "architecture"))
