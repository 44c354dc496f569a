"""All mistakes of one source: looked up by name, by check and by message, in the order of trying."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

import msgspec

from labcheck.mistake.page import Page, Place
from labcheck.ready import ready


class Family(msgspec.Struct, frozen=True):
    """A folder of pages, with its title as ``labcheck explain`` shows it."""

    folder: str
    title: str
    order: int


class Recogniser(msgspec.Struct, frozen=True):
    """A function that recognises the mistake of this name, or a note, and where it is."""

    name: str
    at: Place
    is_note: bool = False


class Trouble(msgspec.Struct, frozen=True):
    """What could not be read, as a sentence, and what to do about it."""

    sentence: str
    remedy: str


Pages: TypeAlias = dict[str, msgspec.Raw]
"""The pages by name, in the order of trying; each is decoded when it is needed."""


class Index(msgspec.Struct, frozen=True):
    """What a source contains. ``recognisers`` are by the name of a check's class, ``unseen`` by that of a cause's."""

    folder: str
    families: tuple[Family, ...] = ()
    pages: Pages = {}
    recognisers: dict[str, tuple[Recogniser, ...]] = {}
    unseen: dict[str, tuple[Recogniser, ...]] = {}
    troubles: tuple[Trouble, ...] = ()
    is_a_labs: bool = False
    """Whether it came with a lab, so that it may be hostile."""

    def __iter__(self) -> Iterator[Page]:
        return (msgspec.msgpack.decode(raw, type=ready(Page)) for raw in self.pages.values())

    def page(self, name: str) -> Page | None:
        """The page with this name."""
        raw = self.pages.get(name)
        return None if raw is None else msgspec.msgpack.decode(raw, type=ready(Page))
