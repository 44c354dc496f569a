"""Which labs are looked at first: those of which an event names something."""

from __future__ import annotations

import pytest

from labcheck.concern import Turns
from labcheck.engine import Event
from labcheck.lab import load, slugs
from labcheck.plan import plan
from tests.support.small_events import event

ID = "sha256:" + "a" * 64
SLUGS = slugs()
SUBJECTS = [plan(load(slug)).subject for slug in SLUGS]
UPDATED = event(1, "container/update", "c" * 64, name="my-registry", image="registry:2")
PUSHED = event(1, "image/push", "localhost:5000/nginx:latest", name="localhost:5000/nginx")
UNTAGGED = event(1, "image/untag", ID, name=ID)
MISTYPED = event(1, "image/tag", ID, name="localhost:500/nginx:latest")
PULLED = event(1, "image/pull", "httpd:latest", name="httpd")
OTHER = event(1, "container/start", "c" * 64, name="my-own", image="httpd")


def first(*happened: dict[str, object], turns: Turns | None = None) -> set[str]:
    places = (turns or Turns(len(SLUGS))).after(SUBJECTS, [Event(document) for document in happened])
    return {SLUGS[place] for place in places}


@pytest.mark.parametrize("document", [UPDATED, PUSHED])
def test_what_names_one_labs_things_is_that_labs(document: dict[str, object]) -> None:
    assert first(document) == {"push-and-pull"}


@pytest.mark.parametrize("document", [PULLED, OTHER])
def test_an_image_is_every_labs_that_is_about_it(document: dict[str, object]) -> None:
    assert {"push-and-pull", "tags-and-digests"} <= first(document) < set(SLUGS)


@pytest.mark.parametrize("document", [UNTAGGED, MISTYPED])
def test_what_names_nothing_of_any_lab_is_that_of_the_latest(document: dict[str, object]) -> None:
    assert first(document) == set(SLUGS)
    turns = Turns(len(SLUGS))
    assert first(UPDATED, turns=turns) == {"push-and-pull"}
    assert first(document, turns=turns) == {"push-and-pull"}


def test_when_it_is_quiet_the_others_have_their_turn_and_then_all() -> None:
    turns = Turns(len(SLUGS))
    seen = [(first(*happened, turns=turns), turns.are_all_seen) for happened in ([UPDATED], [], [])]
    others = set(SLUGS) - {"push-and-pull"}
    assert seen == [({"push-and-pull"}, False), (others, True), (set(SLUGS), True)]
