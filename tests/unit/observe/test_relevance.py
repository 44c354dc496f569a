"""What concerns a lab enters the evidence; of the learner's other things only how many there are."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.observe.relevance import Relevance
from labcheck.query import Subject
from tests.support.examples import examples

SUBJECT = Subject(
    containers=frozenset({"my-registry"}),
    repositories=frozenset({"docker.io/library/nginx"}),
    domains=frozenset({"localhost:5000"}),
    ports=frozenset({5000}),
)
RELEVANCE = Relevance(SUBJECT)
COURSE = Relevance(SUBJECT, everything=True)
KEYS = (
    "Id",
    "Names",
    "Image",
    "ImageID",
    "Ports",
    "IP",
    "PublicPort",
    "RepoTags",
    "Type",
    "Action",
    "Actor",
    "Attributes",
)


@pytest.mark.parametrize(
    ("name", "concerns"),
    [
        ("nginx", True),
        ("nginx:1.25", True),
        ("docker.io/library/nginx@sha256:" + "a" * 64, True),
        ("localhost:5000/anything/else:1", True),
        ("nginx-private", False),
        ("private/nginx", False),
        ("localhost:5001/nginx", False),
        ("<none>:<none>", False),
        ("<none>@<none>", False),
        ("sha256:" + "a" * 64, False),
        ("", False),
    ],
)
def test_a_name_concerns_the_lab_by_its_repository_or_registry(name: str, concerns: bool) -> None:  # noqa: FBT001 - a case
    assert RELEVANCE.about(name) is concerns
    assert COURSE.about(name)


def test_images_are_listed_by_the_names_that_concern_the_lab() -> None:
    rows: list[object] = [
        {"Id": "1", "RepoTags": ["nginx:latest", "private/app:1"], "RepoDigests": ["nginx@sha256:" + "a" * 64]},
        {"Id": "2", "RepoTags": ["private/app:2"], "RepoDigests": []},
        {"Id": "3", "RepoTags": [], "RepoDigests": ["localhost:5000/x@sha256:" + "b" * 64]},
        {"Id": "4", "RepoTags": ["<none>:<none>"], "RepoDigests": ["<none>@<none>"]},
        {"Id": "5", "RepoTags": None, "RepoDigests": None},
        "no image at all",
    ]
    assert RELEVANCE.images(rows) == {
        "listed": [
            {"Id": "1", "RepoTags": ["nginx:latest"], "RepoDigests": ["nginx@sha256:" + "a" * 64]},
            {"Id": "3", "RepoTags": [], "RepoDigests": ["localhost:5000/x@sha256:" + "b" * 64]},
        ],
        "others": 4,
    }
    everything = COURSE.images(rows)
    assert len(json.loads(json.dumps(everything))["listed"]) == 6
    assert "private/app:2" in json.dumps(everything)


@pytest.mark.parametrize(
    ("row", "concerns"),
    [
        ({"Names": ["/my-registry"], "Image": "private/app"}, True),
        ({"Names": ["/x"], "Image": "nginx:1"}, True),
        ({"Names": ["/x"], "Image": "localhost:5000/y"}, True),
        ({"Names": ["/x"], "Image": "sha256:1", "ImageID": "sha256:1"}, True),
        ({"Names": ["/x"], "Image": "y", "Ports": [{"IP": "::", "PublicPort": 5000, "PrivatePort": 80}]}, True),
        ({"Names": ["/x"], "Image": "y", "Ports": [{"PrivatePort": 5000}]}, False),
        ({"Names": ["/my-registry-2"], "Image": "y", "ImageID": "sha256:2"}, False),
        ({"Names": ["/x/my-registry"], "Image": "y"}, False),
        ({}, False),
        (None, False),
    ],
)
def test_containers_concern_the_lab_by_name_image_or_port(row: object, concerns: bool) -> None:  # noqa: FBT001 - a case
    images: list[object] = [{"Id": "sha256:1", "RepoTags": ["nginx:latest"]}, {"Id": "sha256:2", "RepoTags": ["y:1"]}]
    seen = RELEVANCE.containers([row], images)
    assert seen["others"] == int(not concerns)
    assert COURSE.containers([row], [])["others"] == 0


def test_an_inspected_image_has_no_other_names() -> None:
    image = {"Id": "1", "RepoTags": ["nginx:latest", "private/app:1"], "RootFS": {"Layers": ["sha256:l"]}}
    assert RELEVANCE.image(image) == {
        "Id": "1",
        "RepoTags": ["nginx:latest"],
        "RepoDigests": [],
        "RootFS": {"Layers": ["sha256:l"]},
    }
    assert COURSE.image(image) == image


def test_what_was_typed_after_an_action_is_cut_off_everywhere() -> None:
    event = {"Type": "container", "Action": "exec_start: login --password x", "timeNano": 1, "Actor": {"ID": "c"}}
    for relevance in (RELEVANCE, COURSE):
        assert relevance.event(event)["Action"] == "exec_start"


@pytest.mark.parametrize("event", [{}, {"Actor": None}, {"Actor": {"Attributes": []}}, {"Type": 7, "Action": None}])
def test_an_event_of_any_shape_is_reduced(event: dict[str, object]) -> None:
    for relevance in (RELEVANCE, COURSE):
        assert relevance.event(event)["Action"] == ""


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(KEYS) | st.text(), inner),
    max_leaves=8,
)


@examples(50)
@given(ANYTHING, st.lists(ANYTHING, max_size=5))
def test_nothing_an_engine_says_is_too_odd(document: object, rows: list[object]) -> None:
    for relevance in (RELEVANCE, COURSE):
        relevance.image(document)
        relevance.event(document if isinstance(document, dict) else {})
        assert len(relevance.images(rows)) == len(relevance.containers(rows, rows)) == 2
