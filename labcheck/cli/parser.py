"""What can be typed after ``labcheck``. Each command names the function that implements it, as ``group.function``."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from labcheck import __version__
from labcheck.cli.instructors import class_new, grade, mirror, wall
from labcheck.cli.numbers import port_or_free, seconds
from labcheck.cli.streams import columns

Commands: TypeAlias = Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]]
"""For each command: its help text, and a function that configures its parser."""


class Help(argparse.HelpFormatter):
    """Help as wide as the terminal, or 80 columns without one."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=columns(80) - 2)


def parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """The command line's parser: only for the command in these arguments, if there is one; else for all."""
    root = argparse.ArgumentParser(
        prog="labcheck",
        formatter_class=Help,
        description="Look at the real engine and the real registry, and say what is done, what is not, and why.",
        epilog="Without a command, labcheck shows where you are and what to type next.",
    )
    root.add_argument("--version", action="version", version=f"labcheck {__version__}")
    root.set_defaults(run="attempts.where")
    typed = next((argument for argument in arguments if argument == "--" or not argument.startswith("-")), "")
    _commands(root, {typed: COMMANDS[typed]} if typed in COMMANDS else COMMANDS)
    return root


def _commands(parser: argparse.ArgumentParser, commands: Commands, *, required: bool = False) -> None:
    """Add these commands to the parser."""
    # Without prog, argparse formats a whole usage message to find it.
    group = parser.add_subparsers(prog=parser.prog, title="commands", metavar="COMMAND", required=required)
    for name, (what, tell) in commands.items():
        tell(group.add_parser(name, formatter_class=Help, help=what, description=f"{what[0].upper()}{what[1:]}."))


def _runs(run: str, *arguments: str) -> Callable[[argparse.ArgumentParser], None]:
    """A command that this function implements, with only these arguments."""

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
    _driver(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask before the first container is made")
    parser.add_argument("--port", type=port_or_free, default=0, help="on this machine's loopback (default: a free one)")
    parser.add_argument("--no-browser", dest="browser", action="store_false", help="only print the page's address")


def _driver(parser: argparse.ArgumentParser) -> None:
    whose = (
        "make the engine as root, as an ordinary user, or in a container of your Docker engine (default: the best here)"
    )
    parser.add_argument("--driver", choices=("root", "rootless", "container"), help=whose)


def _check(parser: argparse.ArgumentParser) -> None:
    _runs("lab.check", "lab")(parser)
    parser.add_argument("--step", metavar="ID", help="only this step")
    waits = "how long to wait for the engine and registries (default: 10)"
    parser.add_argument("--timeout", metavar="SECONDS", type=seconds, help=waits)
    another = "look at this engine, as DOCKER_HOST names it: unix://PATH, tcp://HOST:PORT or ssh://HOST"
    parser.add_argument("--engine", metavar="ADDRESS", type=_address, help=another)
    parser.add_argument("--format", choices=("terminal", "json", "junit", "html"), default="terminal")


def _address(written: str) -> str:
    """The address of an engine."""
    if written.partition("://")[0] in {"unix", "tcp", "ssh"} and written.partition("://")[2]:
        return written
    raise argparse.ArgumentTypeError(f"{written!r} is no address such as tcp://192.0.2.7:2375")


def _answer(parser: argparse.ArgumentParser) -> None:
    _runs("lab.answer", "lab", "step")(parser)
    parser.add_argument("value", metavar="VALUE", nargs="+")


def _attempts(parser: argparse.ArgumentParser) -> None:
    _runs("attempts.attempts", "lab")(parser)
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _reset(parser: argparse.ArgumentParser) -> None:
    _runs("lab.reset", "lab")(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _help(run: str) -> Callable[[argparse.ArgumentParser], None]:
    """A command that shows help, and asks first where that costs points."""

    def tell(parser: argparse.ArgumentParser) -> None:
        _runs(run, "lab", "step")(parser)
        parser.add_argument("--yes", action="store_true", help="do not ask, even if it costs points")

    return tell


def _goto(parser: argparse.ArgumentParser) -> None:
    _runs("goto.goto", "lab", "step")(parser)
    parser.add_argument("--yes", action="store_true", help="do not ask")
    engine = "on the course's own engine only, or on this machine's, too"
    parser.add_argument("--engine", choices=("own", "host"), default="own", help=engine)


def _rehearse(parser: argparse.ArgumentParser) -> None:
    _runs("rehearse.rehearse", "lab")(parser)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # for labcheck itself, in the sandbox


def _record(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="record.record")
    parser.add_argument("notebooks", metavar="NOTEBOOK", nargs="+")


def _doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="doctor.examine")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="explain.explain")
    parser.add_argument(
        "said", metavar="NAME", nargs="*", help="a mistake, or a message in quotes; without, it is read from a pipe"
    )
    parser.add_argument("--lab", metavar="FILE", help="a lab file, for the mistakes that it adds")


