"""A cache passes on what nobody pushed to it, and serves while its upstream is cut off; a file brings an image back."""

from __future__ import annotations

import pytest

from labcheck.checks import ImageLoaded, PassedOn, PulledThrough, ServedCutOff
from labcheck.document import Document
from labcheck.log import Entry, Gap, Happened, Log, Look
from labcheck.past import Past
from labcheck.query import ImageNamed, Ping, Query, StoredAt, Tags
from labcheck.snapshot import Absent, Evidence, Found, Snapshot
from labcheck.verdict import Outcome
from tests.support import registry as it
from tests.support.logs import SECOND, past
from tests.support.registry import SLOW

CACHE, ORIGIN = "localhost:5007", "localhost:5017"
IMAGE = f"{CACHE}/menu:1"
HERE: Evidence[Document] = Found({"Id": "sha256:menu", "RepoTags": [IMAGE, "other:1"]})
PASSED_ON = PassedOn(image=IMAGE)
SERVED = ServedCutOff(image=IMAGE, upstream="origin")
LOADED = ImageLoaded(image=IMAGE)


def look(at: int, image: Evidence[Document] = HERE, tags: Evidence[Document] = SLOW) -> Look:
    seen: dict[Query, Evidence[Document]] = {ImageNamed(IMAGE): image, Tags(CACHE, "menu"): tags, Ping(CACHE): PONG}
    return Look(at * SECOND, at * SECOND, Snapshot.of(seen))


PONG: Evidence[Document] = Found({"registry": True, "status": 200, "server": ""})
LISTED: Evidence[Document] = Found({"tags": ["1"]})


def event(at: int, action: str) -> Happened:
    """Something that happened to the image or, by its own name, to the upstream."""
    if action in {"start", "die"}:
        return told(at, "container", action, "origin's id", name="origin", image="registry:2")
    if action in {"pull", "push"}:
        return told(at, "image", action, IMAGE, name=f"{CACHE}/menu")
    return told(at, "image", action, "sha256:menu", name=IMAGE if action == "tag" else "sha256:menu")


def told(at: int, kind: str, action: str, actor: str, **attributes: str) -> Happened:
    document = {"Type": kind, "Action": action, "timeNano": at * SECOND}
    return Happened({**document, "Actor": {"ID": actor, "Attributes": attributes}})


def after(*entries: Entry) -> Past:
    return past(Log("lab", 0, entries))


def events(*actions: str, last: Evidence[Document] = HERE) -> Past:
    """After a look that found no image: these events or looks, a second apart, and a last look."""
    entries: list[Entry] = [look(1, Absent())]
    for at, action in enumerate(actions, 2):
        match action:
            case "gone" | "seen":
                entries.append(look(at, HERE if action == "seen" else Absent()))
            case "gap":
                entries.append(Gap(at * SECOND))
            case _:
                entries.append(event(at, action))
    return after(*entries, look(len(actions) + 2, last))


def test_what_is_listed_and_was_never_pushed_is_passed_on() -> None:
    assert PASSED_ON.judge(after(look(1, tags=LISTED))).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("seen", "actual"),
    [
        (look(3, tags=Found({"tags": ["2"]})), "the registry there has nothing of that name and tag"),
        (look(3, tags=Absent()), "the registry there has nothing of that name and tag"),
        (
            Look(3 * SECOND, 3 * SECOND, Snapshot.of({Tags(CACHE, "menu"): Absent(), Ping(CACHE): Absent()})),
            "nothing answers there",
        ),
    ],
)
def test_a_cache_that_does_not_list_it_passes_nothing_on(seen: Look, actual: str) -> None:
    assert (PASSED_ON.judge(after(seen)).outcome, PASSED_ON.judge(after(seen)).actual) == (Outcome.FAIL, actual)


def test_what_was_pushed_comes_from_no_upstream() -> None:
    entries = event(1, "push"), look(2, tags=LISTED)
    assert PASSED_ON.judge(after(*entries)).actual == "it was pushed there, so it comes from no upstream"
    assert PASSED_ON.recall(after(event(1, "push"), event(2, "pull"), look(3))) is None


def test_a_pull_of_what_nobody_pushed_proves_that_it_was_passed_on() -> None:
    recalled = PASSED_ON.recall(after(event(1, "pull"), look(2)))
    assert recalled
    assert recalled.outcome is Outcome.PASS


def test_tags_that_nobody_saw_are_not_said_to_be_missing() -> None:
    assert PASSED_ON.judge(after(look(1))).outcome is Outcome.INCONCLUSIVE


