"""What a push left in the registry, where that is no image that can be compared: each has its own word."""

from __future__ import annotations

import pytest

from labcheck.checks import ImagePushed
from labcheck.checks.sameness import is_same
from labcheck.document import Document
from labcheck.engine import Image
from labcheck.log import Log, Look
from labcheck.mistake.known import diagnose
from labcheck.oci import Stored
from labcheck.past import Past
from labcheck.query import Catalog, EngineInfo, ImageNamed, StoredAt, Tags
from labcheck.snapshot import Answer, Snapshot
from labcheck.verdict import Finding, Outcome
from tests.support.logs import past
from tests.support.stock import digest, held, index, manifest

IMAGE, SOURCE = "localhost:5000/nginx:latest", "nginx:latest"
LOCAL: Document = {"Id": "sha256:1", "Os": "linux", "Architecture": "amd64", "RootFS": {"Layers": ["sha256:a"]}}
BOTH = {"linux/amd64": manifest("one"), "linux/arm64": manifest("two", config="other")}
ARTIFACT = held(manifest("notes", kind="application/vnd.oci.empty.v1+json"))
COLLECTED = held(index(BOTH), {"linux/arm64": BOTH["linux/arm64"]})
"""An index of two, and a garbage collection took one: the other is complete, so nothing of that is missing."""
NOTHING_LEFT = held(index(BOTH), {}, [digest(it) for it in BOTH.values()])
EMPTY = held(index({}), {})


def after(stored: Document, local: Document = LOCAL) -> Past:
    answers = (
        Answer(StoredAt(IMAGE), found=dict(stored)),
        Answer(ImageNamed(SOURCE), found=dict(local)),
        Answer(ImageNamed(IMAGE), found=dict(local)),
    )
    return past(Log("push-and-pull", 0, (Look(1, 1, Snapshot(answers)),)))


def pushed(stored: Document, local: Document = LOCAL) -> Finding:
    return ImagePushed(image=IMAGE, source=SOURCE).judge(after(stored, local))


@pytest.mark.parametrize(
    ("stored", "actual"),
    [
        (ARTIFACT, "it holds no image, but an artifact (application/vnd.oci.empty.v1+json) there"),
        (COLLECTED, "it holds an index that has lost its image for linux/amd64 there"),
        (EMPTY, "it holds an index without an image there"),
        (NOTHING_LEFT, "it is there, but 2 of its parts are missing"),
    ],
)
def test_what_is_no_image_is_not_called_another_image(stored: Document, actual: str) -> None:
    finding = pushed(stored)
    assert (finding.outcome, finding.actual) == (Outcome.FAIL, actual)


@pytest.mark.parametrize("stored", [COLLECTED, NOTHING_LEFT])
def test_an_image_that_may_have_been_in_the_index_is_not_another(stored: Document) -> None:
    assert is_same(Image(LOCAL), Stored(stored)) is None


def test_an_index_that_was_pushed_with_one_of_its_images_holds_that_one() -> None:
    """So the containerd image store pushes."""
    both = {"linux/amd64": manifest("one"), "linux/arm64": manifest("two")}
    one = held(index(both), {"linux/amd64": both["linux/amd64"]})
    assert pushed(one, {**LOCAL, "Id": digest(both["linux/amd64"])}).outcome is Outcome.PASS


def test_an_image_that_is_not_all_here_is_not_another() -> None:
    """In the containerd store an image may have no layers; a digest under which it came from a registry tells."""
    bare = {**LOCAL, "RootFS": {}}
    finding = pushed(held(BOTH["linux/amd64"]), bare)
    assert (finding.outcome, finding.actual) == (
        Outcome.INCONCLUSIVE,
        "nginx:latest is not all here, so they cannot be compared",
    )
    known = {**bare, "RepoDigests": [f"localhost:5000/nginx@{digest(BOTH['linux/amd64'])}"]}
    assert pushed(held(BOTH["linux/amd64"]), known).outcome is Outcome.PASS


@pytest.mark.parametrize("suffix", ["", ".sig", ".att", ".sbom"])
def test_the_tag_of_a_signature_is_not_taken_for_the_learners(suffix: str) -> None:
    """The tags of cosign 3, notation and oras are like the first, cosign 2 has the others."""
    of_a_signature = f"sha256-{'5' * 64}{suffix}"
    check = ImagePushed(image=IMAGE, source=SOURCE)
    answers = (
        Answer(StoredAt(IMAGE)),
        Answer(Tags("localhost:5000", "nginx"), found={"tags": [of_a_signature]}),
        Answer(Catalog("localhost:5000"), found={"repositories": ["nginx"]}),
        Answer(EngineInfo(), found={"ID": "1"}),
    )
    look = past(Log("push-and-pull", 0, (Look(1, 1, Snapshot(answers)),)))
    assert check.judge(look).outcome is Outcome.FAIL
    assert of_a_signature not in str(diagnose(check, look))
