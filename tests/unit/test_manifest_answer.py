"""Questions about manifests: right answers and likely wrong ones are computed from what was seen."""

from __future__ import annotations

from typing import Any

import pytest

from labcheck.document import Document
from labcheck.manifest_answer import ManifestAnswer
from labcheck.past import Past
from labcheck.query import ImageList, StoredAt
from labcheck.question import Question, Truth
from labcheck.snapshot import Absent, Found
from tests.support.stock import digest, held, index, manifest, seen

WEB, SHOP, HELLO = (f"localhost:5004/{name}:latest" for name in ("web", "shop", "hello"))
IMAGE = f"""{{
   "config": {{"digest": "{digest("config")}"}},
   "layers": [{{"digest": "{digest("layer")}"}}]
}}"""
AMD64, ARM64 = manifest("one", config="for amd64"), manifest("two", config="for arm64")
BOTH = {"linux/amd64": AMD64, "linux/arm64": ARM64}
INDEX = index(BOTH)
HUB = f"nginx@{digest('on Docker Hub')}"
IMAGES: Document = {"listed": [{"RepoDigests": [HUB, f"localhost:5004/web@{digest(IMAGE)}"]}], "others": 0}
"""What the engine knows of the image: its name and digest on Docker Hub, and in the registry."""
PAST = seen({StoredAt(WEB): held(IMAGE), StoredAt(HELLO): held(INDEX, BOTH), ImageList(): IMAGES})
NAMES = ("config", "layer", "index", "platform", "elsewhere", "changed", "short", "other")


def about(digest_of: str | None = None, **asked: Any) -> Truth:  # noqa: ANN401 - any field of the answer
    """The truth about what these references name."""
    return Truth(manifest=ManifestAnswer(digest_of, **asked))


def question(kind: str, truth: Truth, *wrong: str) -> Question:
    """A question whose likely wrong answers are explained by their own names."""
    return Question(ask="?", kind=kind, answer=truth, wrong={name: name for name in wrong})  # type: ignore[arg-type]  # a test's own


def answered(asked: Question, value: str, past: Past = PAST) -> str:
    """``right``, or how the wrong answer is explained."""
    right = asked.answer.answer(past)
    assert isinstance(right, Found)
    if asked.read(value) == right.value:
        return "right"
    return asked.why_wrong(value, asked.answer.mistaken(past))


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (digest(IMAGE), "right"),
        (digest(IMAGE).removeprefix("sha256:"), "right"),
        (f"localhost:5004/web@{digest(IMAGE)}", "right"),
        (f'"{digest(IMAGE)}"', "right"),
        (f"{digest(IMAGE).removeprefix('sha256:')}  -", "right"),
        (digest("config"), "config"),
        (digest("config").removeprefix("sha256:"), "config"),
        (digest("layer"), "layer"),
        (digest("on Docker Hub"), "elsewhere"),
        (digest(IMAGE)[:19], "short"),
        (digest(IMAGE)[7:19], "short"),
        (digest("anything else"), "other"),
        ("latest", ""),
    ],
)
def test_a_digest_is_read_with_or_without_what_stands_before_it(value: str, told: str) -> None:
    assert answered(question("digest", about(digest_of=WEB), *NAMES), value) == told


# What jq 1.6 prints of IMAGE as it is, with -c, and what echo does.
PRETTY = '{\n  "config": {\n    "digest": "%s"\n  },\n  "layers": [\n    {\n      "digest": "%s"\n    }\n  ]\n}\n'
IN_ONE_LINE = '{"config":{"digest":"%s"},"layers":[{"digest":"%s"}]}\n'


@pytest.mark.parametrize("printed", [PRETTY, IN_ONE_LINE, IMAGE.replace(digest("config"), "%s", 1) + "\n"])
def test_the_digest_of_a_manifest_printed_anew_is_recognised(printed: str) -> None:
    words = (digest("config"), digest("layer"))[: printed.count("%s")]
    assert answered(question("digest", about(digest_of=WEB), *NAMES), digest(printed % words)) == "changed"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (ARM64, "right"),
        (INDEX, "index"),
        (AMD64, "platform"),
        ("for amd64", "config"),
        ("for arm64", "config"),
        ("two", "layer"),
    ],
)
def test_the_digest_of_one_platform_s_image_is_that_of_no_other(value: str, told: str) -> None:
    asked = question("digest", about(digest_of=HELLO, platform="linux/arm64"), *NAMES)
    assert answered(asked, digest(value)) == told


def test_of_an_index_the_digests_of_its_images_are_likely_wrong_answers() -> None:
    asked = question("digest", about(digest_of=HELLO), *NAMES)
    assert answered(asked, digest(INDEX)) == "right"
    assert answered(asked, digest(AMD64)) == "platform"


def test_an_index_without_that_platform_has_no_such_digest() -> None:
    assert about(digest_of=HELLO, platform="windows/amd64").answer(PAST) == Absent()


def test_platforms_are_named_in_any_order() -> None:
    asked = question("set", about(platforms_of=HELLO))
    assert answered(asked, "linux/arm64, linux/amd64") == "right"
    assert answered(asked, "linux/amd64") == ""


@pytest.mark.parametrize(("value", "told"), [("2", "right"), ("3", "each"), ("4", "together"), ("7", "")])
def test_shared_layers_are_counted(value: str, told: str) -> None:
    one, other = manifest("base", "libraries", "nginx"), manifest("base", "libraries", "httpd")
    past = seen({StoredAt(WEB): held(one), StoredAt(SHOP): held(other)})
    asked = question("number", about(layers_shared_by=(WEB, SHOP)), "each", "together")
    assert answered(asked, value, past) == told


def test_what_could_not_be_seen_has_neither_right_nor_likely_wrong_answers() -> None:
    past = seen({StoredAt(WEB): held(IMAGE), StoredAt(SHOP): None})
    truth = about(layers_shared_by=(WEB, SHOP))
    assert truth.answer(past) == Absent()
    assert truth.mistaken(past) == {}
    assert Truth(choice="in-use").mistaken(past) == {}
