"""Asking a registry: who answers, what it lists. The OCI distribution API, as real registries speak it.

A registry is recognised by its own words, never by a status alone: on macOS another program answers 403 on port 5000.
"We found none" is said only where the registry itself says so, with the error code the specification gives it.

Source: opencontainers/distribution-spec; for the catalog, which is not in it, distribution's docs/content/spec/api.md.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

from labcheck.document import Document, items, text, texts, whole
from labcheck.observe.bearer import anonymous, token_address
from labcheck.observe.challenge import challenges
from labcheck.observe.request import MEBIBYTE, Reply, Requests, is_loopback, joined, split, who
from labcheck.observe.trouble import Broken, CannotLook, NobodyThere, NoTLS, Stranger
from labcheck.oci import parsed
from labcheck.reference import HUB
from labcheck.snapshot import Absent, Evidence, Found

PAUSES: Final = (0.05, 0.1, 0.2, 0.4)
"""docker-proxy accepts a connection a moment before the registry behind it does, and then resets it."""
MOST_PAGES = 100
API_HOSTS = {HUB: "registry-1.docker.io"}
PLAIN_HTTP_TO_TLS = rb"(?i)HTTP request (was sent )?to (an )?HTTPS"
NEXT_PAGE = r'(?i)<([^>]*)>\s*;[^,<]*\brel="?next\b'


class Registry:
    """The registry at one domain, for one look; ``schemes`` remembers from look to look what it spoke."""

    def __init__(self, domain: str, requests: Requests, schemes: MutableMapping[str, str]) -> None:
        self.domain = domain
        self._requests = requests
        self._schemes = schemes
        self._token = ""

    def ping(self) -> Evidence[Document]:
        """Who answers here."""
        try:
            reply = self._ask("GET", "/v2/", "*/*", MEBIBYTE)
        except NobodyThere:
            return Absent()
        except Stranger:
            return Found({"registry": False, "status": 0, "server": ""})
        if is_passing(reply.status):
            raise self.trouble(reply)
        return Found(
            {"registry": greets(reply), "status": reply.status, "server": reply.header("Server")[:100]},
        )

    def catalog(self) -> Evidence[Document]:
        """The repositories it lists."""
        repositories = {name for page in self._pages("/v2/_catalog", "repositories") for name in page}
        return Found({"repositories": sorted(repositories)})

    def tags(self, repository: str) -> Evidence[Document]:
        """The tags of a repository; absent if the registry does not know it."""
        try:
            pages = self._pages(f"/v2/{quote(repository)}/tags/list", "tags")
            return Found({"tags": sorted({name for page in pages for name in page})})
        except _NameUnknown:
            return Absent()

    def ask(self, method: str, target: str, *, accept: str = "*/*", limit: int = MEBIBYTE) -> Reply:
        """One request, and where a token is wanted that everybody gets, once more with it."""
        reply = self._ask(method, target, accept, limit)
        if reply.status != UNAUTHORISED or self._token or not (address := self._token_address(reply)):
            return reply
        try:
            self._token = anonymous(address, self._ask_for_token)
        except CannotLook as trouble:
            sent = f"{self.domain} sends everybody to {who(split(address))} first, for permission."
            raise CannotLook(f"{sent} {trouble}") from None
        return self._ask(method, target, accept, limit) if self._token else reply

    def trouble(self, reply: Reply) -> CannotLook:
        """Why this reply is no answer."""
        is_known = self._token or any(one.says_too_little for one in challenges(reply.headers))
        if reply.status == UNAUTHORISED and is_known:
            return CannotLook(f"{self.domain} shows this only to those whom it knows: it asks for a password.")
        return CannotLook(_reason(self.domain, reply))

    def _ask(self, method: str, target: str, accept: str, limit: int) -> Reply:
        """One request, over whichever of HTTP and HTTPS answers; tried again for a moment if it breaks."""
        trouble: CannotLook | None = None
        for scheme in self._order():
            url = f"{scheme}://{self._host}{target}"
            try:
                reply = self._send(method, url, accept, limit, pauses=() if trouble else PAUSES)
            except (NobodyThere, Broken, NoTLS, Stranger) as error:
                trouble = trouble or error
                continue
            if scheme == "http" and _wants_tls(reply):
                trouble = trouble or self.trouble(reply)
                continue
            self._schemes[self.domain] = scheme
            return reply
        raise trouble or NoTLS(f"{self.domain} does not speak HTTPS.")

    def _send(self, method: str, url: str, accept: str, limit: int, pauses: Sequence[float]) -> Reply:
        for pause in pauses:
            try:
                return self._requests.send(method, url, accept=accept, limit=limit, token=self._token)
            except Broken:
                time.sleep(min(pause, self._requests.deadline.left))
        return self._requests.send(method, url, accept=accept, limit=limit, token=self._token)

    def _token_address(self, reply: Reply) -> str:
        return token_address(challenges(reply.headers), is_here=self._is_here)

    def _ask_for_token(self, address: str) -> Reply:
        reply = self._send("GET", address, "*/*", MEBIBYTE, PAUSES)
        if is_passing(reply.status):
            raise CannotLook(_reason(who(split(address)), reply))
        return reply

    @property
    def _is_here(self) -> bool:
        return is_loopback(split(f"http://{self._host}").hostname or "")

    def _order(self) -> list[str]:
        """HTTP is for this very machine only, as with Docker."""
        if not self._is_here:
            return ["https"]
        return sorted(("http", "https"), key=lambda scheme: scheme != self._schemes.get(self.domain, "http"))

    @property
    def _host(self) -> str:
        return API_HOSTS.get(self.domain, self.domain)

    def _pages(self, target: str, key: str) -> Iterator[tuple[str, ...]]:
        """Each page's names; the ``Link`` header alone says whether there is another page."""
        seen: set[str] = set()
        while target not in seen:
            if len(seen) == MOST_PAGES:
                raise CannotLook(f"{self.domain} lists more than labcheck reads ({MOST_PAGES} pages).")
            seen.add(target)
            reply = self.ask("GET", target)
            document = parsed(reply.body)
            if reply.status == NOT_FOUND and "NAME_UNKNOWN" in codes(reply):
                raise _NameUnknown(_reason(self.domain, reply))
            if reply.status != OK or key not in document:
                raise self.trouble(reply)
            yield texts(document, key)
            header = reply.header("Link")
            link = re.search(NEXT_PAGE, header) if header else None
            if link is None:
                return
            target = self._local(joined(reply.url, link[1]))
        raise CannotLook(f"{self.domain} sends us in circles, from one page to the next.")

    def _local(self, url: str) -> str:
        parts = urlsplit(url)
        if parts.netloc != self._host:
            raise CannotLook(f"{self.domain} says that its next page is somewhere else, at {who(parts)}.")
        return f"{parts.path}?{parts.query}"


