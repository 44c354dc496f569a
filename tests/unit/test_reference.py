"""References are read as Docker reads them: the test tables of Docker's own parser, then properties beyond them.

``tests/vectors/reference.json`` has 568 cases of 33 kinds; 451 of 25 kinds are tests here. Three families of them ask
something else than ``ParseNormalizedNamed``, which ``parse_reference`` is:

- ``parse``, ``bench_parse``, ``serialization``, ``regexp_*``, ``with_name_*`` ask the grammar alone, without Docker's
  defaults. The grammar's answer and the answer with defaults determine each other; :func:`with_defaults` says how.
- ``docker_ref`` is ``with_default_tag`` and, which we have no use for, drops a tag beside a digest.
- ``parse_any`` takes IDs as well; that an ID is not taken for a name is the test here.

Left out are 117 cases, which are about something else than reading a name:

- ``familiar_match`` (10): shell patterns for listing images.
- ``sort`` (5): an order for listings; our references have none.
- ``with_digest`` (4): puts a digest onto a name unseen; all four results are texts that Docker then refuses to read.
- ``moby_index_info`` (24), ``moby_is_secure`` (25), ``moby_validate_mirror`` (27), ``moby_insecure_registry`` (14) and
  ``moby_index_name`` (8): the engine's settings for registries, mirrors and TLS.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from labcheck.errors import InvalidReference
from labcheck.reference import HUB, Reference, parse_reference
from tests.support.places import VECTORS

Case = dict[str, Any]

CASES: list[Case] = json.loads((VECTORS / "reference.json").read_text("utf-8"))

LEFT_OUT = {
    "familiar_match": 10,
    "sort": 5,
    "with_digest": 4,
    "moby_index_info": 24,
    "moby_is_secure": 25,
    "moby_validate_mirror": 27,
    "moby_insecure_registry": 14,
    "moby_index_name": 8,
}

REASONS = {
    "ErrNameEmpty": "empty",
    "ErrNameContainsUppercase": "lowercase",
    "RepositoryNameMustBeLowercase": "lowercase",
    "ErrNameTooLong": "255",
    "IdentifierNotAllowed": "64",
    "ErrTagInvalidFormat": "tag",
    "ErrDigestInvalidFormat": "digest",
    "digest.ErrDigestInvalidFormat": "digest",
    "digest.ErrDigestInvalidLength": "digits",
    "digest.ErrDigestUnsupported": "algorithm",
    "ErrReferenceInvalidFormat": "is not an image reference",
}
"""Docker's reason, and the word our sentence must have for it."""


def refused(text: str, error: str = "ErrReferenceInvalidFormat") -> None:
    with pytest.raises(InvalidReference) as caught:
        parse_reference(text)
    assert REASONS[error] in str(caught.value)
    assert caught.value.remedy


def reads(case: Case) -> None:
    expect = case["expect"]
    if not expect["ok"]:
        return refused(case["input"], expect["error"])
    reference = parse_reference(case["input"])
    assert (reference.domain, reference.path, reference.name) == (expect["domain"], expect["path"], expect["name"])
    assert reference.repository == expect["familiar_name"]
    if "string" in expect:
        assert (reference.tag, reference.digest) == (expect.get("tag"), expect.get("digest"))
        assert reference.canonical == str(reference) == expect["string"]
        assert reference.familiar == expect["familiar"]
    return None


def looks_like_a_domain(component: str) -> bool:
    return component == "localhost" or bool(set(component) & {".", ":"}) or component != component.lower()


def with_defaults(domain: str, path: str) -> tuple[str, str]:
    """What Docker's defaults make of a domain and a path that the grammar alone has found."""
    name = f"{domain}/{path}" if domain else path
    first, slash, _ = name.partition("/")
    if not slash:
        return HUB, f"library/{name}"
    return (domain, path) if looks_like_a_domain(first) else (HUB, name)


def reads_grammar(text: str, domain: str, path: str, tag: str | None = None, digest: str | None = None) -> None:
    expected = Reference(*with_defaults(domain, path), tag or None, digest or None)
    if len(expected.path) > 255:  # what the grammar took for a domain is a part of the path
        return refused(text, "ErrNameTooLong")
    assert parse_reference(text) == expected
    return None


def parse(case: Case) -> None:
    expect = case["expect"]
    if not expect["ok"]:
        return refused(case["input"], expect["error"])
    return reads_grammar(case["input"], expect["domain"], expect["path"], expect.get("tag"), expect.get("digest"))


def regexp_name(case: Case) -> None:
    if not case["expect"]["match"]:
        return no_bare_name(case)
    return reads_grammar(case["input"], *case["expect"]["subs"])


def no_bare_name(case: Case) -> None:
    """It may still be a reference: one with a tag or a digest."""
    try:
        reference = parse_reference(case["input"])
    except InvalidReference:
        return
    assert reference.tag or reference.digest


def regexp_domain(case: Case) -> None:
    domain = case["input"]
    if case["expect"]["match"]:
        return reads_grammar(f"{domain}/app", domain, "app")
    return refused(f"{domain}/app")


def regexp_reference(case: Case) -> None:
    if not case["expect"]["match"]:
        return refused(case["input"])
    name, tag, digest = case["expect"]["subs"]
    domain, _, path = name.rpartition("/")
    return reads_grammar(case["input"], domain, path, tag, digest)


def regexp_identifier(case: Case) -> None:
    if case["expect"]["match"]:
        return refused(case["input"], "IdentifierNotAllowed")
    if case["input"] != case["input"].lower():
        return refused(case["input"], "RepositoryNameMustBeLowercase")
    assert parse_reference(case["input"]).domain == HUB
    return None


