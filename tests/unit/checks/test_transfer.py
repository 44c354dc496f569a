"""A pull from the registry is believed where the engine's events prove it, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import pytest
from msgspec.structs import replace

from labcheck.checks import ImagePulled
from labcheck.configuration import FIELD
from labcheck.document import items
from labcheck.engine import Event
from labcheck.log import Entry, Gap, Happened, Look
from labcheck.query import EngineInfo, ImageList, ImageNamed, Query, StoredAt
from labcheck.snapshot import Absent, Answer, Found, Snapshot
from labcheck.verdict import Finding, Outcome
from tests.support import recorded
from tests.support.logs import SECOND, past

IMAGE = "localhost:5000/nginx:latest"
SOLVED = recorded.log("solved")
PULLED = next(
    index
    for index, it in reversed([*enumerate(SOLVED.entries)])
    if isinstance(it, Happened) and it.document.get("Action") == "pull" and "localhost:5000/nginx" in str(it.document)
)
"""The entry that tells of the pull; the look after it saw the image."""


def judged(*entries: Entry) -> Finding:
    return ImagePulled(image=IMAGE).judge(past(replace(SOLVED, entries=entries)))


def until_seen() -> tuple[Entry, ...]:
    """All entries up to the look that saw the image come back."""
    end = next(index for index, it in enumerate(SOLVED.entries) if index > PULLED and isinstance(it, Look))
    return SOLVED.entries[: end + 1]


def answering(
    query: Query, change: Callable[[Answer], Answer | None], entries: Sequence[Entry] = ()
) -> tuple[Entry, ...]:
    """The recording's entries, or these, but each look's answer to this query changed; ``None`` takes it away."""

    def changed(entry: Entry) -> Entry:
        if not isinstance(entry, Look):
            return entry
        answers = (change(it) if it.query == query else it for it in entry.snapshot.answers)
        return replace(entry, snapshot=Snapshot(tuple(it for it in answers if it is not None)))

    return tuple(map(changed, entries or until_seen()))


def silent(info: Answer) -> Answer:
    """The engine is one whose events leave out pulls."""
    return replace(
        info,
        found={
            **(info.found or {}),
            "ServerVersion": "24.0.9",
            "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
        },
    )


def test_removed_and_pulled_again_is_pulled() -> None:
    assert judged(*until_seen()).outcome is Outcome.PASS


def test_an_engine_that_tells_of_no_pulls_proves_none() -> None:
    finding = judged(*answering(EngineInfo(), silent))
    assert (finding.outcome, finding.actual) == (Outcome.INCONCLUSIVE, "this engine does not report pulls")


def test_an_image_that_nobody_compared_is_not_said_to_be_another() -> None:
    finding = judged(*answering(StoredAt(IMAGE), lambda _: None))
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "nobody looked at the registry after the push" in finding.actual


@pytest.mark.parametrize("platform", [{"layers": ["x"]}, {"configuration": "sha256:edited"}])
def test_an_image_with_other_layers_or_another_configuration_is_another(platform: dict[str, object]) -> None:
    def held(it: Answer) -> Answer:
        platforms = [{**image, **platform} for image in items(it.found, "platforms") if isinstance(image, dict)]
        return replace(it, found={"digest": "sha256:x", "platforms": platforms}) if it.found else it

    def here(it: Answer) -> Answer:
        return replace(it, found={**(it.found or {}), FIELD: "sha256:configuration"}) if it.found else it

    entries = answering(StoredAt(IMAGE), held)
    finding = judged(*answering(ImageNamed(IMAGE), here, entries))
    assert (finding.outcome, finding.actual) == (
        Outcome.FAIL,
        "it is not the image that was pushed",
    )


def test_pulled_by_another_tag_and_named_afterwards_is_pulled() -> None:
    """What counts is when it came, not when it was given its name."""
    other = "localhost:5000/nginx:v2"
    entries = [
        *answering(
            ImageNamed(IMAGE), lambda it: replace(it, found=it.found and {**it.found, "RepoTags": [IMAGE, other]})
        )
    ]
    pulled, (*_, seen) = entries[PULLED], entries
    assert isinstance(pulled, Happened)
    assert isinstance(seen, Look)
    image = seen.snapshot.ask(ImageNamed(IMAGE))
    assert isinstance(image, Found)
    at = Event(pulled.document).at
    by_another_tag = {**pulled.document, "Actor": {"ID": other, "Attributes": {"name": "localhost:5000/nginx"}}}
    tag = {
        "Type": "image",
        "Action": "tag",
        "timeNano": at + 1,
        "Actor": {"ID": image.value.id, "Attributes": {"name": IMAGE}},
    }
    entries[PULLED : PULLED + 1] = [Happened(by_another_tag), Happened(tag)]
    assert judged(*entries).outcome is Outcome.PASS


def _here_before_the_pull(by: Literal["load", "nobody"], *, seconds: float, looks: bool = True) -> Finding:
    """How a pull is judged so long after its name was here again, by a load or by what leaves no event."""
    entries = [*until_seen()]
    pulled, (*_, seen) = entries[PULLED], entries
    assert isinstance(pulled, Happened)
    assert isinstance(seen, Look)
    image = seen.snapshot.ask(ImageNamed(IMAGE))
    assert isinstance(image, Found)
    at = Event(pulled.document).at
    actor = {"ID": image.value.id, "Attributes": {"name": image.value.id}}
    load = Happened({"Type": "image", "Action": "load", "timeNano": at, "Actor": actor})
    look = replace(seen, at=at + 1, until=at + 1, took=0)
    then = Happened({**pulled.document, "timeNano": at + 1 + round(seconds * SECOND)})
    later = replace(seen, at=Event(then.document).at + 1, until=Event(then.document).at + 1)
    between = [load] * (by == "load") + [look] * looks
    return judged(*entries[:PULLED], *between, then, later)


@pytest.mark.parametrize(
    ("info", "outcome"), [({}, Outcome.FAIL), ({"BuildahVersion": "1.28.2"}, Outcome.INCONCLUSIVE)]
)
def test_on_podmans_engine_no_event_of_a_pull_proves_nothing(info: dict[str, object], outcome: Outcome) -> None:
    """Buildah pulls into its storage, and the engine does not report it."""
    *_, seen = until_seen()
    assert isinstance(seen, Look)
    finding = judged(replace(seen, snapshot=Snapshot((*_without_info(seen), Answer(EngineInfo(), found=info)))))
    assert finding.outcome is outcome
    assert finding.actual.startswith("it was not pulled" if outcome is Outcome.FAIL else "no pull is reported")


def _without_info(look: Look) -> list[Answer]:
    return [answer for answer in look.snapshot.answers if answer.query != EngineInfo()]


def test_where_a_file_that_was_loaded_came_from_is_unknown() -> None:
    """Skopeo and crane fetch an image from a registry, and have the engine load it."""
    finding = _here_before_the_pull("load", seconds=2)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "does not say where its file came from" in finding.actual


def test_a_name_that_came_back_without_an_event_proves_nothing() -> None:
    """So ``docker build -t`` gives one with BuildKit on Engine 20.10."""
    finding = _here_before_the_pull("nobody", seconds=2)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the engine does not say how" in finding.actual


def test_under_which_name_it_was_loaded_is_unknown_unless_somebody_looked() -> None:
    finding = _here_before_the_pull("load", seconds=2, looks=False)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "loaded from a file" in finding.actual


def test_a_look_may_see_what_was_pulled_before_the_engine_reports_the_pull() -> None:
    assert _here_before_the_pull("nobody", seconds=0.01).outcome is Outcome.PASS


def test_an_image_that_was_pulled_by_its_digest_lacks_only_its_tag() -> None:
    digest = f"sha256:{'57f1' * 16}"
    by_digest = f"localhost:5000/nginx@{digest}"
    names = [f"nginx@{digest}", by_digest]
    listed = {"listed": [{"Id": "sha256:1", "RepoTags": names[1:], "RepoDigests": names}], "others": 0}
    entries = answering(ImageNamed(IMAGE), lambda it: replace(it, found=None))
    entries = answering(ImageList(), lambda it: replace(it, found=listed), entries)
    pulled = entries[PULLED]
    assert isinstance(pulled, Happened)
    event = Happened({**pulled.document, "Actor": {"ID": by_digest, "Attributes": {"name": "localhost:5000/nginx"}}})
    check, then = ImagePulled(image=IMAGE), past(replace(SOLVED, entries=(*entries[:PULLED], event, entries[-1])))
    assert check.judge(then).actual == "it was pulled by its digest, which gives it no tag"
    assert check.fix(then).commands == (f"docker image tag {by_digest} {IMAGE}",)


def test_whether_the_image_is_here_may_be_unknown() -> None:
    assert judged(*answering(ImageNamed(IMAGE), lambda _: None)).outcome is Outcome.INCONCLUSIVE


@pytest.mark.parametrize("lost", ["the pull", "the removal"])
def test_what_the_engine_has_forgotten_is_asked_for_again(lost: str) -> None:
    entries = until_seen()
    pulled = entries[PULLED]
    assert isinstance(pulled, Happened)
    at = Event(pulled.document).at
    if lost == "the pull":
        kept = (*entries[:PULLED], Gap(at), *entries[PULLED + 1 :])
    else:
        kept = (*(it for it in entries[:PULLED] if not _removes(it)), Gap(at - 1), *entries[PULLED:])
    finding = judged(*kept)
    assert finding.outcome is Outcome.INCONCLUSIVE
    assert "the engine has forgotten what happened" in finding.actual


def _removes(entry: Entry) -> bool:
    """Whether it shows that the name was taken away."""
    if isinstance(entry, Look):
        return isinstance(entry.snapshot.ask(ImageNamed(IMAGE)), Absent)
    return isinstance(entry, Happened) and entry.document.get("Action") in {"untag", "delete"}
