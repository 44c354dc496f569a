"""One mirror for a class: the same program that a sandbox has inside, on an address that others can reach.

It caches Docker Hub, so that is asked once for whatever a class pulls; or it serves the course's own images, which may
have come from a file. Learners' sandboxes get their images from it with ``LABCHECK_IMAGES``, and cache them again.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from labcheck.errors import OutputError, Refused, SandboxError
from labcheck.home import claimed
from labcheck.sandbox import images, mirror, upstream
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.outside.child import child
from labcheck.sandbox.outside.source import best
from labcheck.sandbox.protocol import COURSE
from labcheck.wait import wait_until

FOLDER: Final = "class-mirror"
LOG: Final = "mirror.log"
DEADLINE: Final = 30.0
REMEDY: Final = "labcheck mirror --from course serves the course's own images, which need no network."
ELSEWHERE: Final = "Choose another address with --host, or another port with --port."


def serve(  # noqa: PLR0913 - what a server has
    address: str,
    asked_at: str,
    *,
    source: str | None,
    file: Path | None,
    tell: Callable[[str], object],
    ready: Callable[[str], object],
) -> int:
    """Serve at ``address`` until Ctrl-C; ``ready`` is called with the source once it answers at ``asked_at``.

    ``source`` is ``COURSE`` or the URL of a registry to cache, ``None`` for whatever is best here. ``file`` is one that
    ``labcheck images save`` wrote, to be loaded first. Raises ``LabcheckError``.
    """
    if file is not None:
        images.load(file)
        source = COURSE
    images.build(tell=tell)  # the program is in them
    chosen = best() if source is None else source
    if chosen != COURSE and not upstream.answers(chosen, DEADLINE / 10):
        raise Refused(f"The registry at {chosen} does not answer, from which the mirror would get its images.", REMEDY)
    try:
        folder = claimed() / FOLDER
        folder.mkdir(mode=0o700, exist_ok=True)
        command, log = mirror.command(chosen, folder, address=address), (folder / LOG).open("wb")
    except OSError as error:
        raise OutputError.at(claimed() / FOLDER, error, "Set LABCHECK_HOME to another.") from error
    with log, child(command, log) as process:
        wait_until(lambda: process.poll() is not None or upstream.answers(asked_at, 0), DEADLINE)
        if process.poll() is None and upstream.answers(asked_at, 1):
            ready(chosen)
            process.wait()
            return 0
        said = last_error((folder / LOG).read_text("utf-8", "replace"))
        raise SandboxError(f"The mirror did not start: {said}.", ELSEWHERE)
