"""Which engine is meant: the one that the ``docker`` command in a terminal would talk to.

The order is Docker's: ``DOCKER_HOST``, then ``DOCKER_CONTEXT``, then the context chosen with ``docker context use``,
then the default socket. Like ``docker``, it does not fall back if a context that is named does not exist.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labcheck.cause import CertificatesNotFound, ContextNotFound, ContextUnreadable, Where
from labcheck.loopback import is_local
from labcheck.observe.engine.contexts import contexts, current_context, is_made
from labcheck.observe.trouble import CannotLook

DEFAULT = "http+unix:///var/run/docker.sock"
"""Where an engine listens by default, as the SDK writes it."""
NETWORK = frozenset({"tcp", "http", "https", "ssh"})
"""How an engine is reached that may be on another machine."""


class Endpoint:
    """Where the engine is, and what chose it: an environment variable, a context of this name, or nothing.

    The SDK's options do not count when two are compared.
    """

    def __init__(
        self, address: str, variable: str = "", options: Mapping[str, Any] | None = None, *, context: str = ""
    ) -> None:
        self.address = address
        self.variable = variable
        self.context = context
        self.options = options or {}
        """The options of the SDK's client."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Endpoint) and (self.address, self.where) == (other.address, other.where)

    def __hash__(self) -> int:
        return hash((self.address, self.where))

    @property
    def socket(self) -> str:
        """The path of the engine's socket, or the empty string if it is reached otherwise."""
        scheme, _, path = self.address.removeprefix("http+").partition("://")
        return "/" + path.lstrip("/") if scheme == "unix" else ""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is on another machine, whose ``localhost`` is not ours."""
        scheme, _, rest = self.address.partition("://")
        if scheme not in NETWORK:
            return False
        from urllib.parse import urlsplit  # noqa: PLC0415 - most engines are reached over a socket

        return not is_local(urlsplit(f"//{rest}").hostname or "localhost")

    def socket_file(self) -> tuple[int, ...]:
        """Which file the socket is, with its rights as they are; empty where there is none.

        An engine that is stopped, or another one in its place, has another; so has one that was moved away.
        """
        try:
            found = Path(self.socket).stat() if self.socket else None
        except (OSError, ValueError):
            return ()
        return (found.st_dev, found.st_ino, found.st_ctime_ns) if found else ()

    @property
    def place(self) -> str:
        """For people: a path, or a host without the user name and password that may be in front of it."""
        scheme, mark, rest = self.address.partition("://")
        return self.socket or f"{scheme}{mark}{rest.rpartition('@')[2]}"

    @property
    def where(self) -> Where:
        """Where it is, in the form that a cause has: its place, and what chose it."""
        return Where(self.place, self.variable, self.context)

    @property
    def chosen_by(self) -> str:
        """What chose it, in words; the empty string if it is the default."""
        return self.where.chosen_by

    def __str__(self) -> str:
        """For instance ``/var/run/docker.sock, where DOCKER_HOST points``."""
        return str(self.where)


def endpoint() -> Endpoint:
    """The engine's endpoint at this moment; the learner may choose another one at any time."""
    return _plain() or _by_the_sdk()


def _plain() -> Endpoint | None:
    """The endpoint, if it is a socket on this machine: that does not need the SDK."""
    if any(os.environ.get(name) for name in ("DOCKER_TLS_VERIFY", "DOCKER_CERT_PATH")):
        return None
    if address := os.environ.get("DOCKER_HOST"):
        found = Endpoint(address, "DOCKER_HOST", {"base_url": address})
    elif (name := os.environ.get("DOCKER_CONTEXT") or current_context()) == "default":
        found = Endpoint(DEFAULT, options={"base_url": DEFAULT})
    else:
        address = dict(contexts()).get(name, "")
        found = Endpoint(address, options={"base_url": address}, context=name)
    return found if found.socket else None


def _by_the_sdk() -> Endpoint:
    """The endpoint, wherever it is, with its certificates, or the reason why there is none."""
    # Importing the SDK takes 0.1 s; only looks that need it should pay.
    from docker.context import ContextAPI  # noqa: PLC0415 - see above
    from docker.errors import DockerException  # noqa: PLC0415 - see above
    from docker.utils import kwargs_from_env  # noqa: PLC0415 - see above

    try:
        options = kwargs_from_env()
    except DockerException:
        if os.environ.get("DOCKER_CERT_PATH"):
            sentence = "DOCKER_CERT_PATH does not contain the certificates that the Docker engine needs."
        else:
            sentence = "DOCKER_TLS_VERIFY is set, but there are no certificates for it."
        raise CannotLook(sentence, CertificatesNotFound()) from None
    if "base_url" in options:
        return Endpoint(options["base_url"], "DOCKER_HOST", options)
    name = os.environ.get("DOCKER_CONTEXT") or current_context()
    if name == "default":
        return Endpoint(DEFAULT, options={**options, "base_url": DEFAULT})
    try:
        context = ContextAPI.get_context(name)
    except Exception:  # noqa: BLE001 - the SDK raises a bare Exception for a damaged file
        raise _no_context(name) from None
    known: dict[str, str] = dict(contexts()) if context is None else {}
    if name in known:
        return Endpoint(known[name], options={"base_url": known[name]}, context=name)
    if context is None:
        raise _no_context(name)
    found = ContextAPI.kwargs_from_context(name)
    return Endpoint(found.get("base_url", ""), options=found, context=name)


def _no_context(name: str) -> CannotLook:
    if is_made(name):
        return CannotLook(f"The Docker context {name} cannot be read.", ContextUnreadable(name))
    return CannotLook(f"The Docker context {name} is chosen, but there is none of that name.", ContextNotFound(name))
