"""Checks on edited images: built on another image, and different from it in what was to be edited."""

from __future__ import annotations

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks import trace
from labcheck.checks.transfer import Pushed
from labcheck.engine import Image
from labcheck.oci import Unpacked
from labcheck.past import Past
from labcheck.query import ImageList, ImageNamed, PageStored, Query, StoredAt
from labcheck.snapshot import Absent, Found, Unknown
from labcheck.verdict import Finding, Fix


class ImageBuiltOn(Check, frozen=True, kw_only=True, tag="image-built-on"):
    """The engine has an image of this name that consists of ``base`` and an edit, made in whatever way."""

    image: str
    base: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The image {self.image} is here, {self.base} with an edit"

    @property
    def queries(self) -> tuple[Query, ...]:
        """Both images; and all images, to see what else was made."""
        return ImageNamed(self.image), ImageNamed(self.base), ImageList()

    def judge(self, past: Past) -> Finding:
        """Pass if its layers begin with those of the base, and it is not the base itself."""
        expected = f"an image called {self.image}, {self.base} with an edit"
        match past.now(ImageNamed(self.image)):
            case Found(image):
                bases = meanings(past, self.base)
                if not bases or not image.layers:
                    return unseen(expected, f"nobody looked while {self.base} was here, so they cannot be compared")
                here = Unpacked(image.layers, image.configuration)
                if any(is_edited(here, base) for base in bases):
                    return passed(f"{self.image} is {self.base} with an edit")
                return failed(expected, _no_edit(self.base, unchanged=any(is_built_on(here, base) for base in bases)))
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "there is no image of that name")

    def recall(self, past: Past) -> Finding | None:
        """For an image that is gone, an event proves that it was named, but not what it was made of."""
        if isinstance(past.now(ImageNamed(self.image)), Absent) and trace.tagged(past, self.image):
            return unseen(f"a look at {self.image} while it was here", "nobody looked before it was removed")
        return None


class EditPushed(Pushed, frozen=True, kw_only=True, tag="edit-pushed"):
    """The registry holds this image, complete: ``base``, and a file ``path`` of one's own that says ``words``."""

    base: str
    path: str
    words: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"The registry holds {self.image}: {self.base} with a page that says “{self.words}”"

    @property
    def queries(self) -> tuple[Query, ...]:
        """As for every push; the base; and the file in the registry's image."""
        return (*super().queries, ImageNamed(self.base), PageStored(self.image, self.path, self.words))

    def judge(self, past: Past) -> Finding:
        """Pass if every blob is there, the layers begin with the base's, and those above have the file."""
        expected = f"{self.image} in the registry: {self.base} with a page that says “{self.words}”"
        match past.now(StoredAt(self.image)):
            case Found(stored):
                if stored.missing:
                    return failed(expected, f"it is there, but {len(stored.missing)} of its parts are missing")
                bases = meanings(past, self.base)
                if not bases:
                    return unseen(expected, f"nobody looked while {self.base} was here, so they cannot be compared")
                base = next((it for it in bases if any(is_edited(held, it) for held in stored.images)), None)
                if base is None:
                    unchanged = any(is_built_on(held, it) for held in stored.images for it in bases)
                    return failed(expected, _no_edit(self.base, unchanged=unchanged))
                return self._page(past, base, expected)
            case Unknown() as unknown:
                return unseen(expected, unknown)
            case _:
                return failed(expected, "the registry holds nothing of that name and tag")

    def fix(self, past: Past) -> Fix:
        """Push what is here."""
        return Fix((f"docker push {self.image}",)) if isinstance(past.now(ImageNamed(self.image)), Found) else Fix()

    def file(self, past: Past, base: Image) -> str:
        """What the layers above the base make of the file: as in :class:`PageStored`; empty if it was not seen."""
        seen = past.now(PageStored(self.image, self.path, self.words))
        layers = seen.value.items() if isinstance(seen, Found) else ()
        above = [file for layer, file in layers if layer not in base.layers]
        return next((file for file in above if file != "none"), "none" if above else "")

    def _page(self, past: Past, base: Image, expected: str) -> Finding:
        seen = past.now(PageStored(self.image, self.path, self.words))
        if isinstance(seen, Unknown):
            return unseen(expected, seen)
        match self.file(past, base):
            case "says":
                return passed(f"the registry holds {self.image}, and its page says “{self.words}”")
            case "other":
                return failed(expected, f"its page {self.path} does not say that")
            case "unread":
                return unseen(expected, "the layer with the edit is larger than labcheck reads, or packed otherwise")
            case _:
                return failed(expected, f"the edit has nothing to do with {self.path}")


def meanings(past: Past, name: str) -> tuple[Image, ...]:
    """What this name has meant, the newest first, as far as its layers are known."""
    return tuple(it.value for it in past.was(ImageNamed(name)) if isinstance(it, Found) and it.value.layers)


def is_built_on(image: Unpacked, base: Image) -> bool:
    """Whether the image's layers begin with all those of the base."""
    return image.layers[: len(base.layers)] == base.layers


def is_edited(image: Unpacked, base: Image) -> bool:
    """Whether the image is built on the base and differs from it, in layers or in configuration."""
    if not is_built_on(image, base):
        return False
    both_known = image.configuration and base.configuration
    return image.layers != base.layers or bool(both_known and image.configuration != base.configuration)


def _no_edit(base: str, *, unchanged: bool) -> str:
    return f"it is {base} itself, without an edit" if unchanged else f"it is not built on {base}"
