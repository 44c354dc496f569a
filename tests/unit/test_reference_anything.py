"""References beyond the tables: laws that hold for every text, valid or not, and for 100 kB of it."""

from __future__ import annotations

import copy
import pickle
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from labcheck.errors import InvalidReference
from labcheck.reference import HUB, Reference, parse_reference

ID = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"

components = st.from_regex(r"[a-z0-9]{1,5}((\.|_|__|-{1,3})[a-z0-9]{1,5}){0,2}", fullmatch=True)
hosts = st.from_regex(r"[a-zA-Z0-9]{1,5}(-[a-zA-Z0-9]{1,3})?(\.[a-z]{2,3}){0,2}|\[[a-f0-9:]{2,9}\]", fullmatch=True)
ports = st.just("") | st.from_regex(r":[0-9]{1,5}", fullmatch=True)
domains = st.sampled_from(["", "docker.io/", "index.docker.io/", "localhost/"]) | st.builds(
    "{}{}/".format, hosts, ports
)
paths = st.lists(components, min_size=1, max_size=3).map("/".join)
tags = st.just("") | st.from_regex(r":[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}", fullmatch=True)
digests = st.just("") | st.from_regex(r"@(sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})", fullmatch=True)
valid = st.builds("".join, st.tuples(domains, paths, tags, digests))

PIECES = [
    *"aZ0.-_:/@[ \n",
    "é",
    "\uff11",
    "\ud800",
    "İ",
    "//",
    "..",
    "__",
    "sha256:",
    f"@sha256:{ID}",
    ID,
    "docker.io",
    "a",
]
almost_valid = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
anything = valid | almost_valid | st.text(st.characters(codec=None), max_size=40)


def answer(text: str) -> Reference | InvalidReference:
    try:
        return parse_reference(text)
    except InvalidReference as error:
        return error


def reference_of(text: str) -> Reference | None:
    result = answer(text)
    return result if isinstance(result, Reference) else None


def printed_ambiguously(reference: Reference) -> bool:
    """Docker prints some of Docker Hub's names so short that it reads them back as something else."""
    first, slash, _ = reference.repository.partition("/")
    misleads = (slash and (first == "localhost" or "." in first)) or re.fullmatch("[a-f0-9]{64}", reference.familiar)
    return reference.domain == HUB and bool(misleads)


@given(valid)
@example("docker.io/library/library/nginx")
@example("my_host.net/app")
@example("a:1@sha256:" + ID)
def test_a_text_made_by_the_grammar_is_read_part_by_part(text: str) -> None:
    reference = reference_of(text)
    if reference is None:
        assert text == ID or "]" in text
        return
    name, _, digest = text.partition("@")
    assert reference.digest == (digest or None)
    assert name.endswith(f":{reference.tag}" if reference.tag else reference.path.removeprefix("library/"))


@given(anything)
def test_nothing_but_a_reference_or_a_refusal_with_a_remedy(text: str) -> None:
    result = answer(text)
    if isinstance(result, Reference):
        assert text.isascii()
        assert text.isprintable()
        assert str(result).endswith(text.removeprefix("index.").removeprefix("docker.io/"))
    else:
        assert isinstance(result, ValueError)
        assert str(result).endswith(result.remedy)
        assert "\n" not in str(result)
        assert ("longer than 255" in str(result)) <= (len(text) > 240)
        advised = result.remedy.removeprefix("Write: ")
        assert result.remedy == advised or parse_reference(advised)


@given(valid)
def test_the_canonical_form_is_read_as_itself(text: str) -> None:
    reference = reference_of(text)
    if reference:
        assert parse_reference(reference.canonical) == reference
        assert parse_reference(reference.canonical).canonical == reference.canonical
        assert parse_reference(str(reference)) == reference
        assert reference.name == reference.canonical.removesuffix(
            (f":{reference.tag}" if reference.tag else "") + (f"@{reference.digest}" if reference.digest else "")
        )


@given(valid)
@example("docker.io/nginx")
@example("docker.io/library/library/nginx")
def test_the_familiar_form_is_read_as_the_same_reference(text: str) -> None:
    reference = reference_of(text)
    if reference and not printed_ambiguously(reference):
        assert parse_reference(reference.familiar) == reference
        assert parse_reference(reference.familiar).familiar == reference.familiar


@pytest.mark.parametrize(
    "text", ["docker.io/localhost/a", "docker.io/a.b/c", "docker.io/docker.io/a", f"docker.io/{ID}"]
)
def test_the_familiar_form_is_docker_s_even_where_it_misleads(text: str) -> None:
    reference = parse_reference(text)
    assert reference.familiar == text.removeprefix("docker.io/")
    assert reference_of(reference.familiar) != reference


@given(valid)
def test_the_default_tag_is_for_what_has_neither_tag_nor_digest(text: str) -> None:
    reference = reference_of(text)
    if reference:
        tagged = reference.with_default_tag()
        assert tagged.with_default_tag() == tagged
        assert (tagged.name, tagged.digest) == (reference.name, reference.digest)
        assert tagged.tag == (reference.tag or (None if reference.digest else "latest"))


def test_two_ways_to_write_a_name_are_one_value() -> None:
    ways = ["nginx", "library/nginx", "docker.io/nginx", "docker.io/library/nginx", "index.docker.io/nginx"]
    assert {parse_reference(way) for way in ways} == {Reference("docker.io", "library/nginx")}
    assert parse_reference("nginx") != parse_reference("nginx:latest")
    assert parse_reference("localhost/nginx") != parse_reference("LOCALHOST/nginx")


def test_a_reference_is_a_value() -> None:
    reference = parse_reference(f"localhost:5000/nginx:1@sha256:{ID}")
    assert copy.deepcopy(reference) == pickle.loads(pickle.dumps(reference)) == reference  # noqa: S301 - our own bytes
    with pytest.raises(AttributeError, match="immutable"):
        reference.tag = "2"  # type: ignore[misc]  # the point of the test
    assert not hasattr(reference, "__dict__")
    assert reference.with_tag("2") == parse_reference(f"localhost:5000/nginx:2@sha256:{ID}")
    assert reference.tag == "1"


@given(st.text(st.characters(codec=None), max_size=10) | st.text("aZ0._-:/@", max_size=140))
def test_a_tag_put_on_a_name_is_one_docker_would_read(tag: str) -> None:
    text = f"docker.io/library/nginx:{tag}"
    reference = reference_of(text)
    if reference is not None and reference.tag == tag:
        assert parse_reference("nginx").with_tag(tag) == reference
    else:
        with pytest.raises(InvalidReference, match="tag"):
            parse_reference("nginx").with_tag(tag)


UNITS = ["a", "A", "a.", "a-", "-", "_", "a__", "a/", "/", "a:", ":", "a@", "é", " ", "http://", "[:", "<none>", "a:1/"]


def seconds(text: str) -> float:
    begin = time.thread_time()
    reference_of(text)
    return time.thread_time() - begin


@pytest.mark.parametrize("end", ["", "!", "/A"])
@pytest.mark.parametrize("unit", UNITS)
def test_eight_times_the_junk_takes_about_eight_times_as_long(unit: str, end: str) -> None:
    long = 100_000 // len(unit)
    tries = (seconds(unit * long + end) / min(seconds(unit * (long // 8) + end) for _ in range(3)) for _ in range(3))
    assert any(growth < 30 for growth in tries), "eight times is linear, sixty-four is quadratic"
