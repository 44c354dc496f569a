"""How a name is shown to somebody who learns to read it."""

from __future__ import annotations

import json

import pytest

from labcheck.errors import InvalidReference
from labcheck.render.reference import FORMATS, as_json, read, terminal

HEX = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"

NGINX_AND_MYAPP = """\
nginx
  domain     docker.io                filled in: Docker Hub
  path       library/nginx            library/ filled in: the official images
  tag        (none)                   if Docker needs one, it uses latest
  digest     (none)
  canonical  docker.io/library/nginx  in full, but for the tag
  familiar   nginx                    as Docker prints it

MyApp
  'MyApp' is not an image reference: the repository name 'MyApp' must be lowercase.
  Write: myapp
"""


def test_the_parts_and_what_was_filled_in_or_what_is_wrong() -> None:
    assert terminal([read("nginx"), read("MyApp")]) == NGINX_AND_MYAPP


@pytest.mark.parametrize(
    ("text", "label", "note"),
    [
        ("localhost:5000", "domain", "filled in: Docker Hub. No / follows localhost, so that is not a domain"),
        ("docker.io", "domain", "filled in: Docker Hub. No / follows docker.io, so that is not a domain"),
        ("index.docker.io/bitnami/redis", "domain", "the old name of docker.io"),
        ("index.docker.io", "domain", "filled in: Docker Hub. No / follows index.docker.io, so that is not a domain"),
        ("docker.io/nginx", "domain", ""),
        ("localhost/nginx", "domain", ""),
        ("localhost:5000/nginx", "domain", ""),
        ("Reg.net/nginx", "domain", ""),
        ("MyUser/app", "domain", "a domain, because of its capital letter"),
        (
            "ghcr.io/a/b",
            "domain",
            "GitHub Container registry: the path begins with a person or an organisation on GitHub",
        ),
        ("my_host.net/app", "domain", "my_host.net cannot be a host, so it belongs to the path"),
        ("index.docker.io/nginx", "path", "library/ filled in: the official images"),
        ("index.docker.io/library/nginx", "path", ""),
        ("docker.io/library/nginx", "path", ""),
        ("library/nginx:1", "path", ""),
        ("library", "path", "library/ filled in: the official images"),
        ("bitnami/redis", "path", ""),
        ("localhost:5000/nginx", "path", ""),
        ("nginx:1", "tag", ""),
        ("sha256:" + HEX, "tag", "a tag: only what follows an @ is a digest"),
        ("nginx@sha256:" + HEX, "tag", ""),
        ("nginx:1@sha256:" + HEX, "digest", "Docker pulls by it, whatever the tag"),
        ("nginx:1", "familiar", "as Docker prints it"),
        ("docker.io/example.com/app", "familiar", "as Docker prints it, but reads it as something else"),
    ],
)
def test_a_note_stands_beside_what_is_not_as_it_was_typed(text: str, label: str, note: str) -> None:
    row = next(line for line in terminal([read(text)]).splitlines() if line.startswith(f"  {label} "))
    value, _, shown = row.removeprefix(f"  {label}").strip().partition("  ")
    assert value
    assert shown.strip() == note


def test_what_was_typed_cannot_touch_the_terminal() -> None:
    assert terminal([read("a\x1b[31m")]).startswith("'a\\x1b[31m'\n")
    assert terminal([read("nginx ")]).startswith("'nginx '\n")
    assert terminal([read("")]).startswith("''\n")


def test_json_has_every_key_for_every_input() -> None:
    documents = json.loads(as_json([read(f"localhost:5000/nginx:1@sha256:{HEX}"), read("Nginx\ud800")]))
    assert documents[0] == {
        "input": f"localhost:5000/nginx:1@sha256:{HEX}",
        "valid": True,
        "domain": "localhost:5000",
        "path": "nginx",
        "tag": "1",
        "digest": f"sha256:{HEX}",
        "canonical": f"localhost:5000/nginx:1@sha256:{HEX}",
        "familiar": f"localhost:5000/nginx:1@sha256:{HEX}",
        "error": None,
    }
    assert list(documents[1]) == list(documents[0])
    assert documents[1].pop("input") == "Nginx\ud800"
    assert documents[1].pop("valid") is False
    assert "must be lowercase" in documents[1].pop("error")
    assert set(documents[1].values()) == {None}


def test_a_reading_knows_whether_docker_accepts_it() -> None:
    assert read("nginx").valid
    assert not read("nginx:").valid
    assert isinstance(read("nginx:").result, InvalidReference)
    assert set(FORMATS) == {"terminal", "json"}
    assert json.loads(FORMATS["json"]([])) == []
