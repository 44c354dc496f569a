"""What a command needs before Docker gets to see it: a docker program, a terminal, a word that docker knows."""

from __future__ import annotations

import re
from difflib import get_close_matches

from labcheck.diagnosis import Diagnosis, Explanation
from labcheck.verdict import Fix

COMMANDS = (
    "attach build builder buildx commit compose container context cp create diff events exec export history image "
    "images import info inspect kill load login logout logs manifest network pause plugin port ps pull push rename "
    "restart rm rmi run save search start stats stop swarm system tag top unpause update version volume wait"
)
PLUGINS = frozenset({"buildx", "compose"})
UNDER = {
    "container": (
        "attach commit cp create diff exec export inspect kill logs ls pause port prune rename restart rm run start "
        "stats stop top unpause update wait"
    ),
    "image": "build history import inspect load ls prune pull push rm save tag",
    "volume": "create inspect ls prune rm update",
    "system": "df events info prune",
}
"""The words that may follow docker, and those that may follow docker and such a word."""


def _told_none(match: re.Match[str]) -> Explanation:
    if match["wsl"]:
        return Explanation(
            "This Linux runs inside Windows, and Docker Desktop is not open, or not made known to it.",
            Fix(advice="Start Docker Desktop, then switch this Linux on in its settings: Resources, WSL integration."),
        )
    return Explanation(
        "There is no docker command here: probably Docker is not installed, or the shell does not look where it is.",
        Fix(advice="labcheck doctor says what this machine lacks, and how to get it."),
    )


def _told_no_terminal(match: re.Match[str]) -> Explanation:
    if match["login"]:
        return Explanation(
            "docker login wants to ask for a password, and there is no terminal to type it in.",
            Fix(
                advice="Type the command in a terminal, or hand the password over in a file:\n"
                "    docker login -u USER --password-stdin localhost:5000 <FILE"
            ),
        )
    why = "-t asks for a terminal, and there is none here, as in a notebook's cell, a script or behind a pipe."
    if match["winpty"]:
        return Explanation(
            "-t asks for a terminal, and Git Bash on Windows has none that Docker can use.",
            Fix(advice="Type the command again, with winpty and a space in front of it."),
        )
    return Explanation(why, Fix(advice="Type the command again without -t (-i in the place of -it), or in a terminal."))


def _told_no_command(match: re.Match[str]) -> Explanation:
    *words, last = (match["words"] or match["word"]).split()
    known = (UNDER.get(words[0], "") if words else COMMANDS).split()
    command = " ".join(["docker", *words, last])
    if not words and last in PLUGINS:
        return Explanation(
            f"docker {last} is a part of its own that this Docker lacks.",
            Fix(advice=f"Install it: its package is called docker-{last}-plugin, or docker-{last}."),
        )
    near = get_close_matches(last, known, 1)
    meant = f" Probably {' '.join(['docker', *words, near[0]])} is meant." if near else ""
    again = f"Type the command again, with {near[0]} in the place of {last}.\n" if near else ""
    lists = " ".join(["docker", *words, "--help"])
    return Explanation(f"There is no command {command}.{meant}", Fix(advice=f"{again}{lists} lists all commands."))


DIAGNOSES = (
    Diagnosis(
        "docker-not-installed",
        "There is no docker command.",
        message=(
            r"(?m)^(?:[^\n]*: )?docker: (?:command )?not found\s*$|command not found: docker\s*$"
            r"|'docker' is not recognized as an internal or external command|The term 'docker' is not recognized"
            r"|^Command 'docker' not found|(?P<wsl>The command 'docker' could not be found in this WSL)"
        ),
        told=_told_none,
    ),
    Diagnosis(
        "no-terminal",
        "The command asks for a terminal, and there is none.",
        message=(
            r"the input device is not a TTY(?P<winpty>\.  If you are using mintty)?"
            r"|cannot attach stdin to a TTY-enabled container because stdin is not a terminal"
            r"|(?P<login>[Cc]annot perform an interactive login from a non.TTY device)"
        ),
        told=_told_no_terminal,
    ),
    Diagnosis(
        "no-such-command",
        "Docker has no such command.",
        message=(
            r"(?m)docker: unknown command: docker (?P<words>[^\n]+?)\s*$"
            r"|docker: '(?P<word>[\w-]+)' is not a docker command"
        ),
        told=_told_no_command,
    ),
)
