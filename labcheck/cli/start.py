"""The command that opens the course."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from labcheck.cli.terminal import agree, tell
from labcheck.home import opening
from labcheck.render.printable import visible
from labcheck.sandbox.driver import Driver
from labcheck.start import browser
from labcheck.start.choice import choice
from labcheck.start.folder import default_folder
from labcheck.start.refusal import OTHERWISE

KILLED = 128
"""Exit codes above this mean that a signal ended the process."""


def start(options: argparse.Namespace) -> int:
    """Open the course, show it in a browser, and wait until it is closed."""
    folder = (Path(options.folder).expanduser() if options.folder else default_folder()).absolute()

    def opened(address: str) -> None:
        shown = options.browser and browser.show(address, folder)
        print(f"\nThe course is open{' in your browser' if shown else ''}: {address}\n")
        print(f"Your notebooks are in {visible(str(folder))}")
        print("Ctrl-C closes the course. What you did is kept.", flush=True)

    with browser.forgotten(folder):
        code = _run(options, folder, opened)
    if code > KILLED:
        tell(f"labcheck: The course was killed from outside. What you did is kept.\n  To continue: {opening()}")
    if code == 0:
        with suppress(OSError):  # closing the terminal also closes the course
            print(f"\nThe course is closed. To continue: {opening()}", flush=True)
    return code


def _run(options: argparse.Namespace, folder: Path, opened: Callable[[str], object]) -> int:
    """Open it, by the driver that was chosen; what only one system has is loaded only there."""
    if options.engine == "host":
        from labcheck.start import sandboxed  # noqa: PLC0415 - see above

        return sandboxed.start_on_host(folder, port=options.port, opened=opened, tell=tell)
    it = choice(options.driver)
    if it.driver is Driver.CONTAINER:
        from labcheck.start import container  # noqa: PLC0415 - see above

        tell(it.told)
        agreed = partial(_agree, it.instead, yes=options.yes)
        return container.start(folder, port=options.port, opened=opened, tell=tell, agree=agreed)
    from labcheck.start import sandboxed  # noqa: PLC0415 - see above

    return sandboxed.start(folder, port=options.port, opened=opened, tell=tell, driver=it.driver)


def _agree(instead: str, meaning: str, *, yes: bool) -> None:
    """Say what the container may do, and what could be done instead; then ask."""
    tell("\n".join(filter(None, (meaning, instead, OTHERWISE))))
    if not yes:
        agree("Make it?", "labcheck start --driver container --yes", refused="No container was made")
