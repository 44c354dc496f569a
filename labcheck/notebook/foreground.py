"""A ``docker run`` that a cell waits for: after five seconds the cell says so, and how to continue."""

from __future__ import annotations

import re
import shlex
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress

import msgspec
import psutil  # type: ignore[import-untyped]

AFTER = 5.0
"""Seconds after which it is probably a server: most other programs have ended by then, or said why not."""
SWITCHES = frozenset(
    {
        "--detach",
        "--disable-content-trust",
        "--help",
        "--init",
        "--interactive",
        "--no-healthcheck",
        "--oom-kill-disable",
        "--privileged",
        "--publish-all",
        "--quiet",
        "--read-only",
        "--rm",
        "--sig-proxy",
        "--tty",
        "--use-api-socket",
    }
)
"""Those long options of ``docker run`` that take no value."""
_DETACH = re.compile(r"--detach(=true)?$|-[itPq]*d")
_VALUE_FOLLOWS = re.compile(r"-[ditPq]*[aceghlmpuvw]$")
_PULLING, _PULLED = "Unable to find image", "Status: Downloaded"
TOLD = """
labcheck: This cell waits for docker run, and a server does not end by itself.
To continue, press ■ above the notebook: that stops it. Then run it in the background, with -d:

{commands}

"""


class Run(msgspec.Struct, frozen=True):
    """A ``docker run`` as it was typed: its words, and those of its options that matter here."""

    words: tuple[str, ...]
    is_detached: bool
    is_removed: bool
    name: str

    @property
    def in_the_background(self) -> tuple[str, ...]:
        """What to type in its place."""
        at = self.words.index("run") + 1
        removal = (shlex.join(["docker", "rm", "-f", self.name]),) if self.name and not self.is_removed else ()
        return (*removal, shlex.join(["docker", *self.words[1:at], "-d", *self.words[at:]]))


def advice(shell: int, said: str) -> str:
    """What to say where a command of this shell (a process id) has been a ``docker run`` for long; else nothing."""
    if said.rfind(_PULLING) > said.rfind(_PULLED):
        return ""
    for words in _going_on(shell):
        run = understood(words)
        if run and not run.is_detached:
            return TOLD.format(commands="\n".join(f"    {command}" for command in run.in_the_background))
    return ""


def understood(words: Sequence[str]) -> Run | None:
    """The ``docker run`` in the words of a command line; ``None`` where it is another command."""
    match list(words):
        case [program, "run", *rest] | [program, "container", "run", *rest] if program.endswith("docker"):
            options = list(_options(rest))
        case _:
            return None
    name = next((value for option, value in options if option == "--name"), "")
    return Run(
        tuple(words),
        is_detached=any(_DETACH.match(option) for option, _ in options),
        is_removed=any(option == "--rm" for option, _ in options),
        name=name,
    )


def _options(words: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The options before the image, each with its value."""
    rest = iter(words)
    for word in rest:
        if not word.startswith("-"):
            return
        option, equals, value = word.partition("=")
        follows = option not in SWITCHES if word.startswith("--") else bool(_VALUE_FOLLOWS.match(word))
        if equals and option not in SWITCHES:
            yield option, value
        else:
            yield word, next(rest, "") if follows else ""


def _going_on(shell: int) -> Iterator[list[str]]:
    """The command lines of what the shell started more than five seconds ago; it becomes its last command itself."""
    with suppress(psutil.Error):
        first = psutil.Process(shell)
        for process in (first, *first.children(recursive=True)):
            with suppress(psutil.Error):
                if time.time() - process.create_time() >= AFTER:
                    yield process.cmdline()
