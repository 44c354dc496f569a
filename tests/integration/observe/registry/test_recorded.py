"""The registry observer against what three versions of the real registry said, replayed by a server on loopback."""

from __future__ import annotations

import hashlib
import json
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from labcheck import configuration
from labcheck.observe import Observer
from labcheck.oci import MANIFEST_TYPES, Stored
from labcheck.query import Catalog, Ping, Pong, Query, StoredAt, Subject, Tags
from labcheck.snapshot import Absent, Evidence, Found, Unknown
from tests.support.loopback import Asked, Loopback, reply
from tests.support.places import VECTORS

EXCHANGES: list[dict[str, Any]] = json.loads((VECTORS / "registry-transcripts.json").read_text("utf-8"))
VERSIONS = sorted({exchange["registry"] for exchange in EXCHANGES})
AMD64 = "sha256:f2823e9815dc41f3c92637803d9fceb359d911e1ee667c2b50b1aacc1f3d3a2c"
ARM64 = "sha256:d832ad3fb336c7b3ac6acd31e520125b7389005ecfdc030aa5adf266d1ba434e"
LAYER = "sha256:a5cc5e42b93de192600435f5f6305be8bf1a97858912ddf0b8f1471bf3ca2c66"
CONFIG = "sha256:25e59633af76e23c85ac79d53ece64e4b252e70d4484458ac740cf791671ba6c"


class Recording:
    """One version of the registry, set up in one way. ``instead`` answers a path with what was said to another one."""

    def __init__(self, version: str, server: str = "open", **instead: str) -> None:
        self._named: dict[str, dict[str, Any]] = {}
        self._asked: dict[tuple[str, str, str], dict[str, Any]] = {}
        self._instead = instead
        for exchange in EXCHANGES:
            if exchange["registry"] == version and exchange["server"] == server:
                request = exchange["request"]
                if "Authorization" not in request["headers"]:
                    accept = request["headers"].get("Accept", "") if "/manifests/" in request["path"] else ""
                    self._asked.setdefault((request["method"], request["path"], accept), exchange)
                    self._named.setdefault(exchange["name"], exchange)

    def response(self, name: str) -> dict[str, Any]:
        """What was said in the exchange of this name."""
        found: dict[str, Any] = self._named[name]["response"]
        return found

    def answer(self, asked: Asked, _: socket.socket) -> bytes:
        """What was said to this very request; to one that was not recorded, what is said to an unknown digest."""
        accept = asked.headers["accept"] if "/manifests/" in asked.target else ""
        if asked.target in self._instead:
            exchange = self._named[self._instead[asked.target]]
        else:
            exchange = self._recorded(asked.method, asked.target, accept) or self._named["manifest unknown digest"]
        said = exchange["response"]
        headers = {name.replace("-", "_"): value for name, value in said["headers"].items()}
        return reply(said["status"], said.get("body") or "", **headers)

    def _recorded(self, method: str, target: str, accept: str) -> dict[str, Any] | None:
        """The exchange; HEAD is GET without its body, and to be refused it does not matter what one would accept."""
        alike = ((method, target, accept), ("GET", target, accept), (method, target, ""))
        return next((self._asked[key] for key in alike if key in self._asked), None)


@pytest.fixture(autouse=True)
def _no_engine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/no.sock")


@contextmanager
def looks(recording: Recording) -> Iterator[Callable[[Callable[[str], Query]], Evidence[Any]]]:
    """Ask the recording one query, which is told the domain."""
    with Loopback(recording.answer) as server, Observer(Subject(), timeout=5) as observer:

        def look(query: Callable[[str], Query]) -> Evidence[Any]:
            asked: Any = query(server.domain)
            seen: Evidence[Any] = observer.observe([asked]).snapshot.ask(asked)
            return seen

        yield look


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


def test_a_registry_is_recognised(version: str) -> None:
    with looks(Recording(version)) as look:
        assert look(Ping) == Found(Pong(is_registry=True, status=200, server=""))


@pytest.mark.parametrize(("server", "image"), [("htpasswd", "a"), ("token", "ns/img")])
def test_a_registry_with_a_password_is_one_and_shows_nothing(version: str, server: str, image: str) -> None:
    with looks(Recording(version, server)) as look:
        assert look(Ping) == Found(Pong(is_registry=True, status=401, server=""))
        for query in (Catalog, lambda domain: Tags(domain, "a"), lambda domain: StoredAt(f"{domain}/{image}")):
            seen = look(query)
            assert isinstance(seen, Unknown)
            assert seen.reason.endswith(" asks for a password.")


def test_the_catalog_is_what_was_listed_sorted(version: str) -> None:
    recording = Recording(version)
    listed = json.loads(recording.response("catalog ")["body"])["repositories"]
    assert len(listed) == 11
    with looks(recording) as look:
        assert look(Catalog) == Found(tuple(sorted(listed)))


@pytest.mark.parametrize("n", [1, 4])
def test_the_catalog_is_followed_page_by_page(version: str, n: int) -> None:
    recording = Recording(version, **{"/v2/_catalog": f"catalog walk n={n} page 1"})
    listed = json.loads(recording.response("catalog ")["body"])["repositories"]
    with looks(recording) as look:
        assert look(Catalog) == Found(tuple(sorted(listed)))


def test_a_last_page_may_be_empty(version: str) -> None:
    name = next(name for name in Recording(version)._named if "upload-only" in name)  # noqa: SLF001 - our own
    with looks(Recording(version, **{"/v2/_catalog": name})) as look:
        seen = look(Catalog)
        assert isinstance(seen, Found)
        assert "zeta" in seen.value


