"""What Docker's own files on this machine say: for which registries there is a login, and whom the engine trusts.

Of a login only the registry's name is read into evidence; passwords and tokens are dropped here.

Source: docker/cli, ``cli/config/configfile`` and ``cli/config/credentials`` (ConvertToHostname); moby,
``registry/registry.go`` (ReadCertsDirectory).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import msgspec

from labcheck.cause import Unreadable
from labcheck.document import Document, mapping, text
from labcheck.observe.engine.contexts import folder
from labcheck.observe.relevance import Relevance
from labcheck.observe.trouble import CannotLook
from labcheck.reference import HUB
from labcheck.snapshot import Found

FILES = "Docker's files"
"""What is asked, in sentences."""
CERTS = Path("/etc/docker/certs.d")
"""The engine's folder with a folder for each registry, if it runs on this machine and as root."""
MOST = 100
"""How many folders, and files in each, are listed."""
LARGEST = 1 << 20
HUBS: Final = frozenset({"index.docker.io", "registry-1.docker.io", "docker.io"})

Seen = Callable[[Relevance], Found[Document]]


def logins() -> Seen:
    """The registries for which the ``docker`` command has a login. Raises :class:`CannotLook`."""
    path = folder() / "config.json"
    try:
        with path.open("rb") as file:
            settings: object = msgspec.json.decode(file.read(LARGEST))
    except (FileNotFoundError, NotADirectoryError):
        settings = {}
    except (OSError, ValueError):
        raise CannotLook(f"{path} cannot be read, so labcheck does not know your logins.", Unreadable()) from None
    names = sorted({_host(key) for key, entry in mapping(settings, "auths").items() if _is_login(entry, settings, key)})

    def relevant(relevance: Relevance) -> Found[Document]:
        shown = [name for name in names if relevance.is_registry(name)]
        return Found({"registries": shown, "others": len(names) - len(shown)})

    return relevant


def trust() -> Seen:
    """The folders and files that say whom the engine trusts. Raises :class:`CannotLook`."""
    try:
        found = {place.name: _names(place) for place in sorted(CERTS.iterdir())[:MOST] if place.is_dir()}
    except (FileNotFoundError, NotADirectoryError):
        found = {}
    except OSError:
        raise CannotLook(f"{CERTS} cannot be read.", Unreadable()) from None
    return lambda relevance: Found(
        {"folders": {name: files for name, files in found.items() if relevance.is_host(name)}}
    )


def _names(place: Path) -> list[str]:
    return sorted(file.name for file in place.iterdir())[:MOST]


def _is_login(entry: object, settings: object, key: str) -> bool:
    """Whether the entry holds a login, or a credential helper holds it: then the entry is empty."""
    held = isinstance(entry, Mapping) and any(text(entry, name) for name in ("auth", "identitytoken", "registrytoken"))
    return held or bool(text(settings, "credsStore") or text(settings, "credHelpers", key))


def _host(key: str) -> str:
    """The registry's host and port; the key may be a URL, as in old versions and for Docker Hub."""
    host = key.removeprefix("https://").removeprefix("http://").partition("/")[0]
    return HUB if host in HUBS else host
