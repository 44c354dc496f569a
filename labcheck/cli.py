"""``labcheck`` in a terminal: one sub-command a thing to do.

Exit codes: 0 pass, 1 fail, 2 bad input (one sentence and a remedy, never a traceback), 3 could not look.
What is slow to import is imported by the command that needs it.
"""

from __future__ import annotations

import argparse
import os
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TextIO

from labcheck import __version__
from labcheck.errors import LabcheckError, Refused
from labcheck.lab import Lab, load, slugs
from labcheck.report import Report
from labcheck.verdict import Outcome

if TYPE_CHECKING:
    from labcheck.sandbox.images import CourseImage

EXIT = {Outcome.PASS: 0, Outcome.SKIP: 1, Outcome.FAIL: 1, Outcome.INCONCLUSIVE: 3}
USAGE = 2
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``labcheck`` with these arguments (the process's own by default) and exit."""
    sys.stdout.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # an ASCII terminal is no error
    try:
        options = _parser().parse_args(arguments)
        code = options.run(options)
        sys.stdout.flush()
    except LabcheckError as error:
        print(f"labcheck: {error}", file=sys.stderr)
        if error.remedy and not str(error).endswith(error.remedy):
            print(f"  {error.remedy}", file=sys.stderr)
        code = USAGE
    except KeyboardInterrupt:
        code = INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = USAGE
    sys.exit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="labcheck",
        description="Looks at the real engine and the real registry, and says what is done, what is not, and why.",
        epilog="Without a command: where you are, and what to type next.",
    )
    parser.add_argument("--version", action="version", version=f"labcheck {__version__}")
    parser.set_defaults(run=_where)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    _command(commands, "labs", _labs, "list the labs")

    check = _command(commands, "check", _check, "look, and say how a lab stands")
    check.add_argument("lab", metavar="LAB")
    check.add_argument("--step", metavar="ID", help="only this step")
    check.add_argument("--format", choices=("terminal", "json", "junit", "html"), default="terminal")

    answer = _command(commands, "answer", _answer, "answer a step's question")
    answer.add_argument("lab", metavar="LAB")
    answer.add_argument("step", metavar="STEP")
    answer.add_argument("value", metavar="VALUE", nargs="+")

    watch = _command(commands, "watch", _watch, "look after each command you type elsewhere, and say what changed")
    watch.add_argument("lab", metavar="LAB")

    reset = _command(commands, "reset", _reset, "remove what the lab made, and begin anew")
    reset.add_argument("lab", metavar="LAB")
    reset.add_argument("--yes", action="store_true", help="do not ask")

    rehearse = _command(commands, "rehearse", _rehearse, "play a lab's own solution, and prove its checks")
    rehearse.add_argument("lab", metavar="LAB")

    reference = _command(commands, "reference", _reference, "how Docker reads the name of an image")
    reference.add_argument("references", metavar="REF", nargs="+")
    reference.add_argument("--format", choices=("terminal", "json"), default="terminal")

    sandbox = _command(commands, "sandbox", None, "the course's own engine").add_subparsers(required=True, metavar="")
    run = _command(sandbox, "run", _sandbox_run, "run a command in a throwaway world with an engine of its own")
    run.add_argument("argv", metavar="CMD", nargs=argparse.REMAINDER)
    _command(sandbox, "status", _sandbox_status, "which sandboxes run")
    _command(sandbox, "down", _sandbox_down, "end them, and remove all they left")

    images = _command(commands, "images", None, "the course's own images").add_subparsers(required=True, metavar="")
    _command(images, "list", _images_list, "what they are")
    _command(images, "build", _images_build, "build them")
    _command(images, "save", _images_save, "write them to a file, for a machine without a network").add_argument("file")
    _command(images, "load", _images_load, "take them from such a file").add_argument("file")
    return parser


def _command(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int] | None,
    what: str,
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=what, description=what.capitalize() + ".")
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def _where(_options: argparse.Namespace) -> int:
    from labcheck.attempt import latest  # noqa: PLC0415 - each command imports what it needs

    lab = load(latest() or slugs()[0])
    report = _look(lab)
    print(_rendered(report, "terminal", sys.stdout), end="")
    return EXIT[report.outcome]


def _labs(_options: argparse.Namespace) -> int:
    for slug in slugs():
        print(f"{slug:16}  {load(slug).title}")
    return 0


def _check(options: argparse.Namespace) -> int:
    lab = load(options.lab)
    if options.step:
        lab.step(options.step)
    report = _look(lab)
    if options.step:
        report = report.only(options.step)
    print(_rendered(report, options.format, sys.stdout), end="")
    return EXIT[report.outcome]


def _answer(options: argparse.Namespace) -> int:
    from labcheck.attempt import opened  # noqa: PLC0415 - as above

    lab = load(options.lab)
    with opened(lab) as attempt:
        report = attempt.answer(options.step, " ".join(options.value)).only(options.step)
    print(_rendered(report, "terminal", sys.stdout), end="")
    return EXIT[report.outcome]


