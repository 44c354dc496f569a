"""What a tag named before it moved is pulled by its digest, and in no other way."""

from __future__ import annotations

import pytest

from labcheck.cause import TimedOut
from labcheck.checks import DigestPulled
from labcheck.document import Document
from labcheck.query import EngineInfo, ImageList, Query, StoredAt
from labcheck.snapshot import Unknown
from labcheck.verdict import Outcome
from tests.support.stock import digest, event, held, manifest, seen

WEB = "localhost:5004/web:latest"
AT = StoredAt(WEB)
OLD, NEW = manifest("base", "nginx"), manifest("base", "httpd")
FIRST, SECOND = held(OLD), held(NEW)
SILENT = Unknown("localhost:5004 did not answer in time.", TimedOut(1))
INFO: Document = {"ServerVersion": "20.10.24"}
BY_DIGEST = f"localhost:5004/web@{digest(OLD)}"
PULL = event("pull", BY_DIGEST, name="localhost:5004/web")


def images(*digests: str) -> Document:
    return {"listed": [{"Id": "sha256:1", "RepoTags": [], "RepoDigests": list(digests)}], "others": 0}


def test_what_the_tag_named_first_is_pulled_by_its_digest() -> None:
    looks = {AT: FIRST}, {AT: SECOND, ImageList(): images(BY_DIGEST), EngineInfo(): INFO}
    assert DigestPulled(image=WEB).judge(seen(*looks, happened=[PULL])).outcome is Outcome.PASS
    assert DigestPulled(image=WEB).judge(seen(*looks)).outcome is Outcome.FAIL


def test_a_pull_by_tag_and_digest_counts_as_well() -> None:
    pull = event("pull", f"{WEB}@{digest(OLD)}")
    past = seen({AT: FIRST}, {AT: SECOND, ImageList(): images(BY_DIGEST), EngineInfo(): INFO}, happened=[pull])
    assert DigestPulled(image=WEB).judge(past).outcome is Outcome.PASS


def test_a_tag_that_did_not_move_may_be_pulled_by_the_digest_that_it_names() -> None:
    past = seen({AT: FIRST}, {AT: FIRST, ImageList(): images(BY_DIGEST)}, happened=[PULL])
    assert DigestPulled(image=WEB).judge(past).outcome is Outcome.PASS


OTHER = event("pull", f"localhost:5004/web@{digest(NEW)}")
ELSEWHERE = event("pull", f"localhost:5004/shop@{digest(OLD)}")
BY_TAG = event("pull", WEB)


@pytest.mark.parametrize(
    ("happened", "here", "actual"),
    [
        ([], [BY_DIGEST], "nothing of localhost:5004/web was pulled by a digest"),
        ([BY_TAG], [BY_DIGEST], "nothing of localhost:5004/web was pulled by a digest"),
        ([ELSEWHERE], [BY_DIGEST], "nothing of localhost:5004/web was pulled by a digest"),
        ([OTHER], [BY_DIGEST], f"{digest(NEW)[:19]} was pulled, which is another digest"),
        ([PULL], [], "it was pulled by its digest, but is no longer here"),
    ],
)
def test_another_pull_is_none_by_that_digest(happened: list[Document], here: list[str], actual: str) -> None:
    look = {AT: SECOND, ImageList(): images(*here), EngineInfo(): INFO}
    finding = DigestPulled(image=WEB).judge(seen({AT: FIRST}, look, happened=happened))
    assert (finding.outcome, finding.actual) == (Outcome.FAIL, actual)


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({AT: FIRST}, {AT: SECOND, ImageList(): SILENT}),
        ({AT: SILENT}, {AT: SILENT, ImageList(): images(BY_DIGEST)}),
        (
            {AT: FIRST},
            {
                AT: SECOND,
                ImageList(): images(BY_DIGEST),
                EngineInfo(): {"ServerVersion": "24.0.9", "DriverStatus": [["io.containerd.snapshotter.v1"]]},
            },
        ),
        ({AT: FIRST}, {AT: SECOND, ImageList(): images(BY_DIGEST), EngineInfo(): {"BuildahVersion": "1.28.2"}}),
    ],
)
def test_what_could_not_be_seen_is_not_said_to_be_undone(
    first: dict[Query, Document | Unknown], then: dict[Query, Document | Unknown]
) -> None:
    assert DigestPulled(image=WEB).judge(seen(first, then)).outcome is Outcome.INCONCLUSIVE


def test_the_engine_s_events_prove_the_pull_of_an_image_that_is_gone() -> None:
    past = seen({AT: FIRST}, {AT: SECOND, ImageList(): images()}, happened=[PULL])
    recalled = DigestPulled(image=WEB).recall(past)
    assert recalled
    assert recalled.outcome is Outcome.PASS
    assert DigestPulled(image=WEB).fix(past).commands == (f"docker pull {BY_DIGEST}",)
