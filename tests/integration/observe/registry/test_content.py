"""Manifests, configs, blobs, pages and redirects that are not what they say: nothing is believed unseen."""

from __future__ import annotations

import hashlib
import json
import re
import socket
from typing import Any

import pytest

from labcheck.query import Catalog, Ping, Pong, StoredAt, Tags
from labcheck.snapshot import Evidence, Found, Unknown
from tests.support.looks import REGISTRY, look, looks, reason
from tests.support.loopback import Asked, Loopback, reply

MEBIBYTE = 1024 * 1024


class Image:
    """A registry with one image; what it answers can be changed, path by path."""

    def __init__(self, **instead: bytes) -> None:
        self.config = json.dumps({"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": ["sha256:d"]}})
        layer = digest("layer")
        self.manifest = json.dumps(
            {"schemaVersion": 2, "config": {"digest": digest(self.config)}, "layers": [{"digest": layer}]}
        )
        self.paths = {
            "/v2/nginx/manifests/latest": self.signed(),
            f"/v2/nginx/blobs/{digest(self.config)}": reply(200, self.config),
            f"/v2/nginx/blobs/{layer}": reply(200, "layer"),
        }
        self._instead = instead

    def signed(self, **headers: str) -> bytes:
        """The manifest as a proper registry sends it."""
        kind = "application/vnd.oci.image.manifest.v1+json"
        return reply(
            200, self.manifest, **{"Content_Type": kind, "Docker_Content_Digest": digest(self.manifest), **headers}
        )

    def answer(self, asked: Asked, _: socket.socket) -> bytes:
        """What this registry says."""
        kind = asked.target.split("/")[3]
        return self._instead.get(kind) or self.paths[asked.target]


def digest(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def stored(image: Image) -> Evidence[Any]:
    with Loopback(image.answer) as server:
        return look(StoredAt(f"{server.domain}/nginx"))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Docker_Content_Digest": ""},
        {"Docker_Content_Digest": "md5:00"},
        {"Content_Type": "text/plain; charset=utf-8"},
        {"Content_Type": ""},
    ],
)
def test_a_manifest_is_read_whatever_its_headers_leave_out(headers: dict[str, str]) -> None:
    image = Image()
    image.paths["/v2/nginx/manifests/latest"] = image.signed(**headers)
    seen = stored(image)
    assert isinstance(seen, Found)
    assert seen.value.digest == digest(image.manifest)
    assert seen.value.layers == (("sha256:d",),)
    assert seen.value.missing == ()


LYING = r".* sent bytes that do not match their digest\."
UNREAD = r".* holds nginx in a format that labcheck does not read\."


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Image().signed(Docker_Content_Digest=digest("x")), LYING),
        (reply(200, "{}", **REGISTRY), UNREAD),
        (reply(200, b'{"config": {"digest": "\xff"}}', **REGISTRY), UNREAD),
        (reply(200, "[" * 100_000, **REGISTRY), UNREAD),
        (reply(200, '{"schemaVersion": 1, "fsLayers": []}', **REGISTRY), UNREAD),
        (reply(200, " " * (4 * MEBIBYTE + 1)), r".* sent more than 4 MiB for one answer\."),
    ],
)
def test_a_manifest_that_is_none_is_unknown(answer: bytes, expected: str) -> None:
    seen = stored(Image(manifests=answer))
    assert isinstance(seen, Unknown)
    assert re.fullmatch(expected, seen.reason)


OCI = "application/vnd.oci.image.{}.v1+json".format
CHILD = {"digest": digest("child"), "platform": {"os": "linux", "architecture": "amd64"}}


@pytest.mark.parametrize(
    ("document", "header"),
    [
        ({"mediaType": OCI("index"), "config": {"digest": digest("x")}, "layers": []}, OCI("index")),
        ({"config": {"digest": digest("x")}, "layers": [], "manifests": [CHILD]}, OCI("manifest")),
        ({"config": {"digest": digest("x")}, "layers": []}, OCI("index")),
        ({"mediaType": OCI("manifest"), "config": {"digest": digest("x")}}, OCI("index")),
        ({"mediaType": OCI("index"), "manifests": [CHILD]}, OCI("manifest")),
        ({"mediaType": OCI("index"), "manifests": None}, OCI("index")),
        ({"manifests": [{"digest": "latest"}]}, OCI("index")),
        ({"manifests": [{"digest": ""}]}, OCI("index")),
        ({"manifests": [{"digest": "../../secret"}]}, OCI("index")),
        ({"manifests": [{"digest": "md5:" + "0" * 32}]}, OCI("index")),
        ({"config": {"digest": "latest"}}, OCI("manifest")),
        ({"config": {"digest": "md5:" + "0" * 32}}, OCI("manifest")),
        ({"config": {"digest": digest("{}")}, "layers": [{"digest": "latest"}]}, OCI("manifest")),
    ],
)
def test_what_is_a_bit_of_both_or_points_nowhere_is_unknown(document: dict[str, object], header: str) -> None:
    """An index that names its own tag would be read for ever."""

    def answer(asked: Asked, _: socket.socket) -> bytes:
        if "/blobs/" in asked.target or "md5" in asked.target:
            return reply(200, "{}")
        return reply(200, document, Content_Type=header)

    with Loopback(answer) as server:
        assert re.fullmatch(UNREAD, reason(StoredAt(f"{server.domain}/nginx")))
        assert len(server.asked) <= 2


