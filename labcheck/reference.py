"""Image references: the names people type after ``docker pull``, read exactly as Docker reads them.

A name means more than it says: ``nginx`` is ``docker.io/library/nginx``. Code that compares images compares parsed
references, so that two spellings of one name are equal. This module only reads text: it does not ask an engine whether
the image exists, nor a resolver whether the host does.

The grammar, in the words of the field (``[ ]`` may be left out, ``{ }`` may come any number of times)::

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

Letters and digits are ASCII. Docker's defaults are filled in before the grammar is applied, as :func:`parse_reference`
says. Source: the Go package distribution/reference v0.6.0 (its files ``regexp.go``, ``reference.go`` and
``normalize.go``), which Docker 27 to 29 use, and opencontainers/go-digest v1.0.0 for digests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from labcheck.errors import InvalidReference

HUB = "docker.io"
"""The domain that Docker fills in: Docker Hub's."""
HUB_API = "registry-1.docker.io"
"""The host that Docker asks for what is in that domain."""
DEFAULT_TAG = "latest"
LONGEST_PATH = 255

_LONGEST_QUOTED = 60
_LONGEST_MENDED = 500

_LABEL = r"[a-zA-Z0-9]+(?:-+[a-zA-Z0-9]+)*"
_HOST = rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[a-fA-F0-9:]+\])"
_COMPONENT = r"[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*"
_PATH = rf"{_COMPONENT}(?:/{_COMPONENT})*"
_TAG = r"[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}"
_LENGTHS = {"sha256": 64, "sha384": 96, "sha512": 128}
_DIGEST = "|".join(f"{algorithm}:[a-f0-9]{{{length}}}" for algorithm, length in _LENGTHS.items())
_REFERENCE = re.compile(rf"(?:({_HOST}(?::[0-9]+)?)/)?({_PATH})(?::({_TAG}))?(?:@({_DIGEST}))?")
_IDENTIFIER = re.compile(r"[a-f0-9]{64}")


class Reference(msgspec.Struct, frozen=True):
    """A reference with Docker's defaults filled in; two are equal if they name the same thing.

    Made by :func:`parse_reference`. ``domain`` is empty in one odd case, described there.
    """

    domain: str
    path: str
    tag: str | None = None
    digest: str | None = None

    def __str__(self) -> str:
        return self.canonical

    @property
    def name(self) -> str:
        """The repository in full: ``docker.io/library/nginx``."""
        return f"{self.domain}/{self.path}" if self.domain else self.path

    @property
    def canonical(self) -> str:
        """The reference in full, with its tag and digest if it has them; none is added."""
        return self.name + self._suffix

    @property
    def repository(self) -> str:
        """The repository as ``docker image ls`` prints it: ``nginx``, ``localhost:5000/nginx``."""
        if self.domain != HUB:
            return self.name
        official = self.path.removeprefix("library/")
        return self.path if "/" in official else official

    @property
    def familiar(self) -> str:
        """The short form Docker prints, without ``docker.io/`` and, before a single component, ``library/``.

        Docker prints it even if it reads it back as something else: ``docker.io/example.com/app`` is printed as
        ``example.com/app``, which leads to another registry.
        """
        return self.repository + self._suffix

    def with_tag(self, tag: str) -> Reference:
        """The same repository (and digest, if there is one) with this tag."""
        if not re.fullmatch(_TAG, tag):
            raise _refusal(f"{self.repository}:{tag}", next(_tag_faults(tag)))
        return replace(self, tag=tag)

    def with_default_tag(self) -> Reference:
        """With the tag ``latest`` if there is neither a tag nor a digest, as ``docker pull`` does."""
        return self if self.tag or self.digest else replace(self, tag=DEFAULT_TAG)

    @property
    def _suffix(self) -> str:
        return (f":{self.tag}" if self.tag else "") + (f"@{self.digest}" if self.digest else "")


