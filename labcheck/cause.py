"""Why we could not look: a closed list of causes, each with what a diagnosis needs to know about it.

A cause stands beside a sentence (:class:`~labcheck.snapshot.Unknown`). Programs read the cause and people the sentence,
so a sentence may be improved without a diagnosis changing. A cause says nothing that its sentence does not say.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec


def _tag(name: str) -> str:
    """The name as written in evidence, like all names in our data: ``timed-out`` for ``TimedOut``."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")


class _Cause(msgspec.Struct, frozen=True, tag_field="kind", tag=_tag, omit_defaults=True, forbid_unknown_fields=True):
    """What all causes have in common."""


# There was no answer: we did not ask, or did not wait long enough.


class NotAsked(_Cause, frozen=True):
    """Nobody looked at that."""


class Cancelled(_Cause, frozen=True):
    """We ended the look ourselves."""


class TimedOut(_Cause, frozen=True):
    """There was no answer within this many seconds."""

    seconds: float


class Unspecified(_Cause, frozen=True):
    """An earlier labcheck recorded only a sentence, and it does not tell the cause."""


# Something went wrong with the connection before the answer was complete.


class HostNotFound(_Cause, frozen=True):
    """There is no machine of that name."""


class Unreachable(_Cause, frozen=True):
    """There is no route to that address from here."""


class InvalidAddress(_Cause, frozen=True):
    """This is not a valid address."""


class ConnectionRefused(_Cause, frozen=True):
    """Nothing listens at that address."""


class Disconnected(_Cause, frozen=True):
    """The other side accepted the connection, and closed it without an answer."""


class IncompleteAnswer(_Cause, frozen=True):
    """The other side closed the connection in the middle of its answer."""


class NotTls(_Cause, frozen=True):
    """Something answered, but not in HTTPS."""


class UntrustedCertificate(_Cause, frozen=True):
    """The other side showed a certificate that this machine does not trust."""


class CertificateNotYetValid(_Cause, frozen=True):
    """By this machine's clock the other side's certificate is not valid yet."""


class NotHttp(_Cause, frozen=True):
    """Something answered, but not in HTTP."""


class RedirectLoop(_Cause, frozen=True):
    """One address redirects to the next, endlessly."""


# There was an answer, but it does not tell us what we asked.


class Unauthorized(_Cause, frozen=True):
    """The other side asks for a password (HTTP status 401)."""


class Forbidden(_Cause, frozen=True):
    """The other side does not let us look (HTTP status 403)."""


class NoToken(_Cause, frozen=True):
    """The registry wants a token that another server gives to everybody, and that server did not give one."""


class TooManyRequests(_Cause, frozen=True):
    """The other side asks us to slow down (HTTP status 429)."""


class ServerError(_Cause, frozen=True):
    """The other side reports an error of its own, with this HTTP status."""

    status: int


class DiskFull(_Cause, frozen=True):
    """The other side has no room left on its disk."""


class UnexpectedAnswer(_Cause, frozen=True):
    """The answer is not one that labcheck understands."""


class AnswerTooLarge(_Cause, frozen=True):
    """The answer is longer than labcheck reads."""


class NotARegistry(_Cause, frozen=True):
    """Something answered, with this HTTP status, but not as a registry does."""

    status: int


class UnsupportedFormat(_Cause, frozen=True):
    """The registry holds it in a format that labcheck does not read."""


class DigestMismatch(_Cause, frozen=True):
    """The bytes that the registry sent do not match their digest."""


class InvalidReference(_Cause, frozen=True):
    """What was to be looked up is not an image reference."""


# The Docker engine.


class Where(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Where an engine is, and what chose it: an environment variable, a Docker context, or nothing."""

    place: str
    variable: str = ""
    context: str = ""

    @property
    def chosen_by(self) -> str:
        """What chose it, in words; the empty string if it is the default."""
        return f"the Docker context {self.context}" if self.context else self.variable

    def __str__(self) -> str:
        """For instance ``/var/run/docker.sock, where DOCKER_HOST points``."""
        return f"{self.place}, where {self.chosen_by} points" if self.chosen_by else self.place


class EngineNotRunning(_Cause, frozen=True):
    """Nothing listens where the engine should be."""

    where: Where


class EngineUnreachable(_Cause, frozen=True):
    """There is no route from here to where the engine should be."""

    where: Where


class PermissionDenied(_Cause, frozen=True):
    """The engine is there, but this user may not use it."""

    where: Where


class NotAnEngine(_Cause, frozen=True):
    """What answers in the engine's place is not a Docker engine; ``where`` it answers, if something certainly does."""

    where: Where | None = None


class EngineTooOld(_Cause, frozen=True):
    """The engine is older than labcheck can talk to."""


class NoCommonApi(_Cause, frozen=True):
    """The engine and labcheck have no version of Docker's API in common."""


class ContextNotFound(_Cause, frozen=True):
    """The Docker context of this name is chosen, but does not exist."""

    name: str


class ContextUnreadable(_Cause, frozen=True):
    """The Docker context of this name cannot be read."""

    name: str


class CertificatesNotFound(_Cause, frozen=True):
    """Certificates should be sent to the engine, but there are none."""


# This machine.


class NotSupported(_Cause, frozen=True):
    """This system does not provide that information."""


class NotInstalled(_Cause, frozen=True):
    """The program that would tell us is not installed, or does not run."""


class RootRequired(_Cause, frozen=True):
    """Only root can try that."""


class Unreadable(_Cause, frozen=True):
    """A file or folder on this machine cannot be read."""


Cause: TypeAlias = (
    NotAsked
    | Cancelled
    | TimedOut
    | Unspecified
    | HostNotFound
    | Unreachable
    | InvalidAddress
    | ConnectionRefused
    | Disconnected
    | IncompleteAnswer
    | NotTls
    | UntrustedCertificate
    | CertificateNotYetValid
    | NotHttp
    | RedirectLoop
    | Unauthorized
    | Forbidden
    | NoToken
    | TooManyRequests
    | ServerError
    | DiskFull
    | UnexpectedAnswer
    | AnswerTooLarge
    | NotARegistry
    | UnsupportedFormat
    | DigestMismatch
    | InvalidReference
    | EngineNotRunning
    | EngineUnreachable
    | PermissionDenied
    | NotAnEngine
    | EngineTooOld
    | NoCommonApi
    | ContextNotFound
    | ContextUnreadable
    | CertificatesNotFound
    | NotSupported
    | NotInstalled
    | RootRequired
    | Unreadable
)
