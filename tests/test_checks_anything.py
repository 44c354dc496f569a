"""Whatever an engine or a registry says, no view, check, diagnosis or judgement raises."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from labcheck.document import EVENT, INSPECTED_CONTAINER, INSPECTED_IMAGE, LISTED_CONTAINER, LISTED_IMAGE, kept
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Gap, Happened, Log, Look
from labcheck.plan import plan
from labcheck.snapshot import Absent, Found, Snapshot, Unknown

LAB = load("push-and-pull")
QUERIES = plan(LAB).queries
SAID = """
nginx nginx:latest localhost:5000/nginx:latest registry:2 my-registry /my-registry running always 5000 ::
    bridge image pull tag container start <none>:<none> sha256:0000
"""
NAMED = """
Id Name Names Image ImageID State Status Config HostConfig PortBindings 5000/tcp HostPort HostIp RepoTags RootFS
    Layers listed others registry repositories tags manifests missing platforms layers Labels DriverStatus Type Action
    Actor ID Attributes name image timeNano NetworkSettings Ports RestartPolicy
"""
WORDS = st.sampled_from(SAID.split())
KEYS = st.sampled_from(NAMED.split())
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | WORDS | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)
DOCUMENT = st.dictionaries(KEYS, JSON, max_size=6)
EVIDENCE = st.builds(Found, DOCUMENT) | st.just(Absent()) | st.builds(Unknown, st.text(max_size=5))


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """A look that saw anything."""
    at = draw(st.integers(0, 10**18))
    return Look(at, at, Snapshot.of({query: draw(EVIDENCE) for query in QUERIES}))


ENTRIES = st.lists(
    looks()
    | st.builds(Happened, DOCUMENT)
    | st.builds(Gap, st.integers(0, 10**18))
    | st.builds(Answered, st.integers(0, 10**18), st.sampled_from([step.id for step in LAB.steps]), st.text()),
    max_size=5,
)


@settings(max_examples=60)
@given(ENTRIES)
def test_any_log_is_judged(entries: list[Any]) -> None:
    report = judge(LAB, Log(LAB.slug, 0, tuple(entries)))
    assert [step.id for step in report.steps] == [step.id for step in LAB.steps]
    assert 0 <= report.points <= report.max_points
    msgspec.json.encode(report)


@given(JSON, st.sampled_from([EVENT, INSPECTED_CONTAINER, INSPECTED_IMAGE, LISTED_CONTAINER, LISTED_IMAGE]))
def test_an_allow_list_keeps_only_what_it_names(value: Any, shape: Any) -> None:  # noqa: ANN401 - any JSON
    _only(kept(value, shape), shape)


def _only(value: object, shape: object) -> None:
    if isinstance(value, dict):
        assert isinstance(shape, dict)
        for key, inner in value.items():
            assert key in shape or "*" in shape
            _only(inner, shape.get(key, shape.get("*")))
    elif isinstance(value, list):
        assert isinstance(shape, list)
        for inner in value:
            _only(inner, shape[0])
