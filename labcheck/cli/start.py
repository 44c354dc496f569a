"""The command that opens the course."""

from __future__ import annotations

import argparse
from contextlib import suppress
from functools import partial
from pathlib import Path

from labcheck import start as course
from labcheck.cli.terminal import tell
from labcheck.home import opening
from labcheck.render.printable import visible
from labcheck.sandbox.driver import chosen
from labcheck.start import browser

KILLED = 128
"""Exit codes above this mean that a signal ended the process."""


def start(options: argparse.Namespace) -> int:
    """Open the course, show it in a browser, and wait until it is closed."""
    folder = Path(options.folder).expanduser() if options.folder else course.default_folder()

    def opened(address: str) -> None:
        shown = options.browser and browser.show(address, folder.absolute())
        print(f"\nThe course is open{' in your browser' if shown else ''}: {address}\n")
        print(f"Your notebooks are in {visible(str(folder.absolute()))}")
        print("Ctrl-C closes the course. What you did is kept.", flush=True)

    run = course.start_on_host if options.engine == "host" else partial(course.start, driver=chosen(options.driver))
    with browser.forgotten(folder.absolute()):
        code = run(folder, port=options.port, opened=opened, tell=tell)
    if code > KILLED:
        tell(f"labcheck: The course was killed from outside. What you did is kept.\n  To continue: {opening()}")
    if code == 0:
        with suppress(OSError):  # closing the terminal also closes the course
            print(f"\nThe course is closed. To continue: {opening()}", flush=True)
    return code
