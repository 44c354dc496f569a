"""Which proxy a request goes through: the environment's, as with ``docker`` and ``curl``; never one for this machine.

A user name and password in the proxy's URL are sent only to the proxy.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

import msgspec

from labcheck.cause import InvalidAddress
from labcheck.loopback import is_local
from labcheck.observe.trouble import CannotLook

PORT = 80
"""The port of a proxy whose URL has none."""


class Proxy(msgspec.Struct, frozen=True):
    """A proxy, and the credentials for it."""

    host: str
    port: int
    headers: Mapping[str, str]


def proxy(scheme: str, host: str) -> Proxy | None:
    """The proxy for this host, or ``None``. Raises :class:`CannotLook` if its URL cannot be read."""
    if is_local(host):
        return None
    if not any(os.environ.get(name) for name in (f"{scheme}_proxy", f"{scheme}_proxy".upper())):
        return None  # reading the whole environment takes longer than a request
    from urllib.request import getproxies, proxy_bypass  # noqa: PLC0415 - slow to import, and localhost needs none

    written = getproxies().get(scheme, "")
    try:
        parts = urlsplit(written if "//" in written else f"//{written}")
        name, port = parts.hostname, parts.port or PORT
    except ValueError:
        raise CannotLook(f"{scheme}_proxy is not a usable address.", InvalidAddress()) from None
    if not name or proxy_bypass(host):
        return None
    return Proxy(name, port, _credentials(parts.username, parts.password))


def _credentials(name: str | None, password: str | None) -> Mapping[str, str]:
    if name is None:
        return {}
    from base64 import b64encode  # noqa: PLC0415 - only for a proxy that wants a name

    told = f"{unquote(name)}:{unquote(password or '')}"
    return {"Proxy-Authorization": f"Basic {b64encode(told.encode()).decode()}"}
