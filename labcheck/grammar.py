"""The grammar of image references, exactly as Docker has it, and the defaults that Docker fills in before it.

In the words of the field (``[ ]`` may be left out, ``{ }`` may come any number of times)::

    reference  =  [ domain "/" ] path [ ":" tag ] [ "@" digest ]

    domain     =  host [ ":" port ]              localhost:5000    example.com    [fc00::1]:5000
    host       =  label { "." label }            a label: letters, digits, and "-" between them
               |  "[" IPv6 address "]"           hexadecimal digits and ":", not checked further
    port       =  digits                         the range is not checked

    path       =  component { "/" component }    at most 255 characters in all
    component  =  word { separator word }        a word: lower-case letters and digits
    separator  =  "."  |  "_"  |  "__"  |  one or more "-"

    tag        =  1 to 128 letters, digits, "_", "." and "-", the first neither "." nor "-"
    digest     =  algorithm ":" hex              sha256, sha384 or sha512; lower case; 64, 96 or 128 digits

Letters and digits are ASCII. Source: the Go package distribution/reference v0.6.0 (its files ``regexp.go``,
``reference.go`` and ``normalize.go``), which Docker 27 to 29 use, and opencontainers/go-digest v1.0.0 for digests.
"""

from __future__ import annotations

import re
from typing import NamedTuple

HUB = "docker.io"
"""The domain that Docker fills in: Docker Hub's."""
LONGEST_PATH = 255

LABEL = r"[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*"
HOST = rf"(?:{LABEL}(?:\.{LABEL})*|\[[a-fA-F0-9:]+\])"
COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
PATH = rf"{COMPONENT}(?:/{COMPONENT})*"
TAG = r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}"
LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
DIGEST = "|".join(f"{algorithm}:[a-f0-9]{{{length}}}" for algorithm, length in LENGTHS.items())
IDENTIFIER = re.compile(r"[a-f0-9]{64}")
_REFERENCE = re.compile(rf"(?:({HOST}(?::[0-9]+)?)/)?({PATH})(?::({TAG}))?(?:@({DIGEST}))?")


class Parts(NamedTuple):
    """The parts of a reference, Docker's defaults filled in."""

    domain: str
    path: str
    tag: str | None
    digest: str | None


def parts(text: str) -> Parts | None:
    """The parts that Docker reads in a text; ``None`` if it refuses it."""
    domain, rest = split(text)
    if domain in {"", "index.docker.io"}:
        domain = HUB
    if domain == HUB and "/" not in rest:
        rest = f"library/{rest}"
    found = _REFERENCE.fullmatch(f"{domain}/{rest}")
    if found is None or len(found[2]) > LONGEST_PATH or IDENTIFIER.fullmatch(text):
        return None
    return Parts(found[1] or "", found[2], found[3], found[4])


def split(text: str) -> tuple[str, str]:
    """The domain as written, or nothing, and the rest."""
    first, slash, rest = text.partition("/")
    is_domain = first == "localhost" or "." in first or ":" in first or first != first.lower()
    return (first, rest) if slash and is_domain else ("", text)
