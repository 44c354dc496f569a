"""What a registry's reply means: whether a registry answered at all, its error codes, and why it is not an answer.

A registry is recognised by what it says, never by the status alone: on macOS another program answers 403 on port 5000.
"""

from __future__ import annotations

import re

from labcheck.cause import Forbidden, NotARegistry, ServerError, TooManyRequests, Unauthorized, UnexpectedAnswer
from labcheck.document import items, text, whole
from labcheck.observe.http.client import Reply
from labcheck.observe.registry.challenge import challenges
from labcheck.observe.trouble import CannotLook
from labcheck.oci import parsed

PLAIN_HTTP_TO_TLS = rb"(?i)HTTP request (was sent )?to (an )?HTTPS"
OK, UNAUTHORISED, FORBIDDEN, NOT_FOUND, TOO_MANY = 200, 401, 403, 404, 429
SERVER_ERROR = 500


def is_passing(status: int) -> bool:
    """Whether the status says nothing about what is there: the server has failed, or asks us to wait."""
    return status >= SERVER_ERROR or status == TOO_MANY


def is_registry(reply: Reply) -> bool:
    """Whether a registry answered: by its header, or by an error body in the specification's form."""
    return names_itself(reply) or bool(codes(reply))


def names_itself(reply: Reply) -> bool:
    """Whether the reply has the header that a registry gives to every answer."""
    return bool(reply.header("Docker-Distribution-Api-Version"))


def greets(reply: Reply) -> bool:
    """Whether a registry answered the ping: by asking for a token or with an empty object, too.

    The header is optional (distribution-spec). Any web server may ask for a password (Basic), but only a registry asks
    for a token.
    """
    asks = reply.status == UNAUTHORISED and any(one.scheme == "bearer" for one in challenges(reply.headers))
    return is_registry(reply) or asks or (reply.status == OK and reply.body.strip() == b"{}")


def codes(reply: Reply) -> frozenset[str]:
    """The specification's error codes in the body, for instance ``NAME_UNKNOWN``."""
    return frozenset(code for error in items(parsed(reply.body), "errors") if (code := text(error, "code")))


def says_accept(reply: Reply) -> bool:
    """Whether "unknown" only means that the registry has it in a format that we did not accept."""
    return any("accept header" in text(error, "message") for error in items(parsed(reply.body), "errors"))


def wants_tls(reply: Reply) -> bool:
    """Whether the server says that it was asked in HTTP but speaks HTTPS."""
    return reply.status == 400 and bool(re.search(PLAIN_HTTP_TO_TLS, reply.body))  # noqa: PLR2004 - HTTP's "bad request"


def refusal(domain: str, reply: Reply) -> CannotLook:
    """Why this reply is not an answer."""
    status = reply.status
    if status == TOO_MANY:
        wait = whole(reply.header("Retry-After"))
        again = f", and to come back in {wait} second{'s' if wait != 1 else ''}" if wait else ""
        return CannotLook(f"{domain} asks us to slow down: too many requests{again}.", TooManyRequests())
    if status >= SERVER_ERROR:
        sentence = f"{domain} has a problem of its own: it answers with an error ({status})."
        return CannotLook(sentence, ServerError(status))
    if not is_registry(reply) and status != UNAUTHORISED:
        sentence = f"{domain} does not answer as a registry does (HTTP status {status})."
        return CannotLook(sentence, NotARegistry(status))
    if status == UNAUTHORISED:
        return CannotLook(f"{domain} asks for a password.", Unauthorized())
    if status == FORBIDDEN:
        return CannotLook(f"{domain} does not let us look (HTTP status {status}).", Forbidden())
    sentence = f"{domain} gave an answer that labcheck does not understand (HTTP status {status})."
    return CannotLook(sentence, UnexpectedAnswer())
