"""A digest or an index that is not the one that was meant."""

from __future__ import annotations

from labcheck.checks import DigestPulled, ForPlatforms, trace
from labcheck.mistake import Facts, facts, recognises
from labcheck.name import repository
from labcheck.oci import Index, is_index, parsed
from labcheck.past import Past
from labcheck.query import StoredAt
from labcheck.snapshot import Found

SHOWN = 19
"""How many characters of a digest are shown: ``sha256:`` and twelve digits, as Docker does."""


@recognises("another-digest-pulled", DigestPulled)
def another_digest_pulled(check: DigestPulled, past: Past) -> Facts | None:
    """Something of the repository was pulled by a digest that the tag did not name first."""
    pulled, wanted = check.pulled(past), check.wanted(past)
    if not pulled or not wanted or wanted & set(pulled):
        return None
    return facts(check.fix(past), image=check.image, pulled=pulled[-1][:SHOWN])


@recognises("pulled-by-tag", DigestPulled)
def pulled_by_tag(check: DigestPulled, past: Past) -> Facts | None:
    """The tag was pulled, and nothing of its repository by a digest."""
    pull = trace.pulled(past, check.image)
    if pull is None or check.pulled(past) or not check.wanted(past):
        return None
    return facts(check.fix(past), image=check.image, repository=repository(check.image))


@recognises("single-image-not-index", ForPlatforms)
def single_image_not_index(check: ForPlatforms, past: Past) -> Facts | None:
    """The name leads to one image: it was pushed with docker push, which sends no index."""
    stored = past.now(StoredAt(check.image))
    if not isinstance(stored, Found) or is_index(parsed(stored.value.texts.get(stored.value.digest, ""))):
        return None
    return facts(image=check.image)


@recognises("platform-not-the-image-s-own", ForPlatforms)
def platform_not_the_image_s_own(check: ForPlatforms, past: Past) -> Facts | None:
    """The index says another platform of an image than the image itself."""
    stored = past.now(StoredAt(check.image))
    if not isinstance(stored, Found):
        return None
    index = Index(parsed(stored.value.texts.get(stored.value.digest, "")))
    for entry in index.manifests:
        own = stored.value.platforms.get(entry.digest, "")
        if own and entry.platform and own != entry.platform:
            return facts(image=check.image, said=entry.platform, own=own)
    return None