def test_tags_are_sorted_whatever_the_registry_does(version: str) -> None:
    tags = ("1.0", "1.0-rc.1", "A", "Z", "_x", "a", "latest", "v1", "v10", "v2")
    with looks(Recording(version)) as look:
        assert look(lambda domain: Tags(domain, "tags")) == Found(tags)
    with looks(Recording(version, **{"/v2/tags/tags/list": "tags walk n=5 page 1"})) as look:
        assert look(lambda domain: Tags(domain, "tags")) == Found(tags)


def test_a_repository_without_tags_is_there_and_an_unknown_one_is_absent(version: str) -> None:
    with looks(Recording(version)) as look:
        assert look(lambda domain: Tags(domain, "emptied")) == Found(())
        assert look(lambda domain: Tags(domain, "no/such/repo")) == Absent()


def test_a_page_that_is_not_found_proves_nothing(version: str) -> None:
    with looks(Recording(version)) as look:
        seen = look(lambda domain: Tags(domain, "UPPER"))
        assert isinstance(seen, Unknown)
        assert seen.reason.endswith("(HTTP status 404).")


@pytest.mark.parametrize("tag", ["schema2", "oci"])
def test_an_image_is_followed_to_its_last_blob(version: str, tag: str) -> None:
    recording = Recording(version)
    body = recording.response(f"manifest {tag} accept=all")["body"]
    digest = "sha256:" + hashlib.sha256(body.encode()).hexdigest()
    config = json.loads(recording.response("blob GET")["body"])
    for reference in (f"multi:{tag}", f"multi@{digest}", f"multi:nope@{digest}"):
        with looks(recording) as look:
            seen = look(lambda domain, reference=reference: StoredAt(f"{domain}/{reference}"))  # type: ignore[misc]
            assert isinstance(seen, Found)
            assert seen.value.document == {
                "digest": digest,
                "type": json.loads(body)["mediaType"],
                "manifests": {digest: body},
                "platforms": [
                    {
                        "digest": digest,
                        "platform": "linux/amd64",
                        "layers": config["rootfs"]["diff_ids"],
                        "configuration": configuration.stored(config),
                    },
                ],
                "missing": [],
            }
            assert seen.value.layers == (tuple(config["rootfs"]["diff_ids"]),)


@pytest.mark.parametrize("tag", ["list", "index"])
def test_an_index_with_the_platform_that_was_here_is_complete(version: str, tag: str) -> None:
    """The recording has no manifest for arm64, as after a push of one platform."""
    with looks(Recording(version)) as look:
        stored = found(look(lambda domain: StoredAt(f"{domain}/multi:{tag}")))
        assert stored.missing == ()
        assert len(stored.layers) == 1
        assert list(stored.document["manifests"])[0] == stored.digest  # type: ignore[call-overload]  # noqa: RUF015 - order


def test_an_index_without_a_complete_image_misses_them_all(version: str) -> None:
    recording = Recording(version, **{f"/v2/multi/manifests/{AMD64}": "manifest unknown digest"})
    with looks(recording) as look:
        stored = found(look(lambda domain: StoredAt(f"{domain}/multi:list")))
        assert stored.missing == (ARM64, AMD64)
        assert stored.layers == ()


def test_a_missing_blob_is_named(version: str) -> None:
    path = "/v2/multi/blobs/"
    with looks(Recording(version, **{path + LAYER: "blob HEAD unknown"})) as look:
        assert found(look(lambda domain: StoredAt(f"{domain}/multi:oci"))).missing == (LAYER,)
    with looks(Recording(version, **{path + CONFIG: "blob unknown"})) as look:
        stored = found(look(lambda domain: StoredAt(f"{domain}/multi:oci")))
        assert (stored.missing, stored.layers) == ((CONFIG,), ((),))


def test_what_the_registry_does_not_know_is_absent(version: str) -> None:
    with looks(Recording(version)) as look:
        assert look(lambda domain: StoredAt(f"{domain}/multi:nope")) == Absent()
        assert look(lambda domain: StoredAt(f"{domain}/no/such")) == Absent()
        assert look(lambda domain: StoredAt(f"{domain}/multi@sha256:{'0' * 64}")) == Absent()


@pytest.mark.parametrize("name", ["manifest oci accept=none", "manifest index accept=docker"])
def test_an_unknown_that_only_means_the_format_is_no_absence(name: str) -> None:
    with looks(Recording(VERSIONS[0], **{"/v2/multi/manifests/oci": name})) as look:
        seen = look(lambda domain: StoredAt(f"{domain}/multi:oci"))
        assert isinstance(seen, Unknown)
        assert "does not understand (HTTP status 404)" in seen.reason


def test_the_formats_before_2015_are_not_read() -> None:
    with looks(Recording(VERSIONS[0], **{"/v2/multi/manifests/oci": "manifest schema2 accept=none"})) as look:
        seen = look(lambda domain: StoredAt(f"{domain}/multi:oci"))
        assert isinstance(seen, Unknown)
        assert seen.reason.endswith("holds multi in a format that labcheck does not read.")


def test_every_manifest_is_asked_for_with_all_four_types() -> None:
    recording = Recording(VERSIONS[0])
    with Loopback(recording.answer) as server, Observer(Subject(), timeout=5) as observer:
        observer.observe([StoredAt(f"{server.domain}/multi:list")])
        asked = [request.headers for request in server.asked if "/manifests/" in request.target]
    assert len(asked) == 3
    assert {headers["accept"] for headers in asked} == {", ".join(MANIFEST_TYPES)}
    assert not any("authorization" in headers for headers in asked)


def found(seen: Evidence[Any]) -> Stored:
    assert isinstance(seen, Found)
    assert isinstance(seen.value, Stored)
    return seen.value
