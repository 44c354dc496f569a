"""A second name belongs to the same image where layers and configuration are the same, whatever the id."""

from __future__ import annotations

import pytest

from labcheck.checks import ImageTagged
from labcheck.configuration import FIELD
from labcheck.document import Document
from labcheck.log import Entry, Happened, Log, Look
from labcheck.query import ImageNamed
from labcheck.snapshot import Answer, Snapshot
from labcheck.verdict import Outcome
from tests.support.logs import past
from tests.support.stock import event

SOURCE, TARGET = "httpd:latest", "localhost:5000/httpd:latest"
CHECK = ImageTagged(source=SOURCE, target=TARGET)
HTTPD: Document = {"Id": "sha256:2be8c10988c8", "RootFS": {"Layers": ["sha256:a"]}, FIELD: "sha256:settings"}
BUILT: Document = {**HTTPD, "Id": "sha256:3aa0d4093ed0"}
"""As ``docker build`` makes it of ``FROM httpd`` with BuildKit, on Engine 28.5 with the containerd store."""

EDITED: Document = {**BUILT, FIELD: "sha256:edited"}


def look(at: int, target: Document | None) -> Look:
    answers = (
        Answer(ImageNamed(SOURCE), found=dict(HTTPD)),
        Answer(ImageNamed(TARGET), found=dict(target) if target else None),
    )
    return Look(at, at, Snapshot(answers))


def tag(at: int, image: Document) -> Happened:
    return Happened({**event("tag", str(image["Id"]), name=TARGET), "timeNano": at})


@pytest.mark.parametrize(
    ("target", "outcome"),
    [
        (BUILT, Outcome.PASS),
        (EDITED, Outcome.FAIL),
        ({**BUILT, "RootFS": {"Layers": ["sha256:b"]}}, Outcome.FAIL),
        ({**BUILT, "RootFS": {}}, Outcome.INCONCLUSIVE),
        (None, Outcome.FAIL),
    ],
)
def test_what_is_the_same_image_is_its_second_name(target: Document | None, outcome: Outcome) -> None:
    assert CHECK.judge(past(Log("push-and-pull", 0, (look(1, target),)))).outcome is outcome


@pytest.mark.parametrize(
    ("entries", "outcome"),
    [
        ((tag(2, HTTPD), look(3, None)), Outcome.PASS),
        ((tag(2, BUILT), look(3, BUILT), look(4, None)), Outcome.PASS),
        ((tag(2, BUILT), look(3, None)), Outcome.INCONCLUSIVE),
        ((tag(2, EDITED), look(3, EDITED), look(4, None)), None),
    ],
)
def test_a_second_name_that_is_gone_is_recalled_by_what_was_seen(
    entries: tuple[Entry, ...], outcome: Outcome | None
) -> None:
    recalled = CHECK.recall(past(Log("push-and-pull", 0, (look(1, None), *entries))))
    assert (recalled and recalled.outcome) is outcome
