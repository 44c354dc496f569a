"""An image as an engine reports it, with either image store."""

from __future__ import annotations

import msgspec

from labcheck.cached import cached_property
from labcheck.configuration import FIELD
from labcheck.document import Document, text, texts


class Image(msgspec.Struct, frozen=True, dict=True):
    """One image of the engine's store, listed or inspected."""

    document: Document

    @cached_property
    def id(self) -> str:
        """The config's digest on graphdrivers, the manifest's or index's in the containerd store."""
        return text(self.document, "Id")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its names with a tag; ``<none>:<none>`` is not a name, and the containerd store lists digests there, too."""
        return tuple(name for name in texts(self.document, "RepoTags") if "<none>" not in name and "@" not in name)

    @cached_property
    def digests(self) -> tuple[str, ...]:
        """Its names with a digest, as a registry knows it from a pull or a push."""
        return tuple(name for name in texts(self.document, "RepoDigests") if "<none>" not in name)

    @cached_property
    def layers(self) -> tuple[str, ...]:
        """The digests of its unpacked layers: the same on every engine, in every store, after every push and pull."""
        return texts(self.document, "RootFS", "Layers")

    @cached_property
    def configuration(self) -> str:
        """The digest of what it is set to do when it is run; the empty string if that was not seen."""
        return text(self.document, FIELD)

    @cached_property
    def platform(self) -> str:
        """The system and processor it is for, as ``linux/amd64``."""
        return f"{text(self.document, 'Os')}/{text(self.document, 'Architecture')}"
