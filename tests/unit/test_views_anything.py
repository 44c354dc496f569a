"""Whatever an engine or a registry says, each view of it has each of its properties, of the type it promises.

The views are found, not listed: a new one is tried as soon as it is written.
"""

from __future__ import annotations

import collections.abc
import inspect
import types
import typing
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck import document, engine, name, oci, query
from labcheck.digest import digest_of
from labcheck.evidence import canonical
from tests.support.anything import DOCUMENTS, HUGE, JSON, WORDS, damages
from tests.support.examples import examples

VIEWS = [
    view
    for module in (engine, oci)
    for view in vars(module).values()
    if isinstance(view, type) and issubclass(view, msgspec.Struct) and view.__struct_fields__ == ("document",)
]
QUERIES = typing.get_args(query.Query)
REAL: dict[str, Any] = {
    "Container": {
        "Id": "c1",
        "Name": "/my-registry",
        "Image": "sha256:1",
        "RestartCount": 0,
        "State": {"Status": "running", "ExitCode": 0, "Error": "", "OOMKilled": False},
        "Config": {"Image": "registry:2", "AttachStdout": True},
        "HostConfig": {
            "AutoRemove": False,
            "NetworkMode": "default",
            "PortBindings": {"5000/tcp": [{"HostIp": "", "HostPort": "5000"}]},
            "RestartPolicy": {"Name": "always", "MaximumRetryCount": 0},
        },
        "NetworkSettings": {"Ports": {"5000/tcp": [{"HostIp": "::", "HostPort": "5000"}], "80/tcp": None}},
        "Mounts": [{"Type": "volume", "Name": "v", "Destination": "/var/lib/registry"}],
    },
    "ListedContainer": {
        "Id": "c1",
        "Names": ["/my-registry"],
        "Image": "registry:2",
        "ImageID": "sha256:1",
        "State": "running",
        "Ports": [{"IP": "::", "PrivatePort": 5000, "PublicPort": 5000, "Type": "tcp"}],
    },
    "Image": {
        "Id": "sha256:1",
        "RepoTags": ["nginx:latest"],
        "RepoDigests": ["nginx@sha256:0"],
        "Architecture": "amd64",
        "Os": "linux",
        "RootFS": {"Layers": ["sha256:2"]},
    },
    "Event": {
        "Type": "image",
        "Action": "pull",
        "timeNano": 1,
        "Actor": {"ID": "nginx:latest", "Attributes": {"name": "nginx", "image": "", "exitCode": "0"}},
    },
    "Info": {
        "ID": "e",
        "ServerVersion": "24.0.1",
        "Labels": ["labcheck.sandbox=x"],
        "DriverStatus": [["driver-type", "io.containerd.snapshotter.v1"]],
    },
    "Descriptor": {
        "digest": "sha256:0",
        "size": 1,
        "platform": {"os": "linux", "architecture": "amd64"},
        "annotations": {"vnd.docker.reference.type": "attestation-manifest"},
    },
    "Manifest": {"config": {"digest": "sha256:0", "size": 1}, "layers": [{"digest": "sha256:1", "size": 2}]},
    "Index": {"manifests": [{"digest": "sha256:0", "platform": {"os": "linux", "architecture": "amd64"}}]},
    "Stored": {"digest": "sha256:0", "missing": [], "platforms": [{"layers": ["sha256:2"]}]},
}
"""Documents as they should be, one for each view; each is damaged at each of its places."""


def properties(view: type) -> dict[str, property]:
    return dict(inspect.getmembers(view, lambda member: isinstance(member, property)))


def walk(value: object) -> None:
    """Read all there is to read of a value and of what it is made of; each property has the type it promises."""
    if isinstance(value, tuple):
        for inner in value:
            walk(inner)
    elif isinstance(value, msgspec.Struct):
        for field in value.__struct_fields__:
            if field != "document":
                walk(getattr(value, field))
        for found, one in properties(type(value)).items():
            said = getattr(value, found)
            promised = typing.get_type_hints(one.fget)["return"]
            assert is_of(said, promised), (type(value).__name__, found, said, promised)
            walk(said)


def is_of(value: object, promised: Any) -> bool:  # noqa: ANN401 - a type as it stands in an annotation
    """Whether the value is of that type, all the way down."""
    inner = typing.get_args(promised)
    match typing.get_origin(promised) or promised:
        case kind if kind is tuple and inner[-1] is Ellipsis:
            return isinstance(value, tuple) and all(is_of(one, inner[0]) for one in value)
        case kind if kind in {types.UnionType, typing.Union}:
            return any(is_of(value, one) for one in inner)
        case kind if kind is int:
            return isinstance(value, int) and not isinstance(value, bool)
        case kind:
            return isinstance(value, kind)


def test_each_view_is_found_and_has_a_document() -> None:
    assert {view.__name__ for view in VIEWS} == set(REAL)
    assert len(QUERIES) >= 9


def read_whole(view: type, document: Any, words: Callable[[], str] = str) -> None:  # noqa: ANN401 - any JSON
    """Read all a view has, its methods, too."""
    seen = view(document)
    walk(seen)
    for found, method in inspect.getmembers(view, inspect.isfunction):
        if not found.startswith("_"):
            hints = typing.get_type_hints(method)
            promised = hints.pop("return")
            assert set(hints.values()) <= {str}, "a method that takes more than texts is to be tried by hand"
            assert is_of(method(seen, *(words() for _ in hints)), promised)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_reads_a_document_that_is_damaged_anywhere(view: type) -> None:
    read_whole(view, REAL[view.__name__])
    for odd in damages(REAL[view.__name__]):
        read_whole(view, odd)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
@examples(30)
@given(st.data())
def test_a_view_reads_anything(view: type, data: st.DataObject) -> None:
    read_whole(view, data.draw(DOCUMENTS), lambda: data.draw(WORDS))


@pytest.mark.parametrize("asked", QUERIES, ids=lambda asked: asked.__name__)
@examples(30)
@given(st.data())
def test_a_query_reads_anything(asked: type[Any], data: st.DataObject) -> None:
    texts = {field.name: data.draw(WORDS) for field in msgspec.structs.fields(asked)}
    one = asked(**texts)
    answer = one.read(data.draw(DOCUMENTS))
    assert is_of(answer, typing.get_type_hints(one.read)["return"])
    walk(answer)


ODD = st.sampled_from([b"[" * 100_000, HUGE.encode(), b'{"a":' * 50_000, b"1e999", b'"\\ud800"', b"\xff", b""])


@given(st.binary(max_size=30) | JSON.map(canonical) | ODD)
def test_any_bytes_are_read_as_a_document(body: bytes) -> None:
    found = oci.parsed(body)
    assert isinstance(found, collections.abc.Mapping)
    assert isinstance(oci.is_index(found), bool)
    assert digest_of(body).startswith("sha256:")


@given(JSON, st.lists(WORDS, max_size=4))
def test_any_field_is_read_as_what_was_asked_for(value: Any, path: list[str]) -> None:  # noqa: ANN401 - any JSON
    reads = {
        document.text: str,
        document.number: int,
        document.truth: bool,
        document.mapping: collections.abc.Mapping,
        document.items: list,
        document.texts: tuple,
    }
    for read, kind in reads.items():
        assert isinstance(read(value, *path), kind)


@given(WORDS | st.text(), WORDS | st.text())
def test_any_names_are_compared(one: str, other: str) -> None:
    assert isinstance(name.same(one, other), bool)
    assert isinstance(name.matches(one, other), bool)
    assert isinstance(name.domain(one), str)
