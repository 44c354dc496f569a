"""What the docker command says of a container: the name is taken, or unknown; options are misplaced."""

from __future__ import annotations

import re

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix


def _told_taken(match: re.Match[str]) -> Explanation:
    name = match["name"]
    return Explanation(
        f"There is a container called {name} already, perhaps a stopped one, and a name has one holder only. "
        "docker ps -a shows it.",
        Fix(
            (f"docker start {name}",),
            f"If you do not need the old one any more, remove it with docker rm -f -v {name} instead, "
            "and type your command again.",
        ),
    )


def _told_none(match: re.Match[str]) -> Explanation:
    return Explanation(
        f"There is no container called {match['name']}. Probably the name is mistyped, or it was removed.",
        Fix(advice="docker ps -a lists all. Type the command again, with a name from it."),
    )


def _told_unknown(match: re.Match[str]) -> Explanation:
    command = match["command"] or match["seen"]
    return Explanation(
        f"docker {command} has no option {match['option']}. Probably it is mistyped, or there is a space too many.",
        Fix(advice=f"docker {command} --help lists the options. Type the command again, with one of them."),
    )


def _told_options(_match: re.Match[str]) -> Explanation:
    return Explanation(
        "Options stand behind the image's name, so they went to the registry inside the container, not to Docker.",
        Fix(
            advice="Type the command again, with the image's name last: "
            "docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "container-name-taken",
        "An old container has the name.",
        message=re.compile(r'Conflict\. The container name "/(?P<name>[^"]+)" is already in use'),
        told=_told_taken,
    ),
    Diagnosis(
        "no-such-container",
        "There is no container of that name.",
        message=re.compile(r"No such container: (?P<name>\S+)"),
        told=_told_none,
    ),
    Diagnosis(
        "options-after-image",
        "Options of docker run stand behind the image's name.",
        message=re.compile(
            r'unknown command "[^"]*" for "registry"'
            r"|unknown (?:shorthand )?flag: [^\n]*\nUsage:\n +registry "
        ),
        told=_told_options,
    ),
    Diagnosis(
        "unknown-option",
        "The docker command has no such option.",
        message=re.compile(
            r"unknown (?:shorthand )?flag: (?:'\w' in )?(?P<option>-\S+)\s+"
            r"(?:Usage: +docker (?P<command>[a-z ]+?) +\[|See 'docker (?P<seen>[a-z ]+?) --help')"
        ),
        told=_told_unknown,
    ),
)
