"""Whose certificates are trusted, and how they are verified: as by the Docker engine, so that both say the same.

For a registry the engine trusts, besides the system's own authorities, each ``*.crt`` in the folder below
``/etc/docker/certs.d`` that is named after the registry's host and port. It reads them for each connection. A file with
another ending trusts nobody.

Python's defaults differ from those of Go's library, which the engine uses: Go reads no name from the Common Name,
accepts a trusted certificate that is not an authority's, and does not demand the newest extensions.

Source: moby, ``registry/registry.go`` (ReadCertsDirectory); Go, ``crypto/x509`` (Certificate.Verify).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

from labcheck.observe import docker_files

ENDING: Final = ".crt"
MOST: Final = 8
"""For how many hosts it is remembered."""
State: TypeAlias = tuple[str, int, int, int]
"""A file's path, inode, size and time of change."""


def trusting(host: str) -> ssl.SSLContext:
    """What verifies the certificate of this host, which is written as in an image's name: with its port, if any.

    Reading the system's authorities takes longer than a whole look, so they are read again only when they have changed.
    """
    return _trusting(host, _state(host))


def is_readable(host: str) -> bool:
    """Whether we may read what the engine trusts for this host; if not, it may trust more than we know."""
    try:
        return all(file.read_bytes() is not None for file in _files(host))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False


def as_in_go() -> ssl.SSLContext:
    """A context that verifies, and trusts nobody yet."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.hostname_checks_common_name = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    context.verify_flags &= ~ssl.VERIFY_X509_STRICT
    return context


def unverified() -> ssl.SSLContext:
    """A context for which any certificate will do."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def add(context: ssl.SSLContext, text: str) -> None:
    """Trust the certificates in this text (PEM); one without any is ignored, as by the engine."""
    with suppress(ssl.SSLError, ValueError):
        context.load_verify_locations(cadata=text)


@lru_cache(MOST)
def _trusting(host: str, _state: tuple[State, ...]) -> ssl.SSLContext:
    context = as_in_go()
    context.load_default_certs()
    with suppress(OSError):
        for file in _files(host):
            add(context, file.read_text("ascii", "ignore"))
    return context


def _state(host: str) -> tuple[State, ...]:
    """What changes when somebody else is trusted: the files' states, the system's and the host's own."""
    system = ssl.get_default_verify_paths()
    files = [Path(path) for path in (system.cafile, system.capath) if path]
    with suppress(OSError):
        files += _files(host)
    return tuple(map(_file, files))


def _file(path: Path) -> State:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, 0
    return str(path), found.st_ino, found.st_size, found.st_mtime_ns


def _files(host: str) -> Iterator[Path]:
    return (file for file in sorted((docker_files.CERTS / host).iterdir()) if file.suffix == ENDING)
