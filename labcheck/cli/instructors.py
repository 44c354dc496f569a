"""What can be typed after ``labcheck class new``, ``grade`` and ``wall``: the commands for instructors."""

from __future__ import annotations

import argparse

from labcheck.cli.numbers import percent, port, port_or_free, workers


def class_new(parser: argparse.ArgumentParser) -> None:
    """Which roster, and where the class file goes."""
    parser.set_defaults(run="classroom.new")
    parser.add_argument(
        "--roster", metavar="FILE", required=True, help="who is in it: CSV with the columns id and name"
    )
    kept = "the class file (default: class.json); if it exists, the codes in it stay"
    parser.add_argument("-o", "--output", metavar="FILE", default="class.json", help=kept)


def grade(parser: argparse.ArgumentParser) -> None:
    """What was handed in, by which rules, and what to write."""
    parser.set_defaults(run="grade.grade")
    add = parser.add_argument
    add("submissions", metavar="FILE", nargs="*", help="what was handed in, or a folder with it")
    lab = "only this lab, as it is here; with NAME=FILE as it is in this file, for instance corrected; may be repeated"
    add("--lab", metavar="LAB", action="append", help=lab)
    add("--roster", metavar="FILE", help="who is in the class: CSV with the columns id and name")
    add("--class", metavar="FILE", dest="class_file", help="the class file, which knows the learners' keys and names")
    add("--until", metavar="TIME", type=_moment, help="the deadline, such as 2026-12-01T18:00")
    late = "percent of its points that a step loses for each day, whole or begun, from the deadline until it was done"
    add("--late", metavar="PERCENT", type=percent, default=100, help=f"{late} (default: 100: a late step gives none)")
    add("--attempt", choices=("best", "last"), default="best", help="which attempt at a lab counts (default: best)")
    what = "a step that counts neither for nor against, for all or for one learner; may be repeated"
    add("--excuse", metavar="[LAB/]STEP[=LEARNER]", action="append", default=[], help=what)
    add("--before", metavar="DIR", help="an earlier gradebook's folder, to compare with (default: that of -o, if any)")
    what = f"what to write, with commas between: {', '.join(FORMATS)} (default: csv,json,html)"
    add("--format", metavar="NAMES", type=_formats, default=("csv", "json", "html"), help=what)
    add(
        "--workers",
        metavar="N",
        type=workers,
        default=0,
        help="how many processes grade (default: one for each processor)",
    )
    page = "instead, write a page that judges in a browser, with Pyodide from this folder, to the file that -o names"
    add("--page", metavar="PYODIDE", help=page)
    add("-o", "--output", metavar="DIR", required=True, help="the folder for the gradebook")


FORMATS = (
    *("csv", "json", "html", "feedback", "markdown", "junit"),
    *("canvas", "moodle", "gradescope", "prairielearn", "classroom50"),
)
"""What a gradebook can be written as; ``grade/output.py`` has them, and a test holds that they are these."""


def _formats(written: str) -> tuple[str, ...]:
    names = tuple(written.split(","))
    if unknown := [name for name in names if name not in FORMATS]:
        raise argparse.ArgumentTypeError(f"{unknown[0]!r} is none of {', '.join(FORMATS)}")
    return names


def _moment(written: str) -> int:
    """A time in ISO 8601, in nanoseconds; without an offset it is local."""
    from datetime import datetime  # noqa: PLC0415 - only a deadline needs it

    try:
        return int(datetime.fromisoformat(written).timestamp()) * 10**9
    except (ValueError, OverflowError, OSError) as error:
        raise argparse.ArgumentTypeError(f"{written!r} is not a time such as 2026-12-01T18:00") from error


def mirror(parser: argparse.ArgumentParser) -> None:
    """Where its images come from, and where to listen."""
    parser.set_defaults(run="mirror.mirror")
    add = parser.add_argument
    what = "course, hub, or the URL of a registry (default: Docker Hub if it answers, else the course's own images)"
    add("--from", metavar="SOURCE", dest="source", help=what)
    add("--file", metavar="FILE", help="a file that labcheck images save wrote, for a room without a network")
    where = "the address to listen at (default: all of this machine's, so that the class can reach it)"
    add("--host", metavar="ADDRESS", default="", help=where)
    add("--port", type=port, default=8809, help="the port to listen at (default: 8809)")


def wall(parser: argparse.ArgumentParser) -> None:
    """Of which class, and where to listen."""
    parser.set_defaults(run="wall.wall")
    class_file = "the class file, which knows the learners' keys and names (default: class.json)"
    parser.add_argument("--class", metavar="FILE", dest="class_file", default="class.json", help=class_file)
    hub = "the address of a JupyterHub's proxy; the hub itself starts its wall with this"
    parser.add_argument("--hub", metavar="URL", default="", help=hub)
    where = "the address to listen at (default: all of this machine's, so that the class can reach it)"
    parser.add_argument("--host", metavar="ADDRESS", default="", help=where)
    parser.add_argument("--port", type=port_or_free, default=8808, help="the port to listen at (default: 8808)")
