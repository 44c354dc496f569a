"""Evidence of schema 1 gives only a sentence for what could not be seen. Each sentence has one cause.

The table is frozen: it has the sentences that were written before causes were added, and no later ones.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

import msgspec

from labcheck.cause import (
    AnswerTooLarge,
    Cancelled,
    Cause,
    CertificateNotYetValid,
    CertificatesNotFound,
    ConnectionRefused,
    ContextNotFound,
    ContextUnreadable,
    DigestMismatch,
    Disconnected,
    DiskFull,
    EngineNotRunning,
    EngineTooOld,
    EngineUnreachable,
    Forbidden,
    HostNotFound,
    IncompleteAnswer,
    InvalidAddress,
    InvalidReference,
    NoCommonApi,
    NotAnEngine,
    NotARegistry,
    NotAsked,
    NotHttp,
    NoToken,
    NotTls,
    PermissionDenied,
    RedirectLoop,
    ServerError,
    TimedOut,
    TooManyRequests,
    Unauthorized,
    UnexpectedAnswer,
    Unreachable,
    Unspecified,
    UnsupportedFormat,
    UntrustedCertificate,
)
from labcheck.ready import ready

LONGEST = 1000
"""The most characters of a sentence; labcheck wrote none that is longer."""
WHERE = r"(?P<place>.+?)(?:, where (?:(?P<variable>DOCKER_HOST)|the Docker context (?P<context>\S+)) points)?"
ENGINE = r"The Docker engine"
STATUS = r"\(HTTP status (?P<status>\d{1,3})\)"

TABLE: Final[tuple[tuple[type[Cause], str], ...]] = (
    (NotAsked, r"Nobody (?:looked at that|has looked yet)\."),
    (Cancelled, rf"{ENGINE} is asked no more\."),
    # The first match counts: these two contain another sentence, or another program's words.
    (NoToken, r".+ sends everybody to .+ first, for permission\. .+"),
    (DiskFull, rf"{ENGINE} answered with an error \(\d+: .*no space left.*\)\."),
    (ServerError, rf"{ENGINE} answered with an error \((?P<status>\d{{1,3}})(?:: .*)?\)\."),
    (PermissionDenied, rf"You may not talk to the Docker engine: only root and the group docker may use {WHERE}\."),
    (EngineNotRunning, rf"{ENGINE} is not running: (?:there is no|nothing answers at) {WHERE}\."),
    (EngineUnreachable, rf"{ENGINE} cannot be reached at {WHERE}\."),
    (NotAnEngine, rf"There is no Docker engine at {WHERE}: something else answers\."),
    (NotAnEngine, r"What answers in the place of the Docker engine is none\."),
    (NotAnEngine, r"labcheck cannot talk to a Docker engine at .+\."),
    (NotAnEngine, rf"{ENGINE} does not say what it is\."),
    (EngineTooOld, r"This Docker engine is too old: labcheck needs Docker [\d.]+ or newer\."),
    (NoCommonApi, rf"{ENGINE} and labcheck have no version of Docker's API in common\."),
    (ContextNotFound, r"The Docker context (?P<name>\S+) is chosen, but there is none of that name\."),
    (ContextUnreadable, r"The Docker context (?P<name>\S+) cannot be read\."),
    (CertificatesNotFound, r"DOCKER_CERT_PATH does not lead to the certificates that the Docker engine wants\."),
    (CertificatesNotFound, r"DOCKER_TLS_VERIFY is set, but there are no certificates for it\."),
    (TimedOut, r".+ did not answer within (?P<seconds>\d[\d.e+-]*) s\."),
    (HostNotFound, r"No machine is known by the name of .+\."),
    (Unreachable, r".+ cannot be reached: .+\."),
    (InvalidAddress, r".+ (?:has no address|is no address) that can be asked\."),
    (ConnectionRefused, r"Nothing answers at .+\."),
    (Disconnected, rf".+ broke the connection off without an answer\.|{ENGINE} broke the connection off\."),
    (IncompleteAnswer, r".+ broke off in the middle of its (?:answer|events)\."),
    (NotTls, r".+ does not speak HTTPS\."),
    (CertificateNotYetValid, r"The certificate of .+ is not trusted: it is not valid yet, .+\."),
    (UntrustedCertificate, r"The certificate of .+ is not trusted: .+\."),
    (NotHttp, r"What answers at .+ does not speak HTTP\."),
    (RedirectLoop, r".+ sends us in circles, from one (?:address|page) to the next\."),
    (Unauthorized, r".+ (?:shows this only to those whom it knows: it )?asks for a password\."),
    (Forbidden, r".+ does not let us look \(HTTP status 403\)\."),
    (TooManyRequests, r".+ asks us to slow down: too many requests(?:, and to come back in \d+ seconds?)?\."),
    (ServerError, r".+ is in trouble itself: it answers with an error \((?P<status>\d{1,3})\)\."),
    (NotARegistry, rf".+ does not answer as a registry does {STATUS}\."),
    (NotARegistry, rf"What answers at .+ is no registry {STATUS}\."),
    (UnexpectedAnswer, r".+ gave an answer that labcheck does not understand(?: \(HTTP status \d+\))?\."),
    (UnexpectedAnswer, r"labcheck could not make sense of the answer \(\w+\)\."),
    (UnexpectedAnswer, rf"{ENGINE} sent an event that labcheck does not understand\."),
    (UnexpectedAnswer, r".+ says that its next page is somewhere else, at .+\."),
    (AnswerTooLarge, r".+ sent more than \d+ MiB for one answer\."),
    (AnswerTooLarge, r".+ lists more (?:under one name )?than labcheck reads(?: \(\d+ pages\))?\."),
    (AnswerTooLarge, rf"{ENGINE} sent an event without an end\."),
    (UnsupportedFormat, r".+ holds .+ in a format that labcheck does not read\."),
    (DigestMismatch, r".+ sent other bytes than their digest says\."),
    (InvalidReference, r".+ is no image reference\."),
)


@lru_cache(256)
def cause(sentence: str) -> Cause:
    """The cause that this sentence states."""
    if len(sentence) <= LONGEST:
        for kind, pattern in TABLE:
            if match := re.fullmatch(pattern, sentence):
                said = {name: value for name, value in match.groupdict().items() if value is not None}
                return msgspec.convert({"where": said} if "place" in said else said, ready(kind), strict=False)
    return Unspecified()
