"""Deletes: allowed or not, a tag, a manifest and blobs that are gone, and a registry that still remembers them."""

from __future__ import annotations

import pytest

from labcheck.check import Check
from labcheck.checks import BlobsGone, DeletingEnabled, ManifestGone, RegistryRestarted, TagGone
from labcheck.document import Document
from labcheck.log import Log, Look
from labcheck.past import Past
from labcheck.query import BlobAt, Catalog, Deleting, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Snapshot, Unknown
from labcheck.verdict import Outcome
from tests.support import registry as it
from tests.support.logs import SECOND, past
from tests.support.registry import DOMAIN, SLOW, digest, manifest, stored

ONE = manifest(it.BASE, it.blob("one", 10))
TWO = manifest(it.BASE, it.blob("two", 10))
IMAGE = f"{DOMAIN}/site:1"
BY_DIGEST = StoredAt(f"{DOMAIN}/site@{digest(ONE)}")
OWN = BlobAt(DOMAIN, "site", digest("one"))
HERE: Evidence[Document] = Found({"size": 10, "has_bytes": True})
HOLLOW: Evidence[Document] = Found({"size": 10, "has_bytes": False})
GONE: Evidence[Document] = Absent()
LISTED: Evidence[Document] = Found({"tags": ["1", "2"]})
UNLISTED: Evidence[Document] = Found({"tags": ["2"]})


def look(at: int, more: dict[Query, Evidence[Document]]) -> Look:
    seen: dict[Query, Evidence[Document]] = {
        Catalog(DOMAIN): Found({"repositories": ["site"]}),
        StoredAt(f"{DOMAIN}/site:2"): stored(TWO),
        StoredAt(f"{DOMAIN}/site@{digest(TWO)}"): stored(TWO),
    }
    return Look(at * SECOND, at * SECOND, Snapshot.of(seen | more))


BEFORE = look(1, {Tags(DOMAIN, "site"): LISTED, StoredAt(IMAGE): stored(ONE), BY_DIGEST: stored(ONE)})
DELETED: dict[Query, Evidence[Document]] = {Tags(DOMAIN, "site"): UNLISTED, StoredAt(IMAGE): GONE, BY_DIGEST: GONE}


def then(more: dict[Query, Evidence[Document]], *, before: bool = True) -> Past:
    return past(Log("lab", 0, ((BEFORE, look(2, DELETED | more)) if before else (look(2, DELETED | more),))))


@pytest.mark.parametrize(
    ("check", "more", "outcome", "actual"),
    [
        (TagGone(image=IMAGE), {}, Outcome.PASS, "it is not listed any more"),
        (TagGone(image=IMAGE), {Tags(DOMAIN, "site"): GONE}, Outcome.PASS, "it is not listed any more"),
        (TagGone(image=IMAGE), {Tags(DOMAIN, "site"): LISTED}, Outcome.FAIL, "it is listed"),
        (TagGone(image=IMAGE), {Tags(DOMAIN, "site"): SLOW}, Outcome.INCONCLUSIVE, SLOW.reason),
        (ManifestGone(image=IMAGE), {}, Outcome.PASS, "nothing has its digest any more"),
        (
            ManifestGone(image=IMAGE),
            {StoredAt(IMAGE): stored(ONE), BY_DIGEST: stored(ONE)},
            Outcome.FAIL,
            "it is still there",
        ),
        (
            ManifestGone(image=IMAGE),
            {BY_DIGEST: stored(ONE)},
            Outcome.FAIL,
            "only its tag is gone; its digest still leads to it",
        ),
        (ManifestGone(image=IMAGE), {BY_DIGEST: SLOW}, Outcome.INCONCLUSIVE, SLOW.reason),
        (BlobsGone(image=IMAGE), {OWN: GONE}, Outcome.PASS, "they are gone"),
        (BlobsGone(image=IMAGE), {OWN: HOLLOW}, Outcome.PASS, "they are gone"),
        (BlobsGone(image=IMAGE), {OWN: HERE}, Outcome.FAIL, "1 of 1 are still there"),
        (BlobsGone(image=IMAGE), {OWN: SLOW}, Outcome.INCONCLUSIVE, SLOW.reason),
        (BlobsGone(image=IMAGE), {}, Outcome.INCONCLUSIVE, "Nobody looked at that."),
        (
            BlobsGone(image=IMAGE),
            {BY_DIGEST: stored(ONE)},
            Outcome.FAIL,
            "its manifest is still there, so a collection takes nothing of it",
        ),
        (RegistryRestarted(image=IMAGE), {OWN: GONE}, Outcome.PASS, "it says of none of them that it has it"),
        (
            RegistryRestarted(image=IMAGE),
            {OWN: HOLLOW},
            Outcome.FAIL,
            "it says that it has 1 of 1 blobs, whose bytes are gone",
        ),
        (
            RegistryRestarted(image=IMAGE),
            {OWN: HERE},
            Outcome.FAIL,
            "nothing was collected: 1 of 1 blobs are still there",
        ),
        (RegistryRestarted(image=IMAGE), {OWN: SLOW}, Outcome.INCONCLUSIVE, SLOW.reason),
    ],
)
def test_what_is_gone(check: Check, more: dict[Query, Evidence[Document]], outcome: Outcome, actual: str) -> None:
    found = check.judge(then(more))
    assert (found.outcome, found.actual) == (outcome, actual)


@pytest.mark.parametrize("check", [TagGone(image=IMAGE), ManifestGone(image=IMAGE)])
def test_of_what_nobody_saw_nobody_can_say_that_it_is_gone(check: Check) -> None:
    assert check.judge(then({}, before=False)).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("check", [BlobsGone(image=IMAGE), RegistryRestarted(image=IMAGE)])
def test_blobs_that_another_image_needs_are_not_waited_for(check: BlobsGone | RegistryRestarted) -> None:
    assert check.judge(then({OWN: GONE})).outcome is Outcome.PASS
    asked = check.follow_up(then({}))
    assert OWN in asked
    assert BlobAt(DOMAIN, "site", digest("base")) not in asked
    unseen = check.judge(then({StoredAt(f"{DOMAIN}/site@{digest(TWO)}"): SLOW, OWN: GONE}))
    assert unseen.outcome is Outcome.INCONCLUSIVE
    assert check.judge(then({}, before=False)).actual == "nobody has seen it there yet"


def test_the_digest_is_asked_for_once_it_is_known() -> None:
    check = ManifestGone(image=IMAGE)
    assert check.follow_up(past(Log("lab", 0, ()))) == ()
    assert check.follow_up(then({})) == (BY_DIGEST,)


@pytest.mark.parametrize(
    ("seen", "outcome"),
    [
        (Found({"enabled": True}), Outcome.PASS),
        (Found({"enabled": False}), Outcome.FAIL),
        (SLOW, Outcome.INCONCLUSIVE),
    ],
)
def test_a_registry_deletes_or_refuses_or_nobody_knows(seen: Evidence[Document], outcome: Outcome) -> None:
    told = past(Log("lab", 0, (Look(1, 1, Snapshot.of({Deleting(DOMAIN): seen})),)))
    assert DeletingEnabled(domain=DOMAIN).judge(told).outcome is outcome
    assert isinstance(told.now(Deleting("localhost:1")), Unknown)
