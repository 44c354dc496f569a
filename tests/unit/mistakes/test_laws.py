"""Two laws of every explanation, held over all that was recorded, reported or written down of other wordings.

It speaks only of addresses and names that are in the message, or in what was seen. And what it says to stop, to remove
or to overwrite needs certainty: where its reason is only probable, it says no more than to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from labcheck.judge import judge
from labcheck.mistake import explain
from labcheck.mistake.page import Page
from labcheck.verdict import Explanation, Fix
from tests.support import recorded
from tests.support.asked import PAGES
from tests.support.logs import own
from tests.support.said import addresses, commands, is_hedged, operands, taken_away, text
from tests.unit.mistakes.test_other_wordings import MISSES, WORDINGS
from tests.unit.mistakes.test_reported import REPORTED

MESSAGES = {f"recorded: {name}": recorded.message(name) for name in recorded.MESSAGES}
MESSAGES |= {f"wording: {it['of']}": it["said"] for it in (*WORDINGS, *MISSES)}
MESSAGES |= {f"reported: {it['id']}": it["said"] for it in REPORTED}
EVERYWHERE = {
    "docker.io": "Docker Hub",
    "hub.docker.com": "its website",
    "status.docker.com": "its state",
    "localhost": "this computer",
    "127.0.0.1": "this computer",
    "0.0.0.0": "all addresses of this computer",  # noqa: S104 - nothing is bound to it
    "linux/amd64": "the usual platform",
    "htpasswd": "the program that makes password files",
    "httpd:2": "the image that has it",
    "default": "docker's own context",
    "me": "a user that the command itself creates",
    "secret": "and that user's password",
    "5000:5000": "the registry's own port, published",
    "8080:80": "a web server's own port, published",
}
"""What is the same on all machines, so that it may be named to everybody."""


def foreign(it: Explanation, known: str) -> list[str]:
    """The addresses and names in it that come from nowhere."""
    named = [*addresses(text(it)), *(name for command in commands(it) for name in operands(command))]
    return [name for name in named if name not in EVERYWHERE and not _is_made_of(name, known)]


def _is_made_of(name: str, known: str) -> bool:
    """Whether all parts of the name are known: a port may be published at another address, a name get another tag."""
    return name in known or all(part in known or part in EVERYWHERE for part in re.split(r"[/:=@]|\]|\[", name))


def rash(it: Explanation) -> list[str]:
    """What it says to take away, although its reason is only probable."""
    return taken_away(it) if is_hedged(it) else []


@pytest.mark.parametrize("said", MESSAGES)
def test_an_explanation_of_a_message_keeps_both(said: str) -> None:
    found = explain(MESSAGES[said])
    if found:
        assert foreign(found[1], MESSAGES[said]) == [], text(found[1])
        assert rash(found[1]) == [], text(found[1])


def explanations(name: str) -> Iterator[Explanation]:
    """How each check of a recording is explained, in the course's own engine and in a learner's."""
    for log in (recorded.log(name), own(recorded.log(name))):
        for step in judge(recorded.lab(name), log).steps:
            yield from (Explanation(check.why, check.fix) for check in step.checks if check.diagnosis)


@pytest.mark.parametrize("name", recorded.ATTEMPTS)
def test_an_explanation_of_what_was_seen_keeps_both(name: str) -> None:
    known = recorded.ATTEMPTS[name].read_text(encoding="utf-8") + repr(recorded.lab(name))
    for it in explanations(name):
        assert foreign(it, known) == [], text(it)
        assert rash(it) == [], text(it)


@pytest.mark.parametrize("page", PAGES, ids=lambda it: it.name)
def test_each_case_of_a_page_keeps_both_whether_or_not_a_message_of_ours_comes_to_it(page: Page) -> None:
    for case in (*(case for saying in page.sayings for case in saying.cases), *page.evidence):
        it = Explanation(case.why, Fix(tuple(case.type.splitlines()), case.advice))
        assert foreign(it, " ".join(f"{{{name}}}" for name in case.needs)) == [], text(it)
        assert rash(it) == [], text(it)


@pytest.mark.parametrize(
    ("why", "fix", "is_broken"),
    [
        ("{here} is stopped.", Fix(("docker start web",)), False),
        ("Something else is.", Fix(("docker start other",)), True),
        ("It is at other.example:5000.", Fix(), True),
        ("It is at localhost:5000.", Fix(), False),
        ("It is at localhost:5001.", Fix(), True),
        ("It is probably old.", Fix(("docker rm -f web",)), True),
        ("It is old.", Fix(("docker rm -f web",)), False),
        ("Perhaps it is old.", Fix(advice="See it:\n    docker ps -a"), False),
        ("Perhaps it is old.", Fix(advice="Type docker stop NAME, then go on."), True),
        ("Maybe it is full.", Fix(advice="Make room:\n    docker image prune -a"), True),
        ("Maybe it is wrong.", Fix(("echo '{}' > /etc/docker/daemon.json",)), True),
        ("Maybe it is wrong.", Fix(("mv web other",)), True),
        ("Maybe it is wrong.", Fix(("docker run --rm web",)), False),
    ],
)
def test_a_breach_is_found(why: str, fix: Fix, is_broken: bool) -> None:  # noqa: FBT001 - a case
    it = Explanation(why, fix)
    known = 'the container web of localhost, port 5000, {"name": "daemon.json"}'
    assert bool(foreign(it, known) or rash(it)) is is_broken