class _NameUnknown(CannotLook):
    """The registry says that it does not know the repository."""


OK, UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 200, 401, 403, 404, 429
SERVER_ERROR = 500


def is_passing(status: int) -> bool:
    """Whether the status says nothing about what is there: the server is in trouble, or asks us to wait."""
    return status >= SERVER_ERROR or status == TOO_MANY


def is_registry(reply: Reply) -> bool:
    """Whether a registry answered: by its header, or by an error body in the specification's form."""
    return bool(reply.header("Docker-Distribution-Api-Version")) or bool(codes(reply))


def greets(reply: Reply) -> bool:
    """Whether a registry answered to the question who is there: also by asking for a token, or with an empty object.

    The header is optional (distribution-spec). Any web server may ask for a password (Basic); only a registry's asking
    for a token says something.
    """
    asks = reply.status == UNAUTHORISED and any(one.scheme == "bearer" for one in challenges(reply.headers))
    return is_registry(reply) or asks or (reply.status == OK and reply.body.strip() == b"{}")


def codes(reply: Reply) -> frozenset[str]:
    """The specification's error codes in the body, for instance ``NAME_UNKNOWN``."""
    return frozenset(code for error in items(parsed(reply.body), "errors") if (code := text(error, "code")))


def says_accept(reply: Reply) -> bool:
    """Whether "unknown" only means that the registry has it in a format we did not name."""
    return any("accept header" in text(error, "message") for error in items(parsed(reply.body), "errors"))


def _wants_tls(reply: Reply) -> bool:
    return reply.status == 400 and bool(re.search(PLAIN_HTTP_TO_TLS, reply.body))  # noqa: PLR2004 - HTTP's "bad request"


def _reason(domain: str, reply: Reply) -> str:
    status = reply.status
    if status == TOO_MANY:
        wait = whole(reply.header("Retry-After"))
        again = f", and to come back in {wait} second{'s' if wait != 1 else ''}" if wait else ""
        return f"{domain} asks us to slow down: too many requests{again}."
    if status >= SERVER_ERROR:
        return f"{domain} is in trouble itself: it answers with an error ({status})."
    if not is_registry(reply) and status != UNAUTHORISED:
        return f"{domain} does not answer as a registry does (HTTP status {status})."
    if status == UNAUTHORISED:
        return f"{domain} asks for a password."
    if status == FORBIDDEN:
        return f"{domain} does not let us look (HTTP status {status})."
    return f"{domain} gave an answer that labcheck does not understand (HTTP status {status})."
