"""What can be typed after ``labcheck``. Each command names the function that does it, as ``group.function``."""

from __future__ import annotations

import argparse

from labcheck import __version__


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    root = argparse.ArgumentParser(
        prog="labcheck",
        description="Looks at the real engine and the real registry, and says what is done, what is not, and why.",
        epilog="Without a command: where you are, and what to type next.",
    )
    root.add_argument("--version", action="version", version=f"labcheck {__version__}")
    root.set_defaults(run="lab.where")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    start = _command(commands, "start", "start.start", "open the course")
    start.add_argument("folder", metavar="DIR", nargs="?", help="for your notebooks (default: ~/labcheck-course)")
    start.add_argument(
        "--engine", choices=("own", "host"), default="own", help="the course's own engine, or this machine's"
    )
    start.add_argument("--port", type=int, default=0, help="of this machine's loopback (default: a free one)")
    start.add_argument("--no-browser", dest="browser", action="store_false", help="only say where the page is")

    _labs(commands)
    doctor = _command(commands, "doctor", "doctor.examine", "say whether this machine is ready, and if not, what to do")
    doctor.add_argument("--format", choices=("terminal", "json"), default="terminal")

    explain = _command(commands, "explain", "explain.explain", "say what a mistake or a message means, and what to do")
    explain.add_argument(
        "name", metavar="NAME", nargs="?", help="a mistake; without it, the message is read from a pipe"
    )

    reference = _command(commands, "reference", "reference.read", "how Docker reads the name of an image")
    reference.add_argument("references", metavar="REF", nargs="+")
    reference.add_argument("--format", choices=("terminal", "json"), default="terminal")

    _sandbox(commands)
    _images(commands)
    return root


_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def _labs(commands: _Commands[argparse.ArgumentParser]) -> None:
    _command(commands, "labs", "lab.labs", "list the labs")

    check = _command(commands, "check", "lab.check", "look, and say how a lab stands")
    check.add_argument("lab", metavar="LAB")
    check.add_argument("--step", metavar="ID", help="only this step")
    check.add_argument("--format", choices=("terminal", "json", "junit", "html"), default="terminal")

    answer = _command(commands, "answer", "lab.answer", "answer a step's question")
    answer.add_argument("lab", metavar="LAB")
    answer.add_argument("step", metavar="STEP")
    answer.add_argument("value", metavar="VALUE", nargs="+")

    for name, what in (("hint", "show a step's hint"), ("solution", "show what to type for a step")):
        shown = _command(commands, name, f"lab.{name}", f"{what}; that it was shown stands in the report")
        shown.add_argument("lab", metavar="LAB")
        shown.add_argument("step", metavar="STEP")

    attempts = _command(commands, "attempts", "lab.attempts", "list your attempts at a lab, and what each came to")
    attempts.add_argument("lab", metavar="LAB")
    attempts.add_argument("--format", choices=("terminal", "json"), default="terminal")

    watch = _command(commands, "watch", "lab.watch", "look after each command you type elsewhere, and say what changed")
    watch.add_argument("lab", metavar="LAB")

    reset = _command(commands, "reset", "lab.reset", "remove what the lab made, and begin anew")
    reset.add_argument("lab", metavar="LAB")
    reset.add_argument("--yes", action="store_true", help="do not ask")

    rehearse = _command(commands, "rehearse", "rehearse.rehearse", "play a lab's own solution, and prove its checks")
    rehearse.add_argument("lab", metavar="LAB")
    rehearse.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # what is typed inside, by itself


def _sandbox(commands: _Commands[argparse.ArgumentParser]) -> None:
    sandbox = _group(commands, "sandbox", "the course's own engine")
    run = _command(sandbox, "run", "sandbox.run", "run a command in a throwaway world with an engine of its own")
    run.add_argument("argv", metavar="CMD", nargs=argparse.REMAINDER)
    _command(sandbox, "status", "sandbox.status", "say which sandboxes run")
    _command(sandbox, "down", "sandbox.down", "end them; what they keep on disk stays")
    remove = _command(sandbox, "remove", "sandbox.remove", "say what they keep on disk, and remove it; asks first")
    remove.add_argument("--yes", action="store_true", help="do not ask")


def _images(commands: _Commands[argparse.ArgumentParser]) -> None:
    images = _group(commands, "images", "the course's own images")
    _command(images, "list", "images.list_", "say what they are")
    _command(images, "build", "images.build", "build them")
    save = _command(images, "save", "images.save", "write them to a file, for a machine without a network")
    save.add_argument("file", metavar="FILE")
    load = _command(images, "load", "images.load", "take them from such a file")
    load.add_argument("file", metavar="FILE")


def _command(commands: _Commands[argparse.ArgumentParser], name: str, run: str, what: str) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what, description=_sentence(what))
    parser.set_defaults(run=run)
    return parser


def _group(commands: _Commands[argparse.ArgumentParser], name: str, what: str) -> _Commands[argparse.ArgumentParser]:
    parser = commands.add_parser(name, help=what, description=_sentence(what))
    return parser.add_subparsers(required=True, metavar="COMMAND", title="commands")


def _sentence(what: str) -> str:
    return f"{what[0].upper()}{what[1:]}."
