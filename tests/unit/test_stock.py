"""What a registry's storage holds, by what looks saw: known where all that it depends on was seen, else unknown."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from labcheck import stock
from labcheck.collection import Stock, collected
from labcheck.document import Document
from labcheck.log import Entry, Gap, Happened, Log, Look
from labcheck.past import Past
from labcheck.query import BlobAt, Catalog, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Snapshot, Unknown
from labcheck.storage_answer import StorageAnswer
from tests.support import registry as it
from tests.support.logs import SECOND, past
from tests.support.registry import DOMAIN, SLOW, digest, manifest, stored

ONE = manifest(it.BASE, it.blob("one", 10), note="one")
TWO = manifest(it.BASE, it.blob("two", 10), note="two")
GONE: Evidence[Document] = Absent()
HERE: Evidence[Document] = Found({"size": 10, "has_bytes": True})
HOLLOW: Evidence[Document] = Found({"size": 10, "has_bytes": False})
OWN = BlobAt(DOMAIN, "site", digest("one"))
CONFIG = BlobAt(DOMAIN, "site", digest("config"))


def by(text: str) -> StoredAt:
    return StoredAt(f"{DOMAIN}/site@{digest(text)}")


def look(at: int, tags: Mapping[str, str], more: Mapping[Query, Evidence[Document]] | None = None) -> Look:
    """A look at a registry with one repository whose tags name these manifests."""
    seen: dict[Query, Evidence[Document]] = {Catalog(DOMAIN): Found({"repositories": ["site"] if tags else []})}
    if tags:
        seen[Tags(DOMAIN, "site")] = Found({"tags": sorted(tags)})
    for tag, text in tags.items():
        seen[StoredAt(f"{DOMAIN}/site:{tag}")] = seen[by(text)] = stored(text)
    return Look(at * SECOND, at * SECOND, Snapshot.of(seen | dict(more or {})))


def pushed(at: int, tag: str) -> Happened:
    actor = {"ID": f"{DOMAIN}/site:{tag}", "Attributes": {"name": f"{DOMAIN}/site"}}
    return Happened({"Type": "image", "Action": "push", "timeNano": at * SECOND, "Actor": actor})


def tagged(at: int, tag: str) -> Happened:
    actor = {"ID": "sha256:x", "Attributes": {"name": f"{DOMAIN}/site:{tag}"}}
    return Happened({"Type": "image", "Action": "tag", "timeNano": at * SECOND, "Actor": actor})


def told(*entries: Entry) -> Past:
    return past(Log("lab", 0, entries))


EMPTY = look(1, {})
BOTH = (EMPTY, look(2, {"1": ONE, "stable": ONE, "2": TWO}))
DELETED: dict[Query, Evidence[Document]] = {by(ONE): GONE, OWN: HERE}


def known(*entries: Entry) -> Stock:
    seen = stock.stock(told(*entries), DOMAIN)
    assert isinstance(seen, Found), seen
    return seen.value


def why(*entries: Entry) -> str:
    seen = stock.stock(told(*entries), DOMAIN)
    assert isinstance(seen, Unknown)
    return seen.reason


def test_what_tags_name_is_there_with_all_its_parts() -> None:
    found = known(*BOTH)
    assert found.tagged == found.manifests.keys() == {("site", digest(ONE)), ("site", digest(TWO))}
    assert found.blobs == {digest(text) for text in (ONE, TWO, "config", "base", "one", "two")}
    assert collected(found).blobs == frozenset()


def test_what_lost_its_tag_is_asked_for_by_its_digest_and_is_still_there() -> None:
    moved = look(3, {"1": TWO, "stable": TWO, "2": TWO}, {by(ONE): stored(ONE)})
    assert by(ONE) in stock.follow_up(told(*BOTH), DOMAIN)
    found = known(*BOTH, moved)
    assert collected(found).blobs == frozenset()
    assert collected(found, untagged=True).blobs == {digest(ONE), digest("one")}


def test_what_was_deleted_leaves_its_bytes_until_they_are_collected() -> None:
    deleted = look(3, {"2": TWO}, DELETED)
    assert OWN in stock.follow_up(told(*BOTH, look(3, {"2": TWO}, {by(ONE): GONE})), DOMAIN)
    assert collected(known(*BOTH, deleted)).blobs == {digest(ONE), digest("one")}


@pytest.mark.parametrize("lost", [GONE, HOLLOW])
def test_what_was_collected_is_gone_whatever_the_registry_remembers(lost: Evidence[Document]) -> None:
    after = look(4, {"2": TWO}, {by(ONE): GONE, OWN: lost})
    assert collected(known(*BOTH, look(3, {"2": TWO}, DELETED), after)).blobs == frozenset()


def test_of_a_manifest_without_a_part_of_its_own_only_another_one_can_tell() -> None:
    twin = manifest(it.BASE, it.blob("two", 10), note="twin")
    start = (EMPTY, look(2, {"1": ONE, "2": TWO, "3": twin}))
    alone = look(3, {"1": ONE, "2": TWO}, {by(twin): GONE})
    assert why(*start, alone) == f"Nobody can see whether the bytes of site@{digest(twin)[:19]} are still there."
    # The image 1 was deleted before, and its layer was there at each look since: so nothing was collected.
    before = look(3, {"2": TWO, "3": twin}, DELETED)
    after = look(4, {"2": TWO}, {by(twin): GONE, **DELETED})
    assert collected(known(*start, before, after)).blobs == {digest(twin), digest(ONE), digest("one")}
    # Its layer is gone at the next look: so there was a collection, and that took the twin, too.
    taken = look(5, {"2": TWO}, {by(twin): GONE, by(ONE): GONE, OWN: GONE})
    assert collected(known(*start, before, after, taken)).blobs == frozenset()


def test_an_index_s_images_that_nobody_pushed_are_not_there_and_those_not_read_are_asked_for() -> None:
    many = it.index((ONE, "amd64"), (TWO, "arm64"))
    seen = look(2, {"many": many}, {by(ONE): stored(ONE), by(TWO): GONE})
    assert {by(ONE), by(TWO)} <= set(stock.follow_up(told(EMPTY, look(2, {"many": many})), DOMAIN))
    assert why(EMPTY, look(2, {"many": many})) == "Nobody looked at that."
    found = known(EMPTY, seen)
    assert found.manifests.keys() == {("site", digest(many)), ("site", digest(ONE))}
    assert not {digest("two"), digest(TWO)} & found.blobs
    # The registry lacks the image as a manifest; an index keeps its bytes nevertheless.
    lacking: dict[Query, Evidence[Document]] = {
        StoredAt(f"{DOMAIN}/site:many"): stored(many, missing=(digest(ONE), digest(TWO))),
        **{BlobAt(DOMAIN, "site", digest(name)): HERE for name in ("one", "base", "config")},
        by(ONE): GONE,
        by(TWO): GONE,
    }
    left = known(EMPTY, seen, look(3, {"many": many}, lacking)).blobs
    assert left == {digest(text) for text in (many, ONE, "one", "base", "config")}


def test_what_an_index_kept_through_a_collection_is_there_until_the_next() -> None:
    many = it.index((ONE, "amd64"))
    start = (EMPTY, look(2, {"many": many, "2": TWO}, {by(ONE): stored(ONE)}))
    # Only the image is deleted: the index keeps its manifest's bytes, and a collection takes its layer alone.
    deleted = look(3, {"many": many, "2": TWO}, {by(ONE): GONE, OWN: HERE})
    taken = look(4, {"many": many, "2": TWO}, {by(ONE): GONE, OWN: GONE})
    assert collected(known(*start, deleted, taken)).blobs == frozenset()
    # The image 2 is deleted before the index: its layer shows that nothing was collected since.
    left: dict[Query, Evidence[Document]] = {
        BlobAt(DOMAIN, "site", digest(name)): HERE for name in ("two", "base", "config")
    }
    alone = look(5, {"many": many}, {by(ONE): GONE, by(TWO): GONE, OWN: GONE, **left})
    empty = look(6, {"3": TWO}, {by(many): GONE, by(ONE): GONE, OWN: GONE, **left})
    assert collected(known(*start, deleted, taken, alone, empty)).blobs == {digest(many), digest(ONE)}


def test_a_part_that_is_missing_or_kept_elsewhere_has_no_bytes_there() -> None:
    foreign = manifest({**it.blob("windows", 10), "urls": ["https://example.com/x"]}, it.BASE)
    one = look(2, {"1": foreign}, {StoredAt(f"{DOMAIN}/site:1"): stored(foreign, missing=(digest("base"),))})
    assert known(EMPTY, one).blobs == {digest(foreign), digest("config")}


SECOND_LOOK = look(5, {"1": TWO, "2": TWO}, {by(ONE): stored(ONE)})


@pytest.mark.parametrize(
    ("entries", "reason"),
    [
        ((EMPTY, look(2, {"1": ONE}, {Tags(DOMAIN, "site"): SLOW})), "did not answer within"),
        ((EMPTY, look(2, {"1": ONE}, {StoredAt(f"{DOMAIN}/site:1"): SLOW})), "did not answer within"),
        ((EMPTY, look(2, {"1": ONE}, {StoredAt(f"{DOMAIN}/site:1"): GONE})), "names nothing that is there"),
        ((*BOTH, look(3, {"2": TWO})), "Nobody looked at that."),
        ((*BOTH, look(3, {"2": TWO}, {by(ONE): GONE})), "Nobody looked at that."),
        ((*BOTH, look(3, {"2": TWO}, {by(ONE): SLOW})), "did not answer within"),
        ((EMPTY, Gap(2), *BOTH[1:]), "has forgotten what happened"),
        ((look(2, {"1": ONE}),), "site was there before anybody looked"),
        ((*BOTH, pushed(3, "new"), look(4, {"2": TWO, "1": ONE})), "Nobody has seen what was pushed as"),
        ((*BOTH, pushed(3, "1"), tagged(3, "1"), pushed(4, "1"), SECOND_LOOK), "Nobody looked between two pushes"),
        (
            (EMPTY, look(2, {"1": manifest({**it.BASE, "digest": "sha512:" + "0" * 128})})),
            "the registry stores by sha256",
        ),
    ],
)
def test_what_was_not_seen_is_unknown_and_never_nothing(entries: tuple[Entry, ...], reason: str) -> None:
    assert reason in why(*entries)


def test_a_push_of_the_same_image_again_hides_nothing() -> None:
    again = look(5, {"1": ONE, "stable": ONE, "2": TWO})
    assert known(*BOTH, pushed(3, "1"), pushed(4, "1"), again) == known(*BOTH)


def test_a_repository_of_which_a_push_is_known_was_empty_before() -> None:
    first = look(2, {"1": ONE})
    assert known(pushed(1, "1"), first).blobs == {digest(text) for text in (ONE, "config", "base", "one")}


def right(answer: StorageAnswer, *entries: Entry) -> Evidence[frozenset[str]]:
    return answer.right(told(*entries))


def test_the_tags_that_go_with_an_image_are_those_of_its_digest() -> None:
    answer = StorageAnswer(tags_with=f"{DOMAIN}/site:1")
    assert right(answer, *BOTH) == Found(frozenset({"1", "stable"}))
    assert isinstance(right(answer, look(2, {"1": ONE, "2": TWO}, {StoredAt(f"{DOMAIN}/site:2"): SLOW})), Unknown)
    assert right(answer, look(2, {"2": TWO}, {StoredAt(f"{DOMAIN}/site:1"): GONE})) == Absent()
    assert StoredAt(f"{DOMAIN}/site:stable") in answer.follow_up(told(*BOTH))


def test_the_blobs_that_go_are_counted_now_or_after_a_delete() -> None:
    assert right(StorageAnswer(blobs_freed_without=f"{DOMAIN}/site:1"), *BOTH) == Found(frozenset({"2"}))
    assert right(StorageAnswer(blobs_freed_at=DOMAIN), *BOTH) == Found(frozenset({"0"}))
    assert right(StorageAnswer(blobs_freed_at=DOMAIN), *BOTH, look(3, {"2": TWO}, DELETED)) == Found(frozenset({"2"}))
    assert isinstance(right(StorageAnswer(blobs_freed_at=DOMAIN), look(2, {"1": ONE})), Unknown)


def test_exactly_one_thing_is_asked() -> None:
    assert StorageAnswer(tags_with="x", blobs_freed_at="y").kind == StorageAnswer().kind == ""
    assert (StorageAnswer(tags_with="x").kind, StorageAnswer(blobs_freed_at="y").kind) == ("set", "number")
