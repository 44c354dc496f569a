"""Checks on what was pulled by its digest, which stays when a tag moves."""

from __future__ import annotations

from labcheck.check import Check, failed, passed, unseen
from labcheck.checks.transfer import UNREPORTED
from labcheck.name import canonical, parsed, repository
from labcheck.past import Past
from labcheck.query import EngineInfo, ImageList, Query, StoredAt
from labcheck.snapshot import Found, Unknown
from labcheck.verdict import Finding, Fix

SHOWN = 19
"""How many characters of a digest are shown: ``sha256:`` and twelve digits, as Docker does."""


class DigestPulled(Check, frozen=True, kw_only=True, tag="digest-pulled"):
    """An image is here that was pulled by digest, the one that this tag named before it moved, if it did."""

    image: str

    @property
    def title(self) -> str:
        """The demand in a few words."""
        return f"What {self.image} named first is here, pulled by its digest"

    @property
    def queries(self) -> tuple[Query, ...]:
        """What the tag names, the engine's images, and whether this engine reports pulls at all."""
        return StoredAt(self.image), ImageList(), EngineInfo()

    def judge(self, past: Past) -> Finding:
        """Pass if a pull by that digest is proved, and the engine still knows the image by it."""
        expected = f"{repository(self.image)}, pulled by the digest that {self.image} named first"
        wanted, images = self.wanted(past), past.now(ImageList())
        if not isinstance(images, Found):
            return unseen(expected, images if isinstance(images, Unknown) else "the images could not be listed")
        if not wanted:
            return unseen(expected, f"nobody has seen yet what {self.image} names")
        pulled = self.pulled(past)
        here = {digest_in(name, self.image) for image in images.value.listed for name in image.digests}
        if wanted & here & set(pulled):
            return passed("it was pulled by its digest")
        info = past.now(EngineInfo())
        if wanted & here and isinstance(info, Found) and not info.value.dialect.reports_others:
            return unseen(expected, UNREPORTED)
        return self._not_pulled(past, pulled, expected)

    def recall(self, past: Past) -> Finding | None:
        """For an image that is gone, the engine's events prove that it was pulled by its digest."""
        if self.wanted(past) & set(self.pulled(past)):
            return passed("it was pulled by its digest, as the engine's events show")
        return None

    def fix(self, past: Past) -> Fix:
        """Pull it by its digest."""
        return Fix(tuple(f"docker pull {repository(self.image)}@{digest}" for digest in sorted(self.wanted(past))[:1]))

    def wanted(self, past: Past) -> frozenset[str]:
        """The digests that count: those that the tag named and names no longer, or else the one that it names."""
        named = _named(past, self.image)
        return frozenset(named[:-1]) - {named[-1]} or frozenset(named) if named else frozenset()

    def _not_pulled(self, past: Past, pulled: tuple[str, ...], expected: str) -> Finding:
        info = past.now(EngineInfo())
        if self.wanted(past) & set(pulled):
            return failed(expected, "it was pulled by its digest, but is no longer here")
        if isinstance(info, Found) and not info.value.dialect.reports_pulls:
            return unseen(expected, "this engine does not report pulls")
        if past.gaps:
            return unseen(expected, "the engine has forgotten what happened; pull it again")
        if pulled:
            return failed(expected, f"{pulled[-1][:SHOWN]} was pulled, which is another digest")
        return failed(expected, f"nothing of {repository(self.image)} was pulled by a digest")

    def pulled(self, past: Past) -> tuple[str, ...]:
        """The digests by which something was pulled from the tag's repository, the newest last."""
        found = (digest_in(event.actor, self.image) for event in past.events("image/pull"))
        return tuple(filter(None, found))


def digest_in(name: str, image: str) -> str:
    """The digest in this name, if it is of the image's repository; else the empty string."""
    reference = parsed(name)
    return (reference.digest or "") if reference and reference.name == repository(image) else ""


def _named(past: Past, image: str) -> tuple[str, ...]:
    """The digests that the reference was seen to name, the newest last."""
    return past.named.get(canonical(image), ())
