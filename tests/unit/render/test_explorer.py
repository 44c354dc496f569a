"""A name taken apart: every part has a word, what was filled in says so, what is refused says why and what to write."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labcheck.reference import Reference, parse_reference
from labcheck.render.explorer import TRIES, announced, explored, live, pieces, whence
from labcheck.render.reference import read
from tests.support.reports import HOSTILE
from tests.support.tags import Tags

HEX = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"


def shown(name: str) -> list[str]:
    """The pieces, each with its separator; one that was filled in stands in parentheses."""
    found = pieces(name, parse_reference(name))
    return [f"{it.before}({it.text})" if it.is_filled else f"{it.before}{it.text}" for it in found]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nginx", ["(docker.io)", "/(library)", "/nginx", ":(latest)"]),
        ("library/nginx:1", ["(docker.io)", "/library", "/nginx", ":1"]),
        ("docker.io/nginx", ["docker.io", "/(library)", "/nginx", ":(latest)"]),
        ("index.docker.io/library/nginx", ["docker.io", "/library", "/nginx", ":(latest)"]),
        ("docker.io", ["(docker.io)", "/(library)", "/docker.io", ":(latest)"]),
        ("localhost:5000", ["(docker.io)", "/(library)", "/localhost", ":5000"]),
        ("localhost:5000/a/b/c:2", ["localhost:5000", "/a/b", "/c", ":2"]),
        ("localhost:5000/a", ["localhost:5000", "/a", ":(latest)"]),
        ("myhost/app", ["(docker.io)", "/myhost", "/app", ":(latest)"]),
        ("my_host.net/app", ["my_host.net", "/app", ":(latest)"]),
        (f"nginx:1@sha256:{HEX}", ["(docker.io)", "/(library)", "/nginx", ":1", f"@sha256:{HEX}"]),
        (f"nginx@sha256:{HEX}", ["(docker.io)", "/(library)", "/nginx", f"@sha256:{HEX}"]),
    ],
)
def test_the_pieces_are_the_name_in_full_and_say_what_was_filled_in(name: str, expected: list[str]) -> None:
    assert shown(name) == expected


@given(st.from_regex(r"([a-zA-Z.]{1,6}(:5)?/)?[a-z_/]{1,8}(:[a-z]{1,3})?", fullmatch=True))
def test_the_pieces_of_any_name_make_the_name_in_full(name: str) -> None:
    result = read(name).result
    if isinstance(result, Reference):
        whole = "".join(it.before + it.text for it in pieces(name, result))
        assert whole == result.with_default_tag().canonical


HUB = "Pulled from Docker Hub: https://registry-1.docker.io/v2/library"
HERE = "Pulled from this machine, over HTTPS, or over HTTP where that fails: localhost:5000/v2"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nginx", f"{HUB}/nginx/manifests/latest"),
        (f"a@sha256:{HEX}", f"{HUB}/a/manifests/sha256:{HEX}"),
        ("ghcr.io/a/b:1", "Pulled from GitHub Container registry: https://ghcr.io/v2/a/b/manifests/1"),
        ("reg.net/a", "Pulled from the registry at reg.net: https://reg.net/v2/a/manifests/latest"),
        ("localhost:5000/a", f"{HERE}/a/manifests/latest"),
        ("my_host.net/app", "Docker finds no registry in this name, and cannot pull it."),
    ],
)
def test_where_it_is_pulled_from(name: str, expected: str) -> None:
    assert whence(parse_reference(name)) == expected


def test_each_piece_has_a_word_and_a_line_of_its_own_shape_never_a_colour_alone() -> None:
    html = explored(read(f"nginx:1@sha256:{HEX}"))
    assert re.findall("<small>(.*?)</small>", html) == [
        "registry, filled in",
        "namespace, filled in",
        "repository",
        "tag",
        "digest",
    ]
    assert not re.search(r"[\"; ](background-)?color:", html)


def test_what_docker_refuses_says_why_and_what_to_write() -> None:
    html = explored(read("MyApp"))
    assert "✗ Docker refuses this name." in html
    assert "the repository name &#x27;MyApp&#x27; must be lowercase." in html
    assert "Write: myapp" in html
    assert "<button" not in html
    page = live(read("MyApp"), "nginx")
    assert 'data-do="try" data-value="myapp"' in page.partition('data-part="read"')[2]
    assert "Type the name of an image" in explored(read(""))


def test_while_one_types_the_box_is_not_drawn_anew() -> None:
    boxes = {live(read(name), "nginx").partition('<div data-part="read">')[0] for name in (*TRIES, "", "a:")}
    assert len(boxes) == 1
    assert 'value="nginx"' in boxes.pop()


@pytest.mark.parametrize("name", [*TRIES, "", HOSTILE, '"><script>alert(1)</script>', "a\x1b[31m\u202eb"])
def test_what_was_typed_is_never_markup(name: str) -> None:
    for html in (explored(read(name)), live(read(name), name)):
        tags = Tags(html)
        assert tags.seen.isdisjoint({"script", "style", "svg", "h1", "h2", "h3"})
        assert not {it for it in tags.attributes if it.startswith("on")}
        assert "\x1b" not in html
        assert "\u202e" not in html


def test_what_is_read_is_announced_in_a_sentence() -> None:
    assert announced(read("nginx")) == "In full: docker.io/library/nginx:latest"
    assert announced(read("MyApp")).startswith("'MyApp' is not an image reference")
    assert announced(read("")) == ""
