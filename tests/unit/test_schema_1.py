"""Evidence of schema 1 is read as it always was: each of its sentences has its cause, and a report comes out the same.

``vectors/schema-1`` holds recordings and a journal as they were written when a sentence stood alone, and what they were
judged to then.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest

from labcheck import evidence
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
    Where,
)
from labcheck.journal import Journal
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import SCHEMA, Log, Look
from labcheck.report import Report
from labcheck.schema_1 import LONGEST, TABLE, cause
from tests.support.logs import moments
from tests.support.places import VECTORS

OLD = VECTORS / "schema-1"
JUDGED = msgspec.json.decode((OLD / "judged.json").read_bytes())
SAID: dict[str, Cause] = {
    "Nobody looked at that.": NotAsked(),
    "Nobody has looked yet.": NotAsked(),
    "The Docker engine is asked no more.": Cancelled(),
    "a:1 sends everybody to b:2 first, for permission. b:2 did not answer within 10 s.": NoToken(),
    "The Docker engine answered with an error (500: write /var/x: no space left on device).": DiskFull(),
    "The Docker engine answered with an error (502).": ServerError(502),
    "The Docker engine answered with an error (500: it is so).": ServerError(500),
    "You may not talk to the Docker engine: only root and the group docker may use /run/docker.sock.": (
        PermissionDenied(Where("/run/docker.sock"))
    ),
    "The Docker engine is not running: there is no /run/my own.sock, where DOCKER_HOST points.": (
        EngineNotRunning(Where("/run/my own.sock", variable="DOCKER_HOST"))
    ),
    "The Docker engine is not running: nothing answers at tcp://10.0.0.1:2375, where the Docker context work points.": (
        EngineNotRunning(Where("tcp://10.0.0.1:2375", context="work"))
    ),
    "The Docker engine cannot be reached at ssh://far.example, where DOCKER_HOST points.": (
        EngineUnreachable(Where("ssh://far.example", variable="DOCKER_HOST"))
    ),
    "There is no Docker engine at tcp://localhost:8080, where DOCKER_HOST points: something else answers.": (
        NotAnEngine(Where("tcp://localhost:8080", variable="DOCKER_HOST"))
    ),
    "There is no Docker engine at /var/run/docker.sock: something else answers.": (
        NotAnEngine(Where("/var/run/docker.sock"))
    ),
    "What answers in the place of the Docker engine is none.": NotAnEngine(),
    "labcheck cannot talk to a Docker engine at carrier-pigeon://roof, where DOCKER_HOST points.": NotAnEngine(),
    "The Docker engine does not say what it is.": NotAnEngine(),
    "This Docker engine is too old: labcheck needs Docker 20.10 or newer.": EngineTooOld(),
    "The Docker engine and labcheck have no version of Docker's API in common.": NoCommonApi(),
    "The Docker context work is chosen, but there is none of that name.": ContextNotFound("work"),
    "The Docker context work cannot be read.": ContextUnreadable("work"),
    "DOCKER_CERT_PATH does not lead to the certificates that the Docker engine wants.": CertificatesNotFound(),
    "DOCKER_TLS_VERIFY is set, but there are no certificates for it.": CertificatesNotFound(),
    "The Docker engine did not answer within 3 s.": TimedOut(3),
    "localhost:5000 did not answer within 1.5 s.": TimedOut(1.5),
    "No machine is known by the name of registry.invalid:5000.": HostNotFound(),
    "far.example cannot be reached: Network is unreachable.": Unreachable(),
    "far.example has no address that can be asked.": InvalidAddress(),
    "ftp://far.example is no address that can be asked.": InvalidAddress(),
    "Nothing answers at localhost:5000.": ConnectionRefused(),
    "localhost:5000 broke the connection off without an answer.": Disconnected(),
    "The Docker engine broke the connection off.": Disconnected(),
    "The Docker engine broke off in the middle of its answer.": IncompleteAnswer(),
    "localhost:5000 broke off in the middle of its answer.": IncompleteAnswer(),
    "The Docker engine broke off in the middle of its events.": IncompleteAnswer(),
    "172.17.0.1:5000 does not speak HTTPS.": NotTls(),
    "The certificate of far.example is not trusted: it was made for another name.": UntrustedCertificate(),
    "The certificate of far.example is not trusted: it is not valid yet, or this machine's clock is slow.": (
        CertificateNotYetValid()
    ),
    "What answers at localhost:5000 does not speak HTTP.": NotHttp(),
    "localhost:5000 sends us in circles, from one address to the next.": RedirectLoop(),
    "localhost:5000 sends us in circles, from one page to the next.": RedirectLoop(),
    "localhost:5000 asks for a password.": Unauthorized(),
    "a:1 shows this only to those whom it knows: it asks for a password.": Unauthorized(),
    "localhost:5000 does not let us look (HTTP status 403).": Forbidden(),
    "a:1 asks us to slow down: too many requests.": TooManyRequests(),
    "a:1 asks us to slow down: too many requests, and to come back in 1 second.": TooManyRequests(),
    "localhost:5000 is in trouble itself: it answers with an error (503).": ServerError(503),
    "localhost:5000 does not answer as a registry does (HTTP status 404).": NotARegistry(404),
    "What answers at localhost:5000 is no registry (HTTP status 403).": NotARegistry(403),
    "localhost:5000 gave an answer that labcheck does not understand (HTTP status 418).": UnexpectedAnswer(),
    "The Docker engine gave an answer that labcheck does not understand.": UnexpectedAnswer(),
    "labcheck could not make sense of the answer (KeyError).": UnexpectedAnswer(),
    "The Docker engine sent an event that labcheck does not understand.": UnexpectedAnswer(),
    "a:1 says that its next page is somewhere else, at b:2.": UnexpectedAnswer(),
    "The Docker engine sent more than 32 MiB for one answer.": AnswerTooLarge(),
    "a:1 lists more than labcheck reads (100 pages).": AnswerTooLarge(),
    "a:1 lists more under one name than labcheck reads.": AnswerTooLarge(),
    "The Docker engine sent an event without an end.": AnswerTooLarge(),
    "localhost:5000 holds httpd in a format that labcheck does not read.": UnsupportedFormat(),
    "localhost:5000 sent other bytes than their digest says.": DigestMismatch(),
    "Nginx:latest is no image reference.": InvalidReference(),
    "The rain in Spain.": Unspecified(),
    "": Unspecified(),
}
"""Each sentence that was ever recorded, or could have been."""


def told(report: Report) -> list[object]:
    """How each step and each check of a report stands, and what it is called."""
    return [[step.outcome, step.state, [[it.outcome, it.diagnosis] for it in step.checks]] for step in report.steps]


def read(name: str) -> Log:
    data = (OLD / f"{name}.json").read_bytes()
    assert json.loads(data)["schema"] == 1
    return evidence.decode(data)


@pytest.mark.parametrize("sentence", SAID)
def test_a_sentence_has_its_cause(sentence: str) -> None:
    assert cause(sentence) == SAID[sentence]


def test_every_row_of_the_table_is_the_first_that_fits_some_sentence() -> None:
    kinds = {kind for kind, _ in TABLE}
    assert kinds == {type(cause) for cause in SAID.values()} - {Unspecified}


def test_a_stranger_s_endless_sentence_takes_no_time() -> None:
    assert cause("a sends everybody to " * LONGEST) == Unspecified()


@pytest.mark.parametrize("name", JUDGED)
def test_an_old_recording_is_judged_as_it_was_then(name: str) -> None:
    log = read(name)
    assert [told(judge(load(log.lab), moment)) for moment in moments(log)] == JUDGED[name]


@pytest.mark.parametrize("name", JUDGED)
def test_an_old_recording_is_written_with_causes(name: str) -> None:
    data = evidence.encode(read(name))
    assert json.loads(data)["schema"] == SCHEMA
    assert evidence.decode(data) == read(name)
    written = [answer for entry in json.loads(data)["entries"] for answer in entry.get("answers", ())]
    assert all(("unknown" in answer) == ("cause" in answer) for answer in written)


@pytest.mark.parametrize("name", ["chosen-context-not-answering", "registry-listens-elsewhere"])
def test_an_old_journal_is_read_and_gone_on_with(name: str, tmp_path: Path) -> None:
    shutil.copy(OLD / "journal.db", tmp_path)
    log = read(name)
    with Journal(tmp_path / "journal.db") as journal:
        (head,) = (it for it in journal.attempts(log.lab) if it.began == log.began)
        assert journal.log(head).entries == log.entries
        last = log.looks[-1]
        assert log.entries[-1] == last
        journal.append(head, [msgspec.structs.replace(last, at=last.until + 1, until=last.until + 2)])
        *before, extended = journal.log(head).entries
    assert tuple(before) == log.entries[:-1], "what saw the same as the old build's look extends it"
    assert isinstance(extended, Look)
    assert (extended.at, extended.until, extended.snapshot) == (last.at, last.until + 2, last.snapshot)