def parse_reference(text: str) -> Reference:
    """Read a text as Docker does: ``nginx`` is ``docker.io/library/nginx``.

    ``InvalidReference`` says what is wrong with a text that Docker refuses, and what to write instead. Surprising
    cases:

    - What comes before the first ``/`` is the domain only if it is ``localhost``, or contains a ``.``, a ``:`` or an
      upper-case letter. So ``localhost:5000`` without a ``/`` is the repository ``localhost`` with the tag ``5000``,
      ``docker.io`` is a repository called ``docker.io``, and ``nginx:1/2`` is the repository ``2`` of a registry
      ``nginx:1``; ``Docker/app`` asks a registry called ``Docker``. (``splitDockerDomain``, normalize.go)
    - Without a domain it is ``docker.io``; ``index.docker.io`` is its old name. There, and only there, a path of one
      component is prefixed with ``library/``. ``registry-1.docker.io``, ``docker.io:443`` and ``Docker.io`` are other
      registries. (``splitDockerDomain``)
    - The domain keeps its case: ``LOCALHOST/app`` and ``localhost/app`` differ. A path must be lowercase.
      (``ParseNormalizedNamed``, normalize.go)
    - A first component with a ``.`` that cannot be a host, because of a ``_``, is not a domain either:
      ``my_host.net/app`` has the domain ``""`` and the path ``my_host.net/app``. (``Parse``, reference.go)
    - Hosts and ports are checked as text only: ``256.256.256.256/app``, ``host:99999/app`` and ``[:]/app`` are
      accepted. (``domainAndPort``, regexp.go)
    - 64 hexadecimal digits alone are an ID, hence refused; with a tag or a domain they are a name like any other.
      ``sha256:`` with 64 digits is a name too: the repository ``sha256``. (``ParseNormalizedNamed``)
    - 255 characters is the limit of the path, ``library/`` included, not of the whole name. (``Parse``)
    - A tag and a digest may both be there; Docker then pulls by the digest. (``ParseNormalizedNamed``)
    """
    reference = _read(text)
    if reference is None:
        raise _refusal(text, _fault(text))
    return reference


def _read(text: str) -> Reference | None:
    domain, rest = _split(text)
    if domain in {"", "index.docker.io"}:
        domain = HUB
    if domain == HUB and "/" not in rest:
        rest = f"library/{rest}"
    found = _REFERENCE.fullmatch(f"{domain}/{rest}")
    if found is None or len(found[2]) > LONGEST_PATH or _IDENTIFIER.fullmatch(text):
        return None
    return Reference(found[1] or "", found[2], found[3], found[4])


def _split(text: str) -> tuple[str, str]:
    """The domain as written, or nothing, and the rest."""
    first, slash, rest = text.partition("/")
    is_domain = first == "localhost" or "." in first or ":" in first or first != first.lower()
    return (first, rest) if slash and is_domain else ("", text)


class _Fault(NamedTuple):
    """Why Docker refuses a text, what to do about it, and the corrected text if that is certain."""

    sentence: str
    advice: str = "A reference looks like this: localhost:5000/team/app:1.0"
    mended: str = ""


def _refusal(text: str, fault: _Fault) -> InvalidReference:
    mended = fault.mended
    for _ in range(8):
        if not mended or _read(mended):
            break
        mended = _fault(mended).mended
    certain = _read(mended) is not None and len(mended) <= _LONGEST_MENDED
    remedy = f"Write: {mended}" if certain else fault.advice
    sentence = f"{_quoted(text)} is not an image reference: {fault.sentence}. {remedy}"
    return InvalidReference(sentence, remedy, mended if certain else "")


def _quoted(text: str) -> str:
    return repr(text if len(text) <= _LONGEST_QUOTED else f"{text[:_LONGEST_QUOTED]}...")


def _fault(text: str) -> _Fault:
    """The first fault in a text that Docker refuses, in the order of its parts; upper case first, as in Docker."""
    return next(_faults(text), _Fault(f"its path is longer than {LONGEST_PATH} characters", "Write a shorter name."))


def _faults(text: str) -> Iterator[_Fault]:
    yield from _text_faults(text)
    domain, rest = _split(text)
    named, at, digest = rest.partition("@")
    path, colon, tag = named.partition(":")
    before = text.removesuffix(rest)
    if path != path.lower():
        mended = before + path.lower() + rest.removeprefix(path)
        yield _Fault(f"the repository name {_quoted(path)} must be lowercase", mended=mended)
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
        yield _Fault("it is empty", "Write the name of an image, for instance: nginx")
    elif words != [text]:
        mended = words[0] if len(words) == 1 else ""
        yield _Fault("there is white space in it", "Leave it out; within a name, write - instead.", mended)
    if "<none>" in text:
        yield _Fault("<none> is what Docker shows if there is no name or tag", "Write the image's ID instead.")
    if scheme := re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*://", text):
        rest = text[scheme.end() :]
        sentence = f"it begins with {_quoted(scheme[0])}, and a reference has no scheme"
        yield _Fault(sentence, mended=rest if "/" in rest else "")
    if _IDENTIFIER.fullmatch(text):
        yield _Fault("64 hexadecimal digits are the ID of an image or a container", "Write the image's name instead.")
    if text.endswith("/"):
        mended = text.rstrip("/") if _split(text)[1] else ""
        yield _Fault("no repository name follows the last slash", "Write one, or leave the slash out.", mended)