def test_labcheck_asks_the_cache_for_no_manifest_as_that_would_fill_it() -> None:
    pulled = PulledThrough(image=IMAGE, source=f"{ORIGIN}/menu:1")
    asked = [query for check in (PASSED_ON, pulled, SERVED, LOADED) for query in check.queries]
    assert [query for query in asked if isinstance(query, StoredAt)] == [StoredAt(f"{ORIGIN}/menu:1")]


def test_what_was_pulled_through_is_compared_with_what_the_upstream_holds() -> None:
    source = f"{ORIGIN}/menu:1"
    pulled = PulledThrough(image=IMAGE, source=source)

    def judged(held: Evidence[Document]) -> Outcome:
        seen: dict[Query, Evidence[Document]] = {ImageNamed(IMAGE): image, StoredAt(source): held}
        return pulled.judge(
            after(look(1, Absent()), event(2, "pull"), Look(3 * SECOND, 3 * SECOND, Snapshot.of(seen)))
        ).outcome

    image: Evidence[Document] = Found({"Id": "sha256:menu", "RootFS": {"Layers": ["sha256:x"]}})
    assert judged(it.stored(it.manifest(it.BASE))) is Outcome.FAIL
    assert judged(SLOW) is Outcome.INCONCLUSIVE


@pytest.mark.parametrize(
    "actions",
    [
        ("start", "pull", "seen", "die", "delete", "pull"),
        ("start", "pull", "seen", "die", "gone", "pull"),
        ("start", "pull", "die", "gone", "pull", "start"),
        ("start", "pull", "die", "gone", "pull", "start", "pull"),
        ("start", "pull", "die", "start", "die", "gone", "pull"),
        ("start", "die", "pull"),
        ("gap", "start", "pull", "die", "gone", "pull", "gap"),
    ],
)
def test_what_came_between_the_end_of_the_upstream_and_its_next_start_was_served_without_it(
    actions: tuple[str, ...],
) -> None:
    assert SERVED.judge(events(*actions)).outcome is Outcome.PASS
    recalled = SERVED.recall(events(*actions, last=Absent()))
    assert recalled
    assert recalled.outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("actions", "actual"),
    [
        (("start", "pull"), "origin was not stopped before that, so it may have come from there"),
        (("start", "die", "start", "pull"), "origin was not stopped before that, so it may have come from there"),
        (("start", "pull", "die", "pull"), "it was still here when it was pulled, so nothing was transferred"),
        (
            ("start", "pull", "die", "gone", "pull", "start", "gone", "pull"),
            "origin was not stopped before that, so it may have come from there",
        ),
        (("start", "die", "pull", "tag"), "it was tagged, not pulled"),
    ],
)
def test_what_may_have_come_from_the_upstream_or_never_went_away_fails(actions: tuple[str, ...], actual: str) -> None:
    finding = SERVED.judge(events(*actions))
    assert (finding.outcome, finding.actual) == (Outcome.FAIL, actual)
    assert SERVED.recall(events(*actions)) is None


@pytest.mark.parametrize(
    "actions",
    [
        (),
        ("gap",),
        ("start", "die", "gap", "pull"),
        ("start", "gap", "pull"),
        ("start", "pull", "seen", "die", "untag", "pull"),
    ],
)
def test_what_no_event_and_no_look_shows_is_not_judged(actions: tuple[str, ...]) -> None:
    assert SERVED.judge(events(*actions)).outcome is Outcome.INCONCLUSIVE


def test_an_image_that_cannot_be_seen_is_neither_served_nor_loaded() -> None:
    for check in (SERVED, LOADED):
        assert check.judge(after(look(1, SLOW))).outcome is Outcome.INCONCLUSIVE
        assert check.judge(after(look(1, Absent()))).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    "actions", [("pull", "seen", "delete", "load"), ("pull", "gone", "load"), ("pull", "gone", "load", "seen", "pull")]
)
def test_what_was_removed_and_loaded_came_from_a_file(actions: tuple[str, ...]) -> None:
    assert LOADED.judge(events(*actions)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("actions", "actual"),
    [
        (("pull",), "it was not loaded"),
        (("pull", "gone", "load", "tag"), "it was not loaded"),
        (("pull", "gone", "load", "gone", "pull"), "it was not loaded"),
        (("pull", "load"), "it was still here when it was loaded, so nothing was transferred"),
    ],
)
def test_what_was_not_removed_or_came_back_otherwise_was_not_loaded(actions: tuple[str, ...], actual: str) -> None:
    finding = LOADED.judge(events(*actions))
    assert (finding.outcome, finding.actual) == (Outcome.FAIL, actual)


def test_a_load_that_the_engine_has_forgotten_is_not_judged() -> None:
    assert LOADED.judge(events("pull", "gone", "gap")).outcome is Outcome.INCONCLUSIVE