def test_an_index_of_a_hundred_platforms_is_enough() -> None:
    bodies = [json.dumps({"config": {"digest": digest("{}")}, "n": n}) for n in range(101)]
    real = {digest(body): body for body in bodies}
    index = json.dumps({"manifests": [{"digest": one} for one in real]})

    def answer(asked: Asked, _: socket.socket) -> bytes:
        last = asked.target.rpartition("/")[2]
        return reply(200, index if last == "latest" else real.get(last, "{}"))

    with Loopback(answer) as server:
        seen = reason(StoredAt(f"{server.domain}/nginx"), timeout=20)
        assert seen == f"{server.domain} lists more under one name than labcheck reads."
        assert sum("/manifests/" in asked.target for asked in server.asked) == 100


def test_a_config_with_other_bytes_is_unknown() -> None:
    image = Image()
    image.paths[f"/v2/nginx/blobs/{digest(image.config)}"] = reply(200, image.config + " ")
    seen = stored(image)
    assert isinstance(seen, Unknown)
    assert re.fullmatch(LYING, seen.reason)


def test_a_config_that_breaks_off_is_missing() -> None:
    """After a clean-up without a restart the registry still announces what it no longer has (distribution#1803)."""
    image = Image()
    path = f"/v2/nginx/blobs/{digest(image.config)}"

    def cut(asked: Asked, connection: socket.socket) -> bytes | None:
        if asked.target != path:
            return image.answer(asked, connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
        return None

    with Loopback(cut) as server:
        seen = look(StoredAt(f"{server.domain}/nginx"))
        assert isinstance(seen, Found)
        assert seen.value.missing == (digest(image.config),)
        assert [asked.target for asked in server.asked].count(path) == 2


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (reply(401), "{} asks for a password."),
        (reply(500), "{} has a problem of its own: it answers with an error (500)."),
        (reply(429), "{} asks us to slow down: too many requests."),
    ],
)
def test_a_blob_that_could_not_be_asked_for_is_not_missing(answer: bytes, expected: str) -> None:
    with Loopback(Image(blobs=answer).answer) as server:
        assert reason(StoredAt(f"{server.domain}/nginx")) == expected.format(server.domain)


def test_bytes_fetched_by_digest_must_have_it() -> None:
    image, other = Image(), digest("other")
    image.paths[f"/v2/nginx/manifests/{other}"] = image.signed(Docker_Content_Digest="")
    with Loopback(image.answer) as server:
        assert re.fullmatch(LYING, reason(StoredAt(f"{server.domain}/nginx@{other}")))


def test_what_says_how_an_image_was_built_is_no_image() -> None:
    """BuildKit puts an attestation beside each image of an index; it is not even asked for."""
    image = Image()
    attestation = {"digest": digest("x"), "annotations": {"vnd.docker.reference.type": "attestation-manifest"}}
    own = {"digest": digest(image.manifest), "platform": {"os": "linux", "architecture": "amd64"}}
    index = json.dumps({"manifests": [attestation, own]})
    image.paths[f"/v2/nginx/manifests/{own['digest']}"] = image.signed()
    image.paths["/v2/nginx/manifests/latest"] = reply(200, index)
    seen = stored(image)
    assert isinstance(seen, Found)
    assert list(seen.value.document["manifests"]) == [digest(index), own["digest"]]
    assert (seen.value.missing, seen.value.layers) == ((), (("sha256:d",),))


def test_what_windows_may_not_give_away_is_not_missing() -> None:
    image = Image()
    foreign = {"digest": digest("foreign"), "urls": ["https://example.com/layer"]}
    image.manifest = json.dumps({**json.loads(image.manifest), "layers": [foreign]})
    image.paths["/v2/nginx/manifests/latest"] = image.signed()
    seen = stored(image)
    assert isinstance(seen, Found)
    assert seen.value.missing == ()


def test_a_kept_connection_that_was_closed_meanwhile_is_no_trouble() -> None:
    """The server closes after each answer without saying so."""

    def once(asked: Asked, connection: socket.socket) -> None:
        connection.sendall(image.answer(asked, connection))

    image = Image()
    with Loopback(once) as server:
        assert isinstance(look(StoredAt(f"{server.domain}/nginx")), Found)


def test_a_list_may_be_null() -> None:
    with Loopback(lambda *_: reply(200, {"tags": None, "repositories": None})) as server:
        assert look(Tags(server.domain, "nginx")) == Found(())
        assert look(Catalog(server.domain)) == Found(())


