"""What an explanation speaks of, taken out of it mechanically: addresses, names in commands, what takes away."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Final

from labcheck.mistake.page import COMMAND
from labcheck.verdict import Explanation

HEDGE: Final = re.compile(r"\b(?:probably|perhaps|maybe|might)\b", re.IGNORECASE)
"""What says that a reason is not certain."""
TAKES_AWAY: Final = re.compile(
    r"\b(?:docker|podman|nerdctl)(?: \w+)? (?:stop|kill|rm|rmi|remove|prune|down)\b"
    r"|(?<![\w.-])(?:sudo )?(?:rm|mv|dd|truncate|kill|pkill|killall|shred) +(?=[-\w/~$'\"{.])"
    r"|\b(?:docker|podman) [\w ]*--force\b|curl\b[^\n]*-X ?DELETE|systemctl (?:stop|disable)\b"
    r"|[^&\d]>\s*\S*(?:daemon|config)\.json"
)
"""A command that stops, removes or overwrites something."""
ADDRESS: Final = re.compile(
    r"(?<![\w./@-])(?:https?://)?((?:[A-Za-z][\w-]*(?:\.[\w-]+)*|\d+(?:\.\d+){3}|\[[\da-f:]+\]):\d{2,5}(?!\w|:\d)"
    r"|\d+(?:\.\d+){3}|(?:[a-z][a-z0-9-]*\.)+(?:io|com|org|net|example|test|local|dev))(?![\w.]*\()"
)
COMMANDS: Final = re.compile(
    r"(?:start|stop|ls|rm|tag|pull|push|prune|inspect|create|use|build|imagetools|network|true|sh)"
)
"""Words of docker itself that stand behind others."""
NO_NAME: Final = re.compile(r"^-|^\d+$|^\d?>|[A-Z]{2,}|\.\.\.|^\.$|\{\{|^\w+=")
"""An option, a number, a file that is written, a setting, and a word in capitals: one of the learner's own."""


def text(it: Explanation) -> str:
    """All of it."""
    return "\n".join((it.why, *it.fix.commands, it.fix.advice))


def commands(it: Explanation) -> Iterator[str]:
    """What is to be typed, and what stands as a command among the advice."""
    yield from it.fix.commands
    yield from (line.strip() for line in it.fix.advice.splitlines() if line.startswith(COMMAND))


def addresses(said: str) -> set[str]:
    """Each host with a port, each number of a host, each host with a domain."""
    return {found[1] for found in ADDRESS.finditer(said)}


def operands(command: str) -> Iterator[str]:
    """The names that a docker command is given: of images, containers, volumes and networks."""
    try:
        words = shlex.split(command.partition(" | ")[0])
    except ValueError:
        words = command.split()
    if words[:1] == ["sudo"]:
        words = words[1:]
    if words[:1] not in (["docker"], ["podman"]):
        return
    yield from (it for it in words[2:] if not (COMMANDS.fullmatch(it) or NO_NAME.search(it)))


def is_hedged(it: Explanation) -> bool:
    """Whether its reason is no more than probable."""
    return HEDGE.search(it.why) is not None


def taken_away(it: Explanation) -> list[str]:
    """What it says to stop, to remove or to overwrite."""
    return [found[0] for found in TAKES_AWAY.finditer(text(it))]
