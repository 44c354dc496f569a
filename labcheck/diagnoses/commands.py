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
            "If you do not need the old one any more, remove it instead, then type your command again:\n"
            f"    docker rm -f -v {name}",
        ),
    )


def _told_invalid(match: re.Match[str]) -> Explanation:
    name = match["name"]
    if len(name) == 1:
        why = f"{name} is too short for a container's name: it needs two characters at least."
    else:
        why = (
            f"A container cannot be called {name}: only letters, digits, and - _ . are allowed, "
            "and the first must be a letter or a digit."
        )
    return Explanation(why, Fix(advice="Type the command again, with a name like my-registry."))


def _told_volume(match: re.Match[str]) -> Explanation:
    name = match["name"]
    if "/" in name or "\\" in name or name.startswith((".", "~")):
        return Explanation(
            f"{name} in front of the colon looks like a folder. Docker takes it for a volume's name, "
            "since a folder must be given with its whole path, from / on.",
            Fix(advice='Type the command again, with "$PWD/NAME" for a folder here, or a plain name for a volume.'),
        )
    return Explanation(
        f"A volume cannot be called {name}: only letters, digits, and - _ . are allowed.",
        Fix(advice="Type the command again, with a name like registry-data, or a folder's whole path, from / on."),
    )


def _told_none(match: re.Match[str]) -> Explanation:
    if match["what"] == "object":
        return Explanation(
            f"There is nothing called {match['name']} here, no container and no image. "
            "Probably the name is mistyped, or it was removed.",
            Fix(advice="docker ps -a lists all containers, docker image ls all images."),
        )
    return Explanation(
        f"There is no container called {match['name']}. Probably the name is mistyped, or it was removed.",
        Fix(advice="docker ps -a lists all containers. Type the command again, with a name from that list."),
    )


def _told_unknown(match: re.Match[str]) -> Explanation:
    command = " ".join(["docker", match["command"] or match["seen"] or ""]).strip()
    return Explanation(
        f"{command} has no option {match['option']}. Probably it is mistyped, or there is a space too many.",
        Fix(advice=f"{command} --help lists the options. Type the command again, with one of them."),
    )


def _told_options(match: re.Match[str]) -> Explanation:
    if match["option"]:
        return Explanation(
            f"{match['option']} stands behind the image's name, so it is taken for the program to run in the "
            "container, not for an option of Docker.",
            Fix(advice="Type the command again, with all options in front of the image's name."),
        )
    return Explanation(
        "Options stand behind the image's name, so they went to the registry inside the container, not to Docker.",
        Fix(
            advice="A container was made all the same; docker ps -a shows its name. Remove it:\n"
            "    docker rm -f -v NAME\n"
            "Then type the command again, with the image's name last, behind all options, for instance:\n"
            "    docker run -d --name my-registry -p 5000:5000 --restart=always registry:2"
        ),
    )


DIAGNOSES = (
    Diagnosis(
        "container-name-taken",
        "An old container has the name.",
        message=r'Conflict\. The container name "/(?P<name>[^"]+)" is already in use',
        told=_told_taken,
    ),
    Diagnosis(
        "container-name-invalid",
        "A container cannot have that name.",
        message=r"Invalid container name \((?P<name>[^\n]*?)\), only",
        told=_told_invalid,
    ),
    Diagnosis(
        "volume-name-invalid",
        "A volume cannot have that name.",
        message=r'"(?P<name>[^"\n]*)" includes invalid characters for a local volume name',
        told=_told_volume,
    ),
    Diagnosis(
        "no-such-container",
        "There is no container of that name.",
        message=r"[Nn]o such (?P<what>container|object): (?P<name>\S+)",
        told=_told_none,
    ),
    Diagnosis(
        "options-after-image",
        "Options of docker run stand behind the image's name.",
        message=(
            r'unknown command "[^"]*" for "registry"'
            r"|unknown (?:shorthand )?flag: [^\n]*\nUsage:\n +registry "
            r'|exec: \\*"(?P<option>-[^"\\]*)\\*": executable file not found'
        ),
        told=_told_options,
    ),
    Diagnosis(
        "unknown-option",
        "The docker command has no such option.",
        message=(
            r"(?:unknown (?:shorthand )?flag|flag provided but not defined): (?:'\w' in )?(?P<option>-\S+)\s+"
            r"(?:Usage: +docker (?:(?P<command>[a-z ]+?) +)?\[|See 'docker (?:(?P<seen>[a-z ]+?) )?--help')"
        ),
        told=_told_unknown,
    ),
)
