"""The proxies that this process's environment names, by host and port only: their addresses may hold passwords."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

CATCHING = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
"""The variables whose proxy would also be asked for ``http://localhost``."""
PROXIES = (*CATCHING, "https_proxy", "HTTPS_PROXY")
EXCEPTIONS = ("no_proxy", "NO_PROXY")


@dataclass(frozen=True, slots=True)
class Proxies:
    """Which variables name a proxy, where it is, and which hosts are asked without one."""

    variables: tuple[tuple[str, str], ...] = ()
    """Name and place."""
    exceptions: tuple[str, ...] = ()


def proxies(environment: Mapping[str, str]) -> Proxies:
    """The proxies of an environment."""
    named = tuple((name, place(value)) for name in PROXIES if (value := environment.get(name, "").strip()))
    # The lower-case one wins with curl and with Python, and an empty one counts as none.
    listed = next((value for name in EXCEPTIONS if (value := environment.get(name, "").strip())), "")
    return Proxies(named, tuple(entry for part in listed.split(",") if (entry := part.strip())))


def place(address: str) -> str:
    """Host and port of a proxy's address, without what may stand before them."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:
        return "an address that cannot be read"
    return parts.netloc.rpartition("@")[2] or "an address that cannot be read"
