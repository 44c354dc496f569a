"""Digests are the same, whichever part of Python computes them."""

from __future__ import annotations

import hashlib
import runpy
import sys

import pytest

from labcheck import digest

LEAN = ("_sha2", "_sha256")
TEXTS = (b"", b"text", b"x" * digest.LARGE, b"x" * (digest.LARGE + 1))


@pytest.mark.parametrize("openssl", ["loaded", "not loaded"])
@pytest.mark.parametrize("lacking", [(), LEAN[:1], LEAN])
def test_any_python_computes_the_same(lacking: tuple[str, ...], openssl: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (*lacking, *(["_hashlib"] if openssl == "not loaded" else [])):
        monkeypatch.setitem(sys.modules, module, None)
    read = runpy.run_path(digest.__file__)
    assert (read["sha256"] is hashlib.sha256) == (lacking == LEAN)
    assert [read["digest_of"](it) for it in TEXTS] == [f"sha256:{hashlib.sha256(it).hexdigest()}" for it in TEXTS]


@pytest.mark.parametrize("algorithm", ["sha384", "sha512"])
def test_a_registry_may_use_another(algorithm: str) -> None:
    assert digest.digest_of(b"text", algorithm) == f"{algorithm}:{hashlib.new(algorithm, b'text').hexdigest()}"


def test_the_digits_alone() -> None:
    assert digest.hexadecimal(b"text") == hashlib.sha256(b"text").hexdigest()
