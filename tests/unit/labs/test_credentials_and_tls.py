"""The lesson on credentials and TLS, from a recording of its own solution: no secret in it, wrong answers explained."""

from __future__ import annotations

import re

import pytest

from labcheck import evidence
from labcheck.judge import judge
from labcheck.lab import load
from labcheck.log import Answered, Log, Look
from labcheck.query import LoginList
from labcheck.snapshot import Found
from tests.support.places import VECTORS

LAB = load("credentials-and-tls")
TEXT = (VECTORS / "solved-credentials-and-tls.json").read_bytes()
SOLVED = evidence.decode(TEXT)


def told(step: str, answer: str) -> str:
    """How this answer to the question is explained; ``right`` if it is."""
    end = next(at for at, it in enumerate(SOLVED.entries) if isinstance(it, Answered) and it.step == step)
    entries = SOLVED.entries[:end]
    given = Answered(Log(SOLVED.lab, SOLVED.began, entries).looks[-1].until, step, answer)
    report = judge(LAB, Log(SOLVED.lab, SOLVED.began, (*entries, given), SOLVED.engine, SOLVED.attempt)).step(step)
    return report.trouble.why if report.trouble else "right" if report.done else ""


def test_while_docker_had_a_login_the_evidence_had_only_the_registrys_name() -> None:
    looks = [entry for entry in SOLVED.entries if isinstance(entry, Look)]
    seen = [found.value for it in looks if isinstance(found := it.snapshot.ask(LoginList()), Found)]
    assert {logins.registries for logins in seen} == {(), ("registry.test:5443",)}
    assert not re.search(rb"\$2y\$|[Aa]uthorization|YWRhO|BEGIN", TEXT)  # a hash, a login's base64, a key


@pytest.mark.parametrize(
    ("step", "answer", "says"),
    [
        ("certificate-names", "registry.test", "right"),
        ("certificate-names", "registry.test:5443", "without a port"),
        ("certificate-names", "localhost", "does not say so"),
        ("certificate-names", "registry.test, localhost", "names only one"),
        ("certificate-names", "CN=registry.test", "no longer counts"),
        ("certificate-names", "DNS:registry.test", "Type the name alone"),
        ("insecure", "accepts", "right"),
        ("insecure", "encrypts", "nothing is encrypted"),
        ("insecure", "registry", "setting of the engine"),
        ("insecure", "password", "pretends to be"),
        ("readable", "whoever-reads", "right"),
        ("readable", "nobody", "stores the password itself"),
        ("readable", "docker", "There is no key"),
        ("two-names", "as-typed", "right"),
        ("two-names", "another", "same container"),
        ("two-names", "certificate", "does not verify"),
        ("two-names", "expired", "until docker logout"),
    ],
)
def test_likely_wrong_answers_are_explained(step: str, answer: str, says: str) -> None:
    assert says in told(step, answer)
