"""The lesson on tags and digests, from a recording of its own solution: which wrong answers are explained, and how."""

from __future__ import annotations

import json

import pytest

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Log
from labcheck.query import ImageNamed, StoredAt
from labcheck.snapshot import Found
from tests.support.places import VECTORS

LAB = load("tags-and-digests")
SOLVED = evidence.decode((VECTORS / "solved-tags-and-digests.json").read_bytes())
WEB, HELLO = (StoredAt(f"localhost:5004/{name}:latest") for name in ("web", "hello"))


def until_answered(step: str) -> Log:
    """The log up to the look before this question was answered."""
    end = next(at for at, it in enumerate(SOLVED.entries) if isinstance(it, Answered) and it.step == step)
    return Log(SOLVED.lab, SOLVED.began, SOLVED.entries[:end], SOLVED.engine, SOLVED.attempt)


def told(step: str, answer: str) -> str:
    """How this answer to the question is explained; ``right`` if it is."""
    log = until_answered(step)
    given = Answered(log.looks[-1].until, step, answer)
    report = judge(LAB, Log(log.lab, log.began, (*log.entries, given), log.engine, log.attempt)).step(step)
    return report.trouble.why if report.trouble else "right" if report.done else ""


def manifest(query: StoredAt, step: str) -> tuple[str, str]:
    """What a registry's name names when this question is asked: its digest, and its text."""
    stored = until_answered(step).looks[-1].snapshot.ask(query)
    assert isinstance(stored, Found)
    return stored.value.digest, stored.value.texts[stored.value.digest]


def image_id() -> str:
    """What docker image ls shows as the image's id."""
    image = until_answered("digest").looks[-1].snapshot.ask(ImageNamed("nginx:1"))
    assert isinstance(image, Found)
    return image.value.id


def on_docker_hub() -> str:
    """The digest that docker pull nginx:1 prints."""
    image = until_answered("digest").looks[-1].snapshot.ask(ImageNamed("nginx:1"))
    assert isinstance(image, Found)
    return next(name for name in image.value.digests if name.startswith("nginx@"))


def test_the_right_digest_is_right_in_every_way_to_type_it() -> None:
    digest, _ = manifest(WEB, "digest")
    for typed in (digest, digest.removeprefix("sha256:"), f"localhost:5004/web@{digest}"):
        assert told("digest", typed) == "right"


def test_what_is_taken_for_the_digest_is_explained() -> None:
    digest, text = manifest(WEB, "digest")
    assert "IMAGE ID" in told("digest", image_id())
    assert "on Docker Hub" in told("digest", on_docker_hub())
    assert "digest of one layer" in told("digest", json.loads(text)["layers"][0]["digest"])
    assert "only the beginning" in told("digest", digest[:19])
    assert "Accept was left out" in told("digest", f"sha256:{64 * '0'}")
    assert told("digest", "latest") == ""


def test_the_digest_of_another_platform_is_explained() -> None:
    index, text = manifest(HELLO, "platform-digest")
    other, right = (entry["digest"] for entry in json.loads(text)["manifests"])
    assert told("platform-digest", right) == "right"
    assert "for the other platform" in told("platform-digest", other)
    assert "of the index itself" in told("platform-digest", index)


@pytest.mark.parametrize(
    ("step", "answer", "says"),
    [
        ("shared-layers", "2", "right"),
        ("shared-layers", "3", "each of them has"),
        ("shared-layers", "4", "keeps for both"),
        ("shared-layers", "0", "Mounted"),
        ("shared-layers", "1", "one more"),
        ("platforms", "linux/arm64 and linux/amd64", "right"),
        ("platforms", "amd64, arm64", "system before it"),
        ("platforms", "linux/amd64", "one more"),
        ("without-accept", "other-form", "right"),
        ("without-accept", "moved", "Nobody has pushed"),
        ("the-old-one", "overwritten", "Only the tag was overwritten"),
    ],
)
def test_likely_wrong_answers_are_explained(step: str, answer: str, says: str) -> None:
    assert says in told(step, answer)
