"""What manifests say: which layers are shared, which platforms an index has, what is no image."""

from __future__ import annotations

import json

import pytest

from labcheck.cause import TimedOut
from labcheck.checks import ArtifactStored, ForPlatforms, LayersShared
from labcheck.document import Document
from labcheck.query import StoredAt
from labcheck.snapshot import Unknown
from labcheck.verdict import Finding, Outcome
from tests.support.stock import digest, held, index, manifest, seen

SILENT = Unknown("localhost:5004 did not answer in time.", TimedOut(1))
WEB, SHOP, HELLO = (f"localhost:5004/{name}:latest" for name in ("web", "shop", "hello"))
IMAGE = held(manifest("base", "nginx"))
EMPTY = "application/vnd.oci.empty.v1+json"
BLOB = {"mediaType": "text/plain", "digest": digest("note"), "size": 1}
TEXT = json.dumps({"config": {"mediaType": "application/vnd.oci.image.config.v1+json"}, "layers": [BLOB]})
"""As ``cosign upload blob`` makes it: with an image's config, and a layer that no engine unpacks."""
BOTH = {"linux/amd64": manifest("one"), "linux/arm64": manifest("two")}


def shared(other: Document | Unknown | None) -> Finding:
    past = seen({StoredAt(WEB): IMAGE, StoredAt(SHOP): other})
    return LayersShared(images=(WEB, SHOP)).judge(past)


@pytest.mark.parametrize(
    ("other", "outcome", "actual"),
    [
        (held(manifest("base", "httpd")), Outcome.PASS, "they share 1"),
        (IMAGE, Outcome.PASS, "they share 2"),
        (held(manifest("other", "httpd")), Outcome.FAIL, "they have no layer in common"),
        (None, Outcome.FAIL, f"the registry holds nothing at {SHOP}"),
        (SILENT, Outcome.INCONCLUSIVE, SILENT.reason),
    ],
)
def test_layers_are_shared_where_both_manifests_name_them(
    other: Document | Unknown | None, outcome: Outcome, actual: str
) -> None:
    finding = shared(other)
    assert (finding.outcome, finding.actual) == (outcome, actual)


@pytest.mark.parametrize(
    ("stored", "outcome", "actual"),
    [
        (held(index(BOTH), BOTH), Outcome.PASS, "it is an index for linux/amd64, linux/arm64"),
        (IMAGE, Outcome.FAIL, "it is a single manifest, no index"),
        (
            held(index(BOTH), {"linux/amd64": BOTH["linux/amd64"]}),
            Outcome.FAIL,
            "its images are for linux/amd64",
        ),
        (held(index(BOTH), BOTH, [digest("one")]), Outcome.FAIL, "1 of its parts are missing"),
        (None, Outcome.FAIL, "the registry holds nothing of that name and tag"),
        (SILENT, Outcome.INCONCLUSIVE, SILENT.reason),
    ],
)
def test_an_index_is_for_the_platforms_in_its_images_own_configs(
    stored: Document | Unknown | None, outcome: Outcome, actual: str
) -> None:
    check = ForPlatforms(image=HELLO, platforms=("linux/amd64", "linux/arm64"))
    finding = check.judge(seen({StoredAt(HELLO): stored}))
    assert (finding.outcome, finding.actual) == (outcome, actual)


@pytest.mark.parametrize(
    ("stored", "outcome", "actual"),
    [
        (held(manifest("note", artifactType="text/plain", kind=EMPTY)), Outcome.PASS, "it is text/plain"),
        (held(manifest("note", kind=EMPTY)), Outcome.PASS, "it is application/vnd.oci.empty.v1+json"),
        (held(TEXT), Outcome.PASS, "it is text/plain"),
        (
            held(manifest("note", kind=EMPTY), missing=[digest("note")]),
            Outcome.FAIL,
            "1 of its parts are missing",
        ),
        (IMAGE, Outcome.FAIL, "it is an image"),
        (held(index(BOTH), BOTH), Outcome.FAIL, "it is an index, a list of images"),
        (None, Outcome.FAIL, "the registry holds nothing of that name and tag"),
        (SILENT, Outcome.INCONCLUSIVE, SILENT.reason),
    ],
)
def test_an_artifact_says_itself_that_it_is_no_image(
    stored: Document | Unknown | None, outcome: Outcome, actual: str
) -> None:
    finding = ArtifactStored(image=WEB).judge(seen({StoredAt(WEB): stored}))
    assert (finding.outcome, finding.actual) == (outcome, actual)
