"""One registry: what answers, and what it lists. The OCI distribution API, as real registries implement it.

"Absent" is returned only if the registry itself says so, with the error code from the specification. What a reply means
is in :mod:`.replies`, how paged lists are followed in :mod:`.pages`.

Source: opencontainers/distribution-spec; for the catalog, which is not in it, distribution's docs/content/spec/api.md.
"""

from __future__ import annotations

import time
from collections.abc import MutableMapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import quote

from labcheck.cause import ConnectionRefused, Disconnected, NotAsked, NotHttp, NoToken, NotTls, Unauthorized
from labcheck.document import Document, texts
from labcheck.observe.http.address import is_loopback, split, who
from labcheck.observe.http.client import MEBIBYTE, Client, Reply
from labcheck.observe.registry.bearer import anonymous, token_address
from labcheck.observe.registry.challenge import challenges
from labcheck.observe.registry.link_pages import pages
from labcheck.observe.registry.replies import (
    NOT_FOUND,
    OK,
    UNAUTHORISED,
    codes,
    greets,
    is_passing,
    is_registry,
    names_itself,
    refusal,
    wants_tls,
)
from labcheck.observe.trouble import CannotLook
from labcheck.oci import parsed
from labcheck.reference import HUB, HUB_API
from labcheck.snapshot import Absent, Evidence, Found

PAUSES: Final = (0.05, 0.1, 0.2, 0.4)
"""docker-proxy accepts a connection a moment before the registry behind it does, and then resets it."""
OTHER_SCHEME: Final = (ConnectionRefused, Disconnected, NotTls, NotHttp)
"""After one of these errors the other of HTTP and HTTPS is worth a try."""
NOBODYS: Final = f"/v2/labcheck/manifests/sha256:{'0' * 64}"
"""A manifest that no registry has: no bytes are known that have this digest."""
REFUSES: Final = 405
API_HOSTS = {HUB: HUB_API}


