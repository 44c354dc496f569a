"""What can be typed after ``labcheck``. Each command names the function that does it, as ``group.function``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from labcheck import __version__
from labcheck.cli.streams import columns

Commands: TypeAlias = Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]
"""By what is typed: what it does, and what is told to its parser."""


SHORTEST, LONGEST = 0.1, 3600
"""Seconds that a look may be told to wait."""


class Help(argparse.HelpFormatter):
    """As wide as the terminal, and 80 columns where there is none."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns(80) - 2)


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The parser of the command line: of the command in these arguments alone, where there is one; else of all."""
    root = argparse.ArgumentParser(
        prog="labcheck",
        formatter_class=Help,
        description="Looks at the real engine and the real registry, and says what is done, what is not, and why.",
        epilog="Without a command: where you are, and what to type next.",
    )
    root.add_argument("--version", action="version", version=f"labcheck {__version__}")
    root.set_defaults(run="lab.where")
    typed = next((argument for argument in arguments if argument == "--" or not argument.startswith("-")), "")
    _commands(root, {typed: COMMANDS[typed]} if typed in COMMANDS else COMMANDS)
    return root


def _commands(parser: argparse.ArgumentParser, commands: Commands, *, required: bool = False) -> None:
    """What can be typed next."""
    # Without prog, argparse formats a whole usage to find out what it is.
    group = parser.add_subparsers(prog=parser.prog, title="commands", metavar="COMMAND", required=required)
    for name, (what, tell) in commands.items():
        tell(group.add_parser(name, formatter_class=Help, help=what, description=f"{what[0].upper()}{what[1:]}."))


def _runs(run: str, *arguments: str) -> Callable[[argparse.ArgumentParser], None]:
    """A command that is done by this function, and needs nothing but these."""

    def tell(parser: argparse.ArgumentParser) -> None:
        parser.set_defaults(run=run)
        for argument in arguments:
            parser.add_argument(argument, metavar=argument.upper())

    return tell


def _start(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="start.start")
    parser.add_argument("folder", metavar="DIR", nargs="?", help="for your notebooks (default: ~/labcheck-course)")
    parser.add_argument(
        "--engine", choices=("own", "host"), default="own", help="the course's own engine, or this machine's"
    )
    parser.add_argument("--port", type=int, default=0, help="of this machine's loopback (default: a free one)")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="only say where the page is")


def _check(parser: argparse.ArgumentParser) -> None:
    _runs("lab.check", "lab")(parser)
    parser.add_argument("--step", metavar="ID", help="only this step")
    waits = "how long to wait for the engine and registries (default: 10)"
    parser.add_argument("--timeout", metavar="SECONDS", type=_seconds, help=waits)
    parser.add_argument("--format", choices=("terminal", "json", "junit", "html"), default="terminal")


def _seconds(written: str) -> float:
    """A span of time that one may wait for; ``nan`` and ``inf`` are none."""
    try:
        seconds = float(written)
    except ValueError:
        seconds = 0.0
    if SHORTEST <= seconds <= LONGEST:
        return seconds
    raise argparse.ArgumentTypeError(f"{written!r} is no number of seconds from {SHORTEST} to {LONGEST}")


def _answer(parser: argparse.ArgumentParser) -> None:
    _runs("lab.answer", "lab", "step")(parser)
    parser.add_argument("value", metavar="VALUE", nargs="+")


def _attempts(parser: argparse.ArgumentParser) -> None:
    _runs("lab.attempts", "lab")(parser)
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _reset(parser: argparse.ArgumentParser) -> None:
    _runs("lab.reset", "lab")(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _rehearse(parser: argparse.ArgumentParser) -> None:
    _runs("rehearse.rehearse", "lab")(parser)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # what is typed inside, by itself


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="doctor.examine")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="explain.explain")
    parser.add_argument(
        "name", metavar="NAME", nargs="?", help="a mistake; without it, the message is read from a pipe"
    )
    parser.add_argument("--lab", metavar="FILE", help="a lab's file, for the mistakes that it brings")


def _reference(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="reference.read")
    parser.add_argument("references", metavar="REF", nargs="+")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _sandbox_run(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="sandbox.run")
    parser.add_argument("argv", metavar="CMD", nargs=argparse.REMAINDER)


def _sandbox_remove(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="sandbox.remove")
    parser.add_argument("--yes", action="store_true", help="do not ask")


SANDBOX: Commands = {
    "run": ("run a command in a throwaway world with an engine of its own", _sandbox_run),
    "status": ("say which sandboxes run", _runs("sandbox.status")),
    "down": ("end them; what they keep on disk stays", _runs("sandbox.down")),
    "remove": ("say what they keep on disk, and remove it; asks first", _sandbox_remove),
}

IMAGES: Commands = {
    "list": ("say what they are", _runs("images.list_")),
    "build": ("build them", _runs("images.build")),
    "save": ("write them to a file, for a machine without a network", _runs("images.save", "file")),
    "load": ("take them from such a file", _runs("images.load", "file")),
}

COMMANDS: Commands = {
    "start": ("open the course", _start),
    "labs": ("list the labs", _runs("lab.labs")),
    "check": ("look, and say how a lab stands", _check),
    "answer": ("answer a step's question", _answer),
    "hint": ("show a step's hint; that it was shown stands in the report", _runs("lab.hint", "lab", "step")),
    "solution": (
        "show what to type for a step; that it was shown stands in the report",
        _runs("lab.solution", "lab", "step"),
    ),
    "attempts": ("list your attempts at a lab, and what each came to", _attempts),
    "watch": ("look after each command you type elsewhere, and say what changed", _runs("watch.watch", "lab")),
    "reset": ("remove what the lab made, and begin anew", _reset),
    "rehearse": ("play a lab's own solution, and prove its checks", _rehearse),
    "doctor": ("say whether this machine is ready, and if not, what to do", _doctor),
    "explain": ("say what a mistake or a message means, and what to do", _explain),
    "reference": ("how Docker reads the name of an image", _reference),
    "sandbox": ("the course's own engine", lambda parser: _commands(parser, SANDBOX, required=True)),
    "images": ("the course's own images", lambda parser: _commands(parser, IMAGES, required=True)),
}
