"""Commands about the course's own engine."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from labcheck.cli.terminal import agree, tell, zone
from labcheck.errors import Refused
from labcheck.render.printable import visible
from labcheck.sandbox.container import kept
from labcheck.sandbox.driver import Driver, chosen

if TYPE_CHECKING:
    from labcheck.sandbox.outside.held import Usage
    from labcheck.sandbox.outside.running import Running

MEGA = 1024**2
HAS_SANDBOXES = sys.platform != "win32"
"""Windows has only the course's container; its Python lacks what the others are made with."""


def run(options: argparse.Namespace) -> int:
    """Run a command in a throwaway sandbox, and return its exit code."""
    argv = options.argv[1:] if options.argv[:1] == ["--"] else options.argv
    if not argv:
        raise Refused("There is no command to run.", "For instance: labcheck sandbox run -- bash")
    if options.driver == Driver.CONTAINER:
        raise Refused(
            "A command of this machine cannot run in the course's container, which has programs and files of its own.",
            "Type it in a terminal of the course: labcheck start --driver container",
        )
    from labcheck.sandbox.outside import sandbox  # noqa: PLC0415 - it exists only on Linux

    return sandbox.run(argv, tell=tell, driver=chosen(options.driver))


def status(_options: argparse.Namespace) -> int:
    """List the sandboxes that run."""
    sandboxes: tuple[Running, ...] = ()
    if HAS_SANDBOXES:
        from labcheck.sandbox.outside import running  # noqa: PLC0415 - it exists only on Linux

        sandboxes = running.status()
    for it in sandboxes:
        since = datetime.fromtimestamp(it.since, zone()).strftime("%H:%M:%S")
        containers = "?" if it.containers is None else it.containers
        data = visible(str(it.data or "in memory"))
        print(f"{it.id}  process {it.pid}  since {since}  containers {containers}  data {data}")
    container = kept.status()
    if container:
        containers = "?" if container.containers is None else container.containers
        print(f"{container.name}  in your Docker engine  containers {containers}  data volume {container.volume}")
    if not sandboxes and not container:
        print("No sandbox is running.")
    return 0


def down(_options: argparse.Namespace) -> int:
    """Stop all sandboxes. Their data on disk stays."""
    ended: tuple[Running, ...] = ()
    if HAS_SANDBOXES:
        from labcheck.sandbox.outside import running  # noqa: PLC0415 - it exists only on Linux

        ended = running.down()
    for it in ended:
        print(f"ended  {it.id}  {'' if it.data is None else f'its data stays in {visible(str(it.data))}'}".rstrip())
    container = kept.down()
    if container:
        print(f"ended  {container.name}  its data stays in the volume {container.volume}")
    if container or any(it.data for it in ended):
        print("To continue: labcheck start")
    if not ended and not container:
        print("No sandbox is running.")
    return 0


def remove(options: argparse.Namespace) -> int:
    """List what engines keep on disk, and what would be lost with it; remove it after confirmation."""
    usages: tuple[Usage, ...] = ()
    if HAS_SANDBOXES:
        from labcheck.sandbox.outside import storage  # noqa: PLC0415 - it exists only on Linux

        usages = storage.usage()
    in_docker = kept.data()
    for it in usages:
        images = "not known" if it.images is None else it.images
        folder, size = visible(str(it.folder)), it.size // MEGA
        print(f"{folder}  containers {it.containers}  images {images}  volumes {it.volumes}  {size} MB")
    if in_docker:
        its = f"{in_docker.size // MEGA} MB" if in_docker.size >= 0 else "size not known"
        print(f"volume {in_docker.volume} of your Docker engine  {its}")
    if not usages and not in_docker:
        print("No engine keeps anything on disk.")
        return 0
    print("A new engine starts without any of this, and each lab with a new attempt.")
    if usages:
        from labcheck.cli.begun import attempts_begun  # noqa: PLC0415 - the journal of a container is in it

        for line in attempts_begun():
            print(line)
    if not options.yes:
        agree("Remove the engines' data?", "labcheck sandbox remove --yes")
    if usages:
        storage.remove()
    if in_docker:
        kept.remove()
    print("Removed. Your notebooks and the journal of your attempts are unchanged.")
    return 0