def _reference(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="reference.read")
    parser.add_argument("references", metavar="REF", nargs="+")
    parser.add_argument("--format", choices=("terminal", "json"), default="terminal")


def _submit(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="submit.submit")
    parser.add_argument("labs", metavar="LAB", nargs="*", help="default: every lab you have begun")
    parser.add_argument("--learner", metavar="ID", default="", help="who you are in your class")
    parser.add_argument("--name", default="", help="your name")
    parser.add_argument("-o", "--output", metavar="FILE", help="default: ID.labcheck in this folder")


def _share(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="share.share")
    add = parser.add_mutually_exclusive_group().add_argument
    add("address", metavar="ADDRESS", nargs="?", help="the wall's, such as http://192.0.2.7:8808")
    add("--stop", action="store_true", help="tell nothing more")
    add("--hand", choices=("up", "down"), help="ask for help, or no longer")


def _sandbox_run(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="sandbox.run")
    _driver(parser)
    parser.add_argument("argv", metavar="CMD", nargs=argparse.REMAINDER)


def _sandbox_remove(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run="sandbox.remove")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def _images_file(parser: argparse.ArgumentParser, run: str) -> None:
    _runs(run, "file")(parser)
    parser.add_argument("--container", action="store_true", help="instead, the image of the course's container")


SANDBOX: Commands = {
    "run": ("run a command in a throwaway sandbox with its own engine", _sandbox_run),
    "status": ("list the sandboxes that run", _runs("sandbox.status")),
    "down": ("stop the sandboxes; their data on disk stays", _runs("sandbox.down")),
    "remove": ("list what sandboxes keep on disk, and remove it; asks first", _sandbox_remove),
}

IMAGES: Commands = {
    "list": ("list the course's own images", _runs("images.list_")),
    "build": ("build the course's own images", _runs("images.build")),
    "save": ("write the images to a file, for a machine without a network", lambda it: _images_file(it, "images.save")),
    "load": ("load the images from a file that labcheck images save wrote", lambda it: _images_file(it, "images.load")),
}

CLASS: Commands = {
    "new": ("write a class file with a join code for each learner of a roster", class_new),
    "sample": ("copy a sample class into a folder, to try grading", _runs("classroom.sample_class", "folder")),
}

COMMANDS: Commands = {
    "start": ("open the course", _start),
    "labs": ("list the labs", _runs("lab.labs")),
    "check": ("look, and say how a lab stands", _check),
    "answer": ("answer a step's question", _answer),
    "hint": ("show a step's hint; the report says that it was shown", _help("lab.hint")),
    "solution": (
        "show what to type for a step; the report says that it was shown",
        _help("lab.solution"),
    ),
    "attempts": ("list your attempts at a lab, and the result of each", _attempts),
    "watch": ("look after each command typed elsewhere, and say what changed", _runs("watch.watch", "lab")),
    "reset": ("remove what the lab made, and start over", _reset),
    "goto": ("remove what the lab made, and play what comes before a step", _goto),
    "capstone": ("build the repair shop of the last lesson, broken in three ways", _runs("capstone.capstone")),
    "rehearse": ("run a lab's own solution, and prove its checks", _rehearse),
    "join": ("make this course yours, with the code from your instructor", _runs("submit.join", "code")),
    "share": ("show your class's wall where you are, or say whether it is shown", _share),
    "submit": ("write what you did to one file, to hand it in", _submit),
    "show": ("say what a file to be handed in contains", _runs("submit.show", "file")),
    "class": ("a class, and the codes with which its learners join", lambda it: _commands(it, CLASS, required=True)),
    "mirror": ("serve images to a class: Docker Hub is asked once for each", mirror),
    "wall": ("show, as it happens, who of a class is where, and who is stuck", wall),
    "grade": ("grade what was handed in, and write a gradebook", grade),
    "record": ("run notebooks, solved, and store what their cells print, for CI", _record),
    "doctor": ("say whether this machine is ready, and if not, what to do", _doctor),
    "explain": ("say what a mistake or a message means, and what to do", _explain),
    "reference": ("show how Docker reads the name of an image", _reference),
    "sandbox": ("the course's own engine", lambda parser: _commands(parser, SANDBOX, required=True)),
    "images": ("the course's own images", lambda parser: _commands(parser, IMAGES, required=True)),
}
