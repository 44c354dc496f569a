"""What a garbage collection takes: what no manifest refers to, and if told so, what only untagged ones do."""

from __future__ import annotations

from labcheck.collection import Collected, Place, Stock, collected, deleted

OLD: Place = ("site", "old")
NEW: Place = ("site", "new")
COPY: Place = ("tools", "old")
INDEX: Place = ("site", "index")


def stock(manifests: dict[Place, tuple[str, ...]], *tagged: Place, more: tuple[str, ...] = ()) -> Stock:
    blobs = {digest for (_, own), refers in manifests.items() for digest in (own, *refers)}
    return Stock(manifests, frozenset(tagged), frozenset(blobs | set(more)))


TWO = stock({OLD: ("config-old", "base", "one"), NEW: ("config-new", "base", "two")}, OLD, NEW)


def test_while_all_is_needed_nothing_goes() -> None:
    assert collected(TWO) == Collected(frozenset(), frozenset())


def test_a_delete_takes_no_blob_and_a_collection_takes_what_no_other_manifest_refers_to() -> None:
    then = deleted(TWO, OLD)
    assert then.blobs == TWO.blobs
    assert then.tagged == {NEW}
    assert collected(then).blobs == {"old", "config-old", "one"}


def test_the_same_manifest_in_another_repository_keeps_everything() -> None:
    both = stock({OLD: ("config", "base"), COPY: ("config", "base")}, OLD, COPY)
    assert collected(deleted(both, OLD)).blobs == frozenset()
    assert collected(deleted(deleted(both, OLD), COPY)).blobs == {"old", "config", "base"}


def test_what_has_no_tag_stays_unless_it_is_to_go() -> None:
    moved = stock(TWO.manifests, NEW)
    assert collected(moved).blobs == frozenset()
    assert collected(moved, untagged=True) == Collected(frozenset({"old", "config-old", "one"}), frozenset({OLD}))


def test_a_tag_in_another_repository_does_not_count_but_its_manifest_keeps_the_blobs() -> None:
    both = stock({OLD: ("config", "base"), COPY: ("config", "base")}, COPY)
    assert collected(both, untagged=True) == Collected(frozenset(), frozenset({OLD}))


def test_an_index_keeps_its_manifests_bytes_and_not_what_these_refer_to() -> None:
    several = stock({INDEX: ("old", "new"), **TWO.manifests}, INDEX)
    assert collected(several).blobs == frozenset()
    assert collected(deleted(several, INDEX)).blobs == {"index"}
    # registry 2 breaks images for several platforms: only their index has a tag.
    assert collected(several, untagged=True).blobs == {"config-old", "config-new", "base", "one", "two"}


def test_what_no_manifest_refers_to_goes_in_any_case() -> None:
    assert collected(stock(TWO.manifests, OLD, NEW, more=("left",))).blobs == {"left"}
