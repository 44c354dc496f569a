"""Image references: the names people type after ``docker pull``, read exactly as Docker reads them.

A name means more than it says: ``nginx`` is ``docker.io/library/nginx``. Code that compares images compares parsed
references, so that two spellings of one name are equal. This module only reads text: it does not ask an engine whether
the image exists, nor a resolver whether the host does.

The grammar and its sources are in :mod:`labcheck.grammar`; :mod:`labcheck.refusal` says why Docker refuses a text.
"""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from labcheck.grammar import HUB, TAG, parts
from labcheck.refusal import refusal, tag_refusal

HUB_API = "registry-1.docker.io"
"""The host that Docker asks for what is in Docker Hub's domain."""
DEFAULT_TAG = "latest"


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
        if not re.fullmatch(TAG, tag):
            raise tag_refusal(self.repository, tag)
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
    found = parts(text)
    if found is None:
        raise refusal(text)
    return Reference(*found)


__all__ = ["DEFAULT_TAG", "HUB", "HUB_API", "Reference", "parse_reference"]