def parse_any(case: Case) -> None:
    if "name" in case["expect"]:
        return reads(case)
    if ":" not in case["input"]:
        return refused(case["input"], "IdentifierNotAllowed")
    assert parse_reference(case["input"]) == Reference(HUB, "library/sha256", case["input"].removeprefix("sha256:"))
    return None


def docker_ref(case: Case) -> None:
    reference = parse_reference(case["input"]).with_default_tag()
    expect = case["expect"]
    assert (reference.name, reference.digest) == (expect["name"], expect.get("digest"))
    assert reference.tag == expect.get("tag") or reference.digest


def parse_named(case: Case) -> None:
    assert (str(parse_reference(case["input"])) == case["input"]) is case["expect"]["ok"]
    if case["expect"]["ok"]:
        reads(case)


def with_tag(case: Case) -> None:
    domain, _, path = case["input"].rpartition("/")
    tag, _, digest = case["expect"]["string"].removeprefix(f"{case['input']}:").partition("@")
    assert str(Reference(domain, path, None, digest or None).with_tag(tag)) == case["expect"]["string"]


def components_invalid(case: Case) -> None:
    separator = ":" if case["expect"]["error"] == "ErrTagInvalidFormat" else "@"
    refused(f"{case['input']}{separator}-invalid-", case["expect"]["error"])


def digest_parse(case: Case) -> None:
    text = f"busybox@{case['input']}"
    if case["expect"]["ok"]:
        assert parse_reference(text).digest == case["input"]
    else:
        refused(text, "ErrDigestInvalidFormat")


def engine_tag_refused(case: Case) -> None:
    """The engine refuses to make such a tag; the reference itself is read."""
    reference = parse_reference(case["input"])
    assert reference.path == "library/sha256" or reference.digest


TESTS: dict[str, Callable[[Case], None]] = {
    "normalize_valid": reads,
    "normalize_invalid": reads,
    "normalize_split": reads,
    "normalize_tag_digest": reads,
    "familiar": reads,
    "engine_tag_valid": reads,
    "engine_tag_invalid": reads,
    "moby_repository_info": reads,
    "engine_tag_refused": engine_tag_refused,
    "parse": parse,
    "bench_parse": parse,
    "serialization": parse,
    "with_name_split": parse,
    "with_name_invalid": no_bare_name,
    "regexp_name": regexp_name,
    "regexp_domain": regexp_domain,
    "regexp_reference": regexp_reference,
    "regexp_identifier": regexp_identifier,
    "parse_any": parse_any,
    "parse_named": parse_named,
    "docker_ref": docker_ref,
    "with_tag": with_tag,
    "components_invalid": components_invalid,
    "digest_parse": digest_parse,
    "digest_unusable": digest_parse,
}


HEX = "1a3f5e7d9c1b3a5f7e9d1c3b5a7f9e1d3c5b7a9f1e3d5d7c9b1a3f5e7d9c1b3a"

SURPRISES = {
    "localhost:5000": Reference(HUB, "library/localhost", "5000"),
    "docker.io": Reference(HUB, "library/docker.io"),
    "nginx:1/2": Reference("nginx:1", "2"),
    "LOCALHOST/a": Reference("LOCALHOST", "a"),
    "Docker.io/a": Reference("Docker.io", "a"),
    "docker.io:443/ubuntu": Reference("docker.io:443", "ubuntu"),
    "index.docker.io:443/ubuntu": Reference("index.docker.io:443", "ubuntu"),
    "registry-1.docker.io/ubuntu": Reference("registry-1.docker.io", "ubuntu"),
    "foo_bar.com/app": Reference("", "foo_bar.com/app"),
    "my.reg_istry/app": Reference("", "my.reg_istry/app"),
    "host:99999/a": Reference("host:99999", "a"),
    "256.256.256.256/a": Reference("256.256.256.256", "a"),
    "[:]/a": Reference("[:]", "a"),
    "[FC00::1]/a": Reference("[FC00::1]", "a"),
    f"{HEX}:tag": Reference(HUB, f"library/{HEX}", "tag"),
    f"sha256:{HEX}": Reference(HUB, "library/sha256", HEX),
    "a:" + "x" * 128: Reference(HUB, "library/a", "x" * 128),
    "a:_": Reference(HUB, "library/a", "_"),
    "a" * 247: Reference(HUB, f"library/{'a' * 247}"),
}

NO_SURPRISES = [
    "a\n",
    "a:b\n",
    f"a@sha256:{HEX}\n",
    "a:\u00e9",
    "a:\uff11",
    "host:\uff15\uff10/a",
    "\u212a/a",
    "[12]/a",
    "a" * 248,
]


@pytest.mark.parametrize("text", SURPRISES)
def test_what_surprises_is_read_as_the_docstring_says(text: str) -> None:
    assert parse_reference(text) == SURPRISES[text]


@pytest.mark.parametrize("text", NO_SURPRISES)
def test_what_other_parsers_let_through_is_refused(text: str) -> None:
    refused(text)


@pytest.mark.parametrize("case", [case for case in CASES if case["kind"] in TESTS], ids=lambda case: str(case["id"]))
def test_docker_reads_it_so(case: Case) -> None:
    TESTS[case["kind"]](case)


def test_no_kind_is_ignored() -> None:
    kinds = Counter(case["kind"] for case in CASES)
    assert set(TESTS) == set(kinds) - set(LEFT_OUT)
    assert {kind: kinds[kind] for kind in LEFT_OUT} == LEFT_OUT
    assert (len(CASES), sum(LEFT_OUT.values())) == (568, 117)
