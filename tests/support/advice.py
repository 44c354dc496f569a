"""Whether a command follows an advice: a program, a subcommand and options that are said, with names filled in."""

from __future__ import annotations

import re
import shlex
from typing import Final

OBJECTS: Final = re.compile(r"\bdocker (?:image|container) ")
"""``docker image tag`` and ``docker tag`` are the same command."""
HOST: Final = re.compile(r"\bdocker -H \S+ ")
"""Which engine is asked is the test's."""
SHOW_FAILURE: Final = frozenset({"-f", "-s", "-sf", "--fail-with-body"})
"""By these curl's exit code tells the test of a failure."""
INSTEAD: Final = re.compile(r"with (\S+) instead of (\S+?)[.,]?(?:\s|$)")


def corrected(command: str, advice: str) -> str:
    """The mistaken command as an advice corrects it, "with this instead of that"."""
    for right, wrong in INSTEAD.findall(advice):
        command = command.replace(wrong, right)
    return command


def follows(command: str, said: str) -> bool:
    """Whether each part of a command line is one that this text says, however its names and addresses are filled in."""
    words = {word.strip(".,:;()\"'`") for word in said.split()}
    said = OBJECTS.sub("docker ", said)
    return all(_is_said(shlex.split(part), said, words) for part in re.split(r"\|\|?|&&|;", _plain(command)))


def _plain(command: str) -> str:
    return OBJECTS.sub("docker ", HOST.sub("docker ", command))


def _is_said(typed: list[str], said: str, words: set[str]) -> bool:
    program, *rest = typed
    begins = f"docker {rest[0]}" if program == "docker" and rest else program
    settings = {word for word in rest if word.startswith("-") or re.match(r"[A-Z_]+=", word)}
    if program == "curl":
        settings -= SHOW_FAILURE
    return re.search(rf"(?<![\w-]){re.escape(begins)}(?![\w-])", said) is not None and settings <= words