@pytest.mark.parametrize(
    "link", ["</v2/_catalog?n=1>; rel=next", '</v2/_catalog>; rel="next"', '<>; foo=bar; REL="next"']
)
def test_pages_in_a_circle_are_unknown(link: str) -> None:
    with Loopback(lambda *_: reply(200, {"repositories": ["a"]}, Link=link)) as server:
        assert reason(Catalog(server.domain)) == f"{server.domain} sends us in circles, from one page to the next."


def test_a_million_repositories_are_not_read() -> None:
    def page(asked: Asked, _: socket.socket) -> bytes:
        number = int(asked.target.partition("=")[2] or 0)
        return reply(200, {"repositories": [f"r{number}"]}, Link=f'</v2/_catalog?last={number + 1}>; rel="next"')

    with Loopback(page) as server:
        assert reason(Catalog(server.domain)) == f"{server.domain} lists more than labcheck reads (100 pages)."
        assert len(server.asked) == 100


def test_a_million_repositories_on_one_page_are_not_read() -> None:
    """As zot and MCR send them, who know no pages."""
    body = reply(200, {"repositories": [f"r{n}" for n in range(1_000_000)]})
    with Loopback(lambda *_: body) as server:
        assert reason(Catalog(server.domain)) == f"{server.domain} sent more than 1 MiB for one answer."


def test_a_thousand_repositories_in_short_pages_are_read() -> None:
    """A page may be shorter than it might be: only a missing ``Link`` is the end."""

    def page(asked: Asked, _: socket.socket) -> bytes:
        number = int(asked.target.partition("=")[2] or 0)
        more = {"Link": f'</v2/_catalog?last={number + 1}>; rel="next"'} if number < 49 else {}
        names = [f"r{number:02}-{n:02}" for n in range(0 if number == 20 else 20)]
        return reply(200, {"repositories": names}, **more)

    with Loopback(page) as server:
        seen = look(Catalog(server.domain))
        assert isinstance(seen, Found)
        assert len(seen.value) == 49 * 20


@pytest.mark.parametrize("kind", ["text/plain", "text/html; charset=utf-8", ""])
def test_a_list_is_read_whatever_its_type_is_called(kind: str) -> None:
    """ECR calls its lists ``text/plain``."""
    body: dict[str, object] = {"repositories": ["a"], "tags": ["1"]}
    with Loopback(lambda *_: reply(200, body, Content_Type=kind)) as server:
        assert looks([Catalog(server.domain), Tags(server.domain, "a")]) == [Found(("a",)), Found(("1",))]


def test_a_next_page_somewhere_else_is_not_asked_for() -> None:
    with Loopback(lambda *_: reply(200, {"repositories": []})) as other:
        link = f'<http://{other.domain}/v2/_catalog>; rel="next"'
        with Loopback(lambda *_: reply(200, {"repositories": []}, Link=link)) as server:
            assert reason(Catalog(server.domain)).endswith(f"is somewhere else, at {other.domain}.")
        assert other.asked == []


def test_a_link_of_another_kind_is_no_next_page() -> None:
    with Loopback(lambda *_: reply(200, {"repositories": ["a"]}, Link='</v2/_catalog?p>; rel="prev"')) as server:
        assert look(Catalog(server.domain)) == Found(("a",))


def test_redirects_are_followed_to_another_host_without_a_password() -> None:
    image = Image()
    with Loopback(image.answer) as storage:

        def elsewhere(asked: Asked, connection: socket.socket) -> bytes:
            if "/blobs/" in asked.target:
                return reply(307, "", Location=f"http://{storage.domain}{asked.target}")
            return image.answer(asked, connection)

        with Loopback(elsewhere) as server:
            assert isinstance(look(StoredAt(f"{server.domain}/nginx")), Found)
        assert len(storage.asked) == 2
        assert not any("authorization" in asked.headers for asked in storage.asked)


def test_redirects_in_a_circle_are_unknown() -> None:
    with Loopback(lambda *_: reply(302, "", Location="/v2/")) as server:
        assert reason(Ping(server.domain)) == f"{server.domain} sends us in circles, from one address to the next."
        assert len(server.asked) == 6


def test_what_may_be_secret_in_an_address_is_not_told() -> None:
    with Loopback(lambda *_: reply(302, "", Location="ftp://user:hunter2@storage/path?sig=hunter2")) as server:
        assert reason(Ping(server.domain)) == "ftp://storage/path is not a usable address."


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://[", "http://127.0.0.1:99999/"])
def test_redirects_to_nowhere_are_unknown(target: str) -> None:
    with Loopback(lambda *_: reply(302, "", Location=target)) as server:
        assert "not a usable address" in reason(Ping(server.domain))


def test_a_redirect_without_a_target_is_an_answer() -> None:
    with Loopback(lambda *_: reply(302)) as server:
        assert look(Ping(server.domain)) == Found(Pong(is_registry=False, status=302, server=""))