def _watch(options: argparse.Namespace) -> int:
    from labcheck.attempt import opened  # noqa: PLC0415 - as above
    from labcheck.render.terminal import changes  # noqa: PLC0415 - as above
    from labcheck.watch import watch  # noqa: PLC0415 - as above

    before = None
    with opened(load(options.lab)) as attempt:
        for report in watch(attempt, until=threading.Event()):
            if text := changes(before, report, colour=_colour(sys.stdout), zone=_zone()):
                print(text, end="", flush=True)
            before = report
            if report.outcome is Outcome.PASS:
                break
    return 0


def _reset(options: argparse.Namespace) -> int:
    from labcheck.attempt import opened  # noqa: PLC0415 - as above

    lab = load(options.lab)
    with opened(lab) as attempt:
        found = attempt.leftovers()
        for kind, names in (("container", found.containers), ("image", found.images), ("volume", found.volumes)):
            for name in names:
                print(f"{kind:9}  {name}")
        if found and not options.yes:
            _agree("Remove these, and begin anew?", f"labcheck reset {lab.slug} --yes")
        attempt.reset(found)
    print(
        f"A new attempt at {lab.slug} begins. {'All of these are gone.' if found else 'There was nothing to remove.'}"
    )
    return 0


def _agree(question: str, otherwise: str) -> None:
    """Ask, where somebody is there to answer; raises :class:`Refused` for a no, and where nobody is."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Refused("Nothing was removed: there is no terminal to ask in.", f"To agree beforehand, type {otherwise}")
    if input(f"{question} [y/N] ").strip().lower() not in {"y", "yes"}:
        raise Refused("Nothing was removed.")


def _rehearse(options: argparse.Namespace) -> int:
    from labcheck.rehearse import rehearse  # noqa: PLC0415 - as above

    return rehearse(options.lab)


def _look(lab: Lab) -> Report:
    from labcheck.attempt import opened  # noqa: PLC0415 - as above

    with opened(lab) as attempt:
        return attempt.look()


def _rendered(report: Report, form: str, stream: TextIO) -> str:
    from labcheck.render import FORMATS  # noqa: PLC0415 - as above
    from labcheck.render.terminal import render  # noqa: PLC0415 - as above

    if form == "terminal":
        return render(report, colour=_colour(stream), zone=_zone())
    return FORMATS[form](report)


def _colour(stream: TextIO) -> bool:
    return stream.isatty() and "NO_COLOR" not in os.environ


def _zone() -> tzinfo:
    """The reader's time zone."""
    return datetime.now().astimezone().tzinfo or UTC


def _reference(options: argparse.Namespace) -> int:
    from labcheck.render.reference import FORMATS, read  # noqa: PLC0415 - as above

    readings = [read(text) for text in options.references]
    print(FORMATS[options.format](readings), end="")
    return 0 if all(reading.valid for reading in readings) else 1


def _sandbox_run(options: argparse.Namespace) -> int:
    from labcheck.sandbox.world import run  # noqa: PLC0415 - as above

    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise Refused("There is no command to run.", "Type for instance: labcheck sandbox run -- bash")
    return run(argv)


def _sandbox_status(_options: argparse.Namespace) -> int:
    from labcheck.sandbox.running import status  # noqa: PLC0415 - as above

    running = status()
    for it in running:
        since = datetime.fromtimestamp(it.since, _zone()).strftime("%H:%M:%S")
        containers = "?" if it.containers is None else it.containers
        print(f"{it.id}  process {it.pid}  since {since}  containers {containers}  data {it.data or 'in memory'}")
    if not running:
        print("No sandbox runs.")
    return 0


def _sandbox_down(_options: argparse.Namespace) -> int:
    from labcheck.sandbox.running import down  # noqa: PLC0415 - as above

    removed = down()
    for it in removed.ended:
        print(f"ended    {it.id}")
    for folder in removed.folders:
        print(f"removed  {folder}")
    if not (removed.ended or removed.folders):
        print("There was nothing to end or remove.")
    return 0


def _images_list(_options: argparse.Namespace) -> int:
    from labcheck.sandbox.images import held  # noqa: PLC0415 - as above

    return _print_images(held(), "The course images are not built yet. Type: labcheck images build")


def _images_build(_options: argparse.Namespace) -> int:
    from labcheck.sandbox.images import build  # noqa: PLC0415 - as above

    return _print_images(build(tell=_tell), "No image was built.")


def _images_save(options: argparse.Namespace) -> int:
    from labcheck.sandbox.images import save  # noqa: PLC0415 - as above

    print(f"Written: {save(Path(options.file), tell=_tell)}")
    return 0


def _images_load(options: argparse.Namespace) -> int:
    from labcheck.sandbox.images import load  # noqa: PLC0415 - as above

    return _print_images(load(Path(options.file)), "The file holds no image.")


def _print_images(images: Sequence[CourseImage], otherwise: str) -> int:
    for image in images:
        names = ", ".join(f"{image.name}:{tag}" for tag in image.tags)
        made_from = ", ".join(f"{name} {version}" for name, version in image.packages.items())
        print(f"{names:30}  {image.size / 1e6:5.1f} MB  {image.digest[:19]}  made from {made_from}")
    if not images:
        print(otherwise)
    return 0


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
