"""A message is read as its words mean it, whatever a terminal, a mail or a web page has made of them."""

from __future__ import annotations

import pytest

from labcheck.mistake.message import plain, read

LONG = 'failed to do request: Head "https://localhost:5000/v2/app/blobs/sha256:57f1": dial tcp: conn'


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        ("a\r\nb\r\n", "a\nb\n"),
        ("a\r\r\nb", "a\nb"),
        ("\x1b[1A\x1b[2K\r9f: Pulling \x1b[1B\x1b[31mred\x1b[0m", "\n9f: Pulling red"),
        ("\x1b]0;a title\x07x\x1b]8;;http://x\x1b\\y\x1b(B", "xy"),
        ("  0     0\r  0     0\r\ncurl: (7)", "  0     0\n  0     0\ncurl: (7)"),
    ],
)
def test_colours_and_moves_are_no_words(drawn: str, lines: str) -> None:
    assert plain(drawn) == lines


@pytest.mark.parametrize(
    ("said", "read_as"),
    [
        ("The name \u201c/web\u201d is\u00a0used", 'The name "/web" is used'),
        ("no\u200bthing \u2013 at all\u2026", "nothing - at all..."),
        ('msg="open \\"x\\": no"', 'msg="open "x": no"'),
        (f"{LONG}\nect: refused", f"{LONG}ect: refused"),
        (f"{LONG}\nect: refused", f"{LONG} ect: refused"),
    ],
)
def test_it_is_read_as_it_was_typed_and_unwrapped_as_well(said: str, read_as: str) -> None:
    readings = read(said).readings
    assert readings[0] == said
    assert read_as in readings


@pytest.mark.parametrize("said", ["all is well", "one\ntwo", f"{LONG}\nError: another", f"{LONG}\n\nRun it again"])
def test_what_is_plain_is_read_once(said: str) -> None:
    assert len({reading.replace('"', "") for reading in read(said).readings}) == 1


@pytest.mark.parametrize(
    ("said", "registry"),
    [
        ("The push refers to repository [localhost:5000/nginx]", "localhost:5000"),
        ("The push refers to repository [ghcr.io/me/app]", "ghcr.io"),
        ("The push refers to repository [docker.io/library/nginx]", ""),
        ('Get "http://127.0.0.1:5001/v2/": EOF', "127.0.0.1:5001"),
        ('Get "https://registry-1.docker.io/v2/": EOF', ""),
        ("manifest for registry.test:5443/app:v1 not found", "registry.test:5443"),
        ("reading manifest latest in ghcr.io/me/app: denied", "ghcr.io"),
        ("Failed to connect to localhost port 5000 after 0 ms", "localhost:5000"),
        ("open /etc/docker/daemon.json: permission denied", ""),
        ("failed to bind host port 0.0.0.0:5000/tcp: address already in use", ""),
        ("open docs/page.html: no such file", ""),
        ('error during connect: Get "http://192.0.2.1:2375/v1.24/containers/json": EOF', ""),
    ],
)
def test_the_registry_is_the_one_that_the_message_names(said: str, registry: str) -> None:
    assert read(said).registry == registry