def _domain_faults(domain: str, rest: str) -> Iterator[_Fault]:
    if re.fullmatch(rf"{_HOST}(?::[0-9]+)?|{_PATH}", domain):
        return
    host, _, port = domain.rpartition(":")
    if re.fullmatch(_PATH, domain.lower()):
        yield _Fault(f"the repository name {_quoted(domain)} must be lowercase", mended=f"{domain.lower()}/{rest}")
    elif re.fullmatch(_HOST, host):
        yield _Fault(f"the port {_quoted(port)} is not a number", "A port is a number, as in localhost:5000/app")
    elif "[" not in host and ":" in host:
        yield _Fault("an IPv6 address needs square brackets", "Write for instance: [fc00::1]:5000/app")
    elif "_" in domain:
        yield _Fault(f"the host {_quoted(domain)} contains an underscore", "Write the host's real name.")
    else:
        yield _Fault(
            f"{_quoted(domain)} is not a host",
            "A host looks like registry.example.com or localhost:5000: letters, digits, - and .",
        )


def _path_faults(path: str, text: str) -> Iterator[_Fault]:
    if not path:
        yield _Fault("it has no repository name")
    elif "" in path.split("/"):
        yield _Fault("there is no name before or between the slashes", mended=re.sub("/+", "/", text).lstrip("/"))
    for component in path.split("/"):
        if re.fullmatch(_COMPONENT, component):
            continue
        if strange := re.search(r"[^a-z0-9._-]", component):
            yield _Fault(
                f"{strange[0]!r} is not allowed in a repository name", "It has a-z, 0-9 and, between them, - _ or ."
            )
        elif not re.fullmatch(r"[a-z0-9].*[a-z0-9]", component):
            yield _Fault(f"{_quoted(component)} must begin and end with a letter or a digit")
        else:
            yield _Fault(
                f"{_quoted(component)} has too many separators in a row",
                "Use one . or one or two _ or any number of -",
            )


def _tag_faults(tag: str, untagged: str = "") -> Iterator[_Fault]:
    if not tag:
        yield _Fault("there is no tag after the colon", "Write one, or leave the colon out.", untagged)
    elif strange := re.search(r"[^a-zA-Z0-9_.-]", tag):
        yield _Fault(f"{strange[0]!r} is not allowed in a tag", "A tag comes last: letters, digits, _ . and -")
    elif tag[0] in ".-":
        yield _Fault(f"the tag {_quoted(tag)} must begin with a letter, a digit or an underscore")
    elif not re.fullmatch(_TAG, tag):
        yield _Fault(f"its tag has {len(tag)} characters, and 128 is the most", "Write a shorter tag.")


def _digest_faults(digest: str, undigested: str) -> Iterator[_Fault]:
    algorithm, colon, digits = digest.partition(":")
    length = _LENGTHS.get(algorithm.lower())
    if not colon:
        untagged = ":" not in undigested.rpartition("/")[2]
        is_tag = untagged and re.fullmatch(_TAG, digest) and not re.fullmatch(r"[a-f0-9]+", digest)
        mended = f"{undigested}:{digest}" if is_tag else f"{undigested}@sha256:{digest}"
        yield _Fault("what follows the @ is not a digest", "A digest is sha256: and 64 hexadecimal digits.", mended)
    elif length is None:
        advice = f"Docker knows {', '.join(_LENGTHS)}."
        yield _Fault(f"{_quoted(algorithm)} is not a digest algorithm that Docker knows", advice)
    elif digest != digest.lower():
        yield _Fault("its digest must be lowercase", mended=f"{undigested}@{digest.lower()}")
    elif strange := re.search(r"[^a-f0-9]", digits):
        yield _Fault(f"{strange[0]!r} is not a hexadecimal digit, so this is not a digest")
    else:
        advice = "docker image ls --digests shows the whole digest."
        yield _Fault(f"its digest has {len(digits)} digits, and {algorithm} has {length}", advice)
