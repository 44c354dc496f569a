"""Commands about the course's own engine."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

from labcheck.attempts import attempts
from labcheck.cli.terminal import agree, tell, zone
from labcheck.errors import InvalidLab, LabcheckError, Refused, UnknownName
from labcheck.home import journal as journal_path
from labcheck.journal import Journal
from labcheck.lab import Lab, load, slugs
from labcheck.render.printable import visible
from labcheck.sandbox.driver import chosen
from labcheck.sandbox.outside import running, sandbox, storage

MEGA = 1024**2


def run(options: argparse.Namespace) -> int:
    """Run a command in a throwaway sandbox, and return its exit code."""
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise Refused("There is no command to run.", "For instance: labcheck sandbox run -- bash")
    return sandbox.run(argv, tell=tell, driver=chosen(options.driver))


def status(_options: argparse.Namespace) -> int:
    """List the sandboxes that run."""
    sandboxes = running.status()
    for it in sandboxes:
        since = datetime.fromtimestamp(it.since, zone()).strftime("%H:%M:%S")
        containers = "?" if it.containers is None else it.containers
        data = visible(str(it.data or "in memory"))
        print(f"{it.id}  process {it.pid}  since {since}  containers {containers}  data {data}")
    if not sandboxes:
        print("No sandbox is running.")
    return 0


def down(_options: argparse.Namespace) -> int:
    """Stop all sandboxes. Their data on disk stays."""
    ended = running.down()
    for it in ended:
        print(f"ended  {it.id}  {'' if it.data is None else f'its data stays in {visible(str(it.data))}'}".rstrip())
    if any(it.data for it in ended):
        print("To continue: labcheck start")
    if not ended:
        print("No sandbox is running.")
    return 0


def remove(options: argparse.Namespace) -> int:
    """List what engines keep on disk, and what would be lost with it; remove it after confirmation."""
    kept = storage.usage()
    for it in kept:
        images = "not known" if it.images is None else it.images
        folder, size = visible(str(it.folder)), it.size // MEGA
        print(f"{folder}  containers {it.containers}  images {images}  volumes {it.volumes}  {size} MB")
    if not kept:
        print("No engine keeps anything on disk.")
        return 0
    print("A new engine starts without any of this, and each lab with a new attempt.")
    for line in _attempts():
        print(line)
    if not options.yes:
        agree("Remove the engines' data?", "labcheck sandbox remove --yes")
    storage.remove()
    print("Removed. Your notebooks and the journal of your attempts are unchanged.")
    return 0


def _attempts() -> Iterator[str]:
    """How far each lab is, in the attempt that could no longer be continued."""
    if not journal_path().exists():
        return
    try:
        with Journal(journal_path()) as journal:
            for lab in _labs(journal.labs()):
                for it in attempts(lab, journal)[-1:]:
                    yield (
                        f"{visible(lab.slug):16}  attempt {it.attempt}: {it.done} of {it.steps} steps, "
                        f"{it.points} of {it.max_points} points; stays in the journal"
                    )
    except LabcheckError as error:
        yield f"labcheck cannot tell how far you are. {error}"


def _labs(known: Sequence[str]) -> Iterator[Lab]:
    """These labs, the course's first; a lab whose file is gone or damaged cannot be continued, and is left out."""
    own = slugs()
    for slug in sorted(known, key=lambda slug: own.index(slug) if slug in own else len(own)):
        with suppress(InvalidLab, UnknownName):
            yield load(slug)
