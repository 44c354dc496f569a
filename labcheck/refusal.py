"""Why Docker refuses a text as an image reference, and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from labcheck.errors import InvalidReference
from labcheck.grammar import COMPONENT, HOST, IDENTIFIER, LENGTHS, LONGEST_PATH, PATH, TAG, parts, split

Kind = Literal[
    "empty", "white-space", "placeholder", "scheme", "identifier", "slash", "upper-case", "host", "repository", "tag",
    "digest", "length",
]  # fmt: skip
"""What is wrong with it, for programs; the sentence is for people."""
EXAMPLE = "A reference looks like this: localhost:5000/team/app:1.0"
"""What is said where nothing better is known."""
_LONGEST_QUOTED = 60
_LONGEST_MENDED = 500


class _Fault(NamedTuple):
    """Why Docker refuses a text, what to do about it, and the corrected text if that is certain."""

    kind: Kind
    sentence: str
    advice: str = EXAMPLE
    mended: str = ""


def refusal(text: str) -> InvalidReference:
    """What is wrong with a text that Docker refuses."""
    return _refused(text, _fault(text))


def kinds(text: str) -> frozenset[Kind]:
    """Everything that is wrong with a text that Docker refuses; one fault may be the consequence of another."""
    return frozenset(fault.kind for fault in _faults(text))


def tag_refusal(repository: str, tag: str) -> InvalidReference:
    """What is wrong with a tag that Docker refuses."""
    return _refused(f"{repository}:{tag}", next(_tag_faults(tag)))


def _refused(text: str, fault: _Fault) -> InvalidReference:
    mended = fault.mended
    for _ in range(8):
        if not mended or parts(mended):
            break
        mended = _fault(mended).mended
    certain = parts(mended) is not None and len(mended) <= _LONGEST_MENDED
    remedy = f"Write: {mended}" if certain else fault.advice
    sentence = f"{_quoted(text)} is not an image reference: {fault.sentence}. {remedy}"
    return InvalidReference(sentence, remedy, mended if certain else "", fault.kind)


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}...")


def _fault(text: str) -> _Fault:
    """The first fault in a text that Docker refuses, in the order of its parts; upper case first, as in Docker."""
    return next(
        _faults(text), _Fault("length", f"its path is longer than {LONGEST_PATH} characters", "Write a shorter name.")
    )


def _faults(text: str) -> Iterator[_Fault]:
    yield from _text_faults(text)
    domain, rest = split(text)
    named, at, digest = rest.partition("@")
    path, colon, tag = named.partition(":")
    before = text.removesuffix(rest)
    if path != path.lower():
        mended = before + path.lower() + rest.removeprefix(path)
        yield _Fault("upper-case", f"the repository name {_quoted(path)} must be lowercase", mended=mended)
    if domain:
        yield from _domain_faults(domain, rest)
    yield from _path_faults(path, text)
    if colon:
        yield from _tag_faults(tag, before + path + at + digest)
    if at:
        yield from _digest_faults(digest, before + named)


def _text_faults(text: str) -> Iterator[_Fault]:
    words = text.split()
    if not words:
        yield _Fault("empty", "it is empty", "Write the name of an image, for instance: nginx")
    elif words != [text]:
        mended = words[0] if len(words) == 1 else ""
        yield _Fault(
            "white-space", "there is white space in it", "Leave it out; within a name, write - instead.", mended
        )
    if "<none>" in text:
        yield _Fault(
            "placeholder", "<none> is what Docker shows if there is no name or tag", "Write the image's ID instead."
        )
    if scheme := re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        rest = text[scheme.end() :]
        sentence = f"it begins with {_quoted(scheme[0])}, and a reference has no scheme"
        yield _Fault("scheme", sentence, mended=rest if "/" in rest else "")
    if IDENTIFIER.fullmatch(text):
        yield _Fault(
            "identifier",
            "64 hexadecimal digits are the ID of an image or a container",
            "Write the image's name instead.",
        )
    if text.endswith("/"):
        mended = text.rstrip("/") if split(text)[1] else ""
        yield _Fault("slash", "no repository name follows the last slash", "Write one, or leave the slash out.", mended)


def _domain_faults(domain: str, rest: str) -> Iterator[_Fault]:
    if re.fullmatch(rf"{HOST}(?::[0-9]+)?|{PATH}", domain):
        return
    host, _, port = domain.rpartition(":")
    if re.fullmatch(PATH, domain.lower()):
        yield _Fault(
            "upper-case", f"the repository name {_quoted(domain)} must be lowercase", mended=f"{domain.lower()}/{rest}"
        )
    elif re.fullmatch(HOST, host):
        yield _Fault(
            "host", f"the port {_quoted(port)} is not a number", "A port is a number, as in localhost:5000/app"
        )
    elif "[" not in host and ":" in host:
        yield _Fault("host", "an IPv6 address needs square brackets", "Write for instance: [fc00::1]:5000/app")
    elif "_" in domain:
        yield _Fault("host", f"the host {_quoted(domain)} contains an underscore", "Write the host's real name.")
    else:
        yield _Fault(
            "host",
            f"{_quoted(domain)} is not a host",
            "A host looks like registry.example.com or localhost:5000: letters, digits, - and .",
        )


def _path_faults(path: str, text: str) -> Iterator[_Fault]:
    if not path:
        yield _Fault("slash", "it has no repository name")
    elif "" in path.split("/"):
        yield _Fault(
            "slash", "there is no name before or between the slashes", mended=re.sub("/+", "/", text).lstrip("/")
        )
    for component in path.split("/"):
        if re.fullmatch(COMPONENT, component):
            continue
        if strange := re.search(r"[^a-z0-9._-]", component):
            yield _Fault(
                "repository",
                f"{strange[0]!r} is not allowed in a repository name",
                "It has a-z, 0-9 and, between them, - _ or .",
            )
        elif not re.fullmatch(r"[a-z0-9].*[a-z0-9]", component):
            yield _Fault("repository", f"{_quoted(component)} must begin and end with a letter or a digit")
        else:
            yield _Fault(
                "repository",
                f"{_quoted(component)} has too many separators in a row",
                "Use one . or one or two _ or any number of -",
            )


def _tag_faults(tag: str, untagged: str = "") -> Iterator[_Fault]:
    if not tag:
        yield _Fault("tag", "there is no tag after the colon", "Write one, or leave the colon out.", untagged)
    elif strange := re.search(r"[^a-zA-Z0-9_.-]", tag):
        yield _Fault("tag", f"{strange[0]!r} is not allowed in a tag", "A tag comes last: letters, digits, _ . and -")
    elif tag[0] in ".-":
        yield _Fault("tag", f"the tag {_quoted(tag)} must begin with a letter, a digit or an underscore")
    elif not re.fullmatch(TAG, tag):
        yield _Fault("tag", f"its tag has {len(tag)} characters, and 128 is the most", "Write a shorter tag.")


def _digest_faults(digest: str, undigested: str) -> Iterator[_Fault]:
    algorithm, colon, digits = digest.partition(":")
    length = LENGTHS.get(algorithm.lower())
    if not colon:
        untagged = ":" not in undigested.rpartition("/")[2]
        is_tag = untagged and re.fullmatch(TAG, digest) and not re.fullmatch(r"[a-f0-9]+", digest)
        mended = f"{undigested}:{digest}" if is_tag else f"{undigested}@sha256:{digest}"
        yield _Fault(
            "digest", "what follows the @ is not a digest", "A digest is sha256: and 64 hexadecimal digits.", mended
        )
    elif length is None:
        advice = f"Docker knows {', '.join(LENGTHS)}."
        yield _Fault("digest", f"{_quoted(algorithm)} is not a digest algorithm that Docker knows", advice)
    elif digest != digest.lower():
        yield _Fault("digest", "its digest must be lowercase", mended=f"{undigested}@{digest.lower()}")
    elif strange := re.search(r"[^a-f0-9]", digits):
        yield _Fault("digest", f"{strange[0]!r} is not a hexadecimal digit, so this is not a digest")
    else:
        advice = "docker image ls --digests shows the whole digest."
        yield _Fault("digest", f"its digest has {len(digits)} digits, and {algorithm} has {length}", advice)