class Registry:
    """The registry at one domain, for one look; ``schemes`` remembers between looks whether it spoke HTTP or HTTPS."""

    def __init__(self, domain: str, client: Client, schemes: MutableMapping[str, str]) -> None:
        self.domain = domain
        self._client = client
        self._schemes = schemes
        self._token = ""
        self.greeting: Document | None = None
        """What :meth:`ping` would return, if a list that needed no token has already shown it."""

    def ping(self) -> Evidence[Document]:
        """What answers here."""
        try:
            reply = self._ask("GET", "/v2/", "*/*", MEBIBYTE)
        except CannotLook as trouble:
            match trouble.cause:
                case ConnectionRefused():
                    return Absent()
                case NotHttp():
                    return Found({"registry": False, "status": 0, "server": ""})
            raise
        if is_passing(reply.status):
            raise self.trouble(reply)
        return Found(_greeting(reply))

    def catalog(self) -> Evidence[Document]:
        """The repositories it lists."""
        return Found({"repositories": self._names("/v2/_catalog", "repositories")})

    def tags(self, repository: str) -> Evidence[Document]:
        """The tags of a repository; absent if the registry does not know it."""
        try:
            return Found({"tags": self._names(f"/v2/{quote(repository)}/tags/list", "tags")})
        except _NameUnknown:
            return Absent()

    def deleting(self) -> Evidence[Document]:
        """Whether it would carry out a delete: what a delete of a manifest that nobody has is answered with.

        A registry that was not told to delete refuses before it looks (405, UNSUPPORTED), another one looks first (404,
        MANIFEST_UNKNOWN). No bytes are known that have this digest, so there is nothing to delete. Only a registry on
        this machine is asked.
        """
        if not self._is_here:
            sentence = f"labcheck asks only a registry on this machine whether it deletes, and not {self.domain}."
            raise CannotLook(sentence, NotAsked())
        reply = self.ask("DELETE", NOBODYS)
        if reply.status == REFUSES and is_registry(reply):
            return Found({"enabled": False})
        if reply.status == NOT_FOUND and codes(reply) & {"MANIFEST_UNKNOWN", "NAME_UNKNOWN", "BLOB_UNKNOWN"}:
            return Found({"enabled": True})
        raise self.trouble(reply)

    def ask(self, method: str, target: str, *, accept: str = "*/*", limit: int = MEBIBYTE) -> Reply:
        """Send a request, and once more with a token if the registry wants one that everybody can get."""
        reply = self._ask(method, target, accept, limit)
        if reply.status != UNAUTHORISED or self._token or not (address := self._token_address(reply)):
            return reply
        try:
            self._token = anonymous(address, self._ask_for_token)
        except CannotLook as trouble:
            sent = f"{self.domain} requires permission from {who(split(address))} first."
            raise CannotLook(f"{sent} {trouble}", NoToken()) from None
        return self._ask(method, target, accept, limit) if self._token else reply

    def trouble(self, reply: Reply) -> CannotLook:
        """Why this reply does not answer the query."""
        is_known = self._token or any(one.says_too_little for one in challenges(reply.headers))
        if reply.status == UNAUTHORISED and is_known:
            sentence = f"{self.domain} shows this only to users that it knows: it asks for a password."
            return CannotLook(sentence, Unauthorized())
        return refusal(self.domain, reply)

    def _ask(self, method: str, target: str, accept: str, limit: int) -> Reply:
        """Send a request over whichever of HTTP and HTTPS answers; retry for a moment if the connection fails."""
        trouble: CannotLook | None = None
        for scheme in self._order():
            url = f"{scheme}://{self.host}{target}"
            try:
                reply = self._send(method, url, accept, limit, pauses=() if trouble else PAUSES)
            except CannotLook as error:
                if not isinstance(error.cause, OTHER_SCHEME):
                    raise
                trouble = trouble or error
                if isinstance(error.cause, ConnectionRefused) and split(url).port is not None:
                    break  # it is one port for both, and nobody listens there
                continue
            if scheme == "http" and wants_tls(reply):
                trouble = trouble or self.trouble(reply)
                continue
            self._schemes[self.domain] = scheme
            return reply
        raise trouble or CannotLook(f"{self.domain} does not speak HTTPS.", NotTls())

    def _send(self, method: str, url: str, accept: str, limit: int, pauses: Sequence[float]) -> Reply:
        for pause in pauses:
            try:
                return self._client.send(method, url, accept=accept, limit=limit, token=self._token)
            except CannotLook as trouble:
                if not isinstance(trouble.cause, Disconnected):
                    raise
                time.sleep(min(pause, self._client.deadline.left))
        return self._client.send(method, url, accept=accept, limit=limit, token=self._token)

    def _token_address(self, reply: Reply) -> str:
        return token_address(challenges(reply.headers), is_here=self._is_here)

    def _ask_for_token(self, address: str) -> Reply:
        reply = self._send("GET", address, "*/*", MEBIBYTE, PAUSES)
        if is_passing(reply.status):
            raise refusal(who(split(address)), reply)
        return reply

    @property
    def _is_here(self) -> bool:
        return is_loopback(split(f"http://{self.host}").hostname or "")

    def _order(self) -> list[str]:
        """Plain HTTP is only for this machine, as with Docker."""
        if not self._is_here:
            return ["https"]
        return sorted(("http", "https"), key=lambda scheme: scheme != self._schemes.get(self.domain, "http"))

    @property
    def host(self) -> str:
        """The host of its API: Docker Hub's differs from the domain in the names of its images."""
        return API_HOSTS.get(self.domain, self.domain)

    def _names(self, target: str, key: str) -> list[str]:
        """All the names of a list, sorted, from all its pages."""
        names = set[str]()
        for reply in pages(target, partial(self.ask, "GET"), domain=self.domain, host=self.host):
            document = parsed(reply.body)
            if reply.status == NOT_FOUND and "NAME_UNKNOWN" in codes(reply):
                told = refusal(self.domain, reply)
                raise _NameUnknown(str(told), told.cause)
            if reply.status != OK or key not in document:
                raise self.trouble(reply)
            if names_itself(reply) and not self._token:
                self.greeting = _greeting(reply)
            names.update(texts(document, key))
        return sorted(names)


def _greeting(reply: Reply) -> Document:
    return {"registry": greets(reply), "status": reply.status, "server": reply.header("Server")[:100]}


class _NameUnknown(CannotLook):
    """The registry says that it does not know the repository."""
