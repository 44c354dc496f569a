"""The course in a container of the learner's Docker engine: opened, waited for, closed.

It runs on any system: the container does everything, and the process here shows what it says and waits. If that process
is killed, the container goes on, and the next start takes it over.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from labcheck import loopback
from labcheck.errors import Refused, SandboxError
from labcheck.observe.engine.endpoint import endpoint
from labcheck.owner import behind_sudo
from labcheck.sandbox.container import course, engine, host, image, record
from labcheck.sandbox.container.course import State
from labcheck.sandbox.container.settings import Wanted, meaning
from labcheck.sandbox.trouble import writing
from labcheck.start import port as page_port
from labcheck.start import refusal
from labcheck.start.ending import ended_as_by_ctrl_c
from labcheck.wait import repeat

if TYPE_CHECKING:
    from docker import APIClient

PAGE = 180.0
"""For how many seconds to wait for the page."""
TICK = 0.5
SOON = 3.0


def start(
    folder: Path,
    *,
    port: int = 0,
    opened: Callable[[str], object],
    tell: Callable[[str], object],
    agree: Callable[[str], object],
) -> int:
    """Open the course with the notebooks in ``folder``, and wait until it is closed; 0 if all went well.

    ``agree`` is called before the first container is made, with what that may do; it raises if it may not be made.

    Raises ``LabcheckError``.
    """
    refusal.check_outside()
    with engine.reached() as docker:
        engine.refuse_unfit(docker.info(), endpoint())
        home = record.read()
        its = course.find(docker, home) if home else None
        if its is not None and its.is_running:
            _refuse_another(its, folder)
            tell("The course is open already, in its container. It goes on here.")
            return _open(docker, home, its, opened=opened, show=_shown(its, tell, since_now=True))
        if not home:
            agree(meaning(str(folder)))
            with writing(folder):
                home = record.write()
        image.build(docker, home, tell=tell)
        course.end(docker, home)
        its = _made(docker, home, folder, port)
        return _open(docker, home, its, opened=opened, show=_shown(its, tell))


def _open(docker: APIClient, home: str, its: State, *, opened: Callable[[str], object], show: Thread) -> int:
    """Say where the page is, and wait until the course is closed; then nothing of it runs. Its exit code."""
    with ended_as_by_ctrl_c():
        try:
            opened(_address(docker, home, its))
            code = _waited(docker, its)
        except _Ended as end:
            code = end.code
        except KeyboardInterrupt:
            ended = course.end(docker, home)
            return ended.code if ended else 0
        show.join(SOON)  # its last words
        course.end(docker, home)
        return code


def _refuse_another(its: State, folder: Path) -> None:
    """Refuse to go on with another folder than the one that the container has. Raises ``Refused``."""
    if its.folder != host.mounted(str(folder)):
        raise Refused(
            f"The course is open already, with the notebooks in {its.folder}.",
            "To go on with it, name that folder. To close it: labcheck sandbox down",
        )


def _made(docker: APIClient, home: str, folder: Path, port: int) -> State:
    """The container, running; if the port of the last start is taken, at another one. Raises ``SandboxError``."""
    from docker.errors import APIError  # noqa: PLC0415 - importing the SDK takes 0.1 s

    _claim(folder)
    uid, gid = host.ids()
    asked = [port] if port else list(dict.fromkeys((page_port.last(), 0)))
    for one in asked:
        wanted = Wanted(home, image.name(), host.mounted(str(folder)), uid, gid, one)
        try:
            its = course.made(docker, wanted)
        except APIError as error:
            if course.is_port_taken(error) and one != asked[-1]:
                continue
            if course.is_port_taken(error):
                remedy = "Leave out --port to use a free one."
                raise SandboxError(f"The page cannot be served on port {one}.", remedy) from error
            if "bind source path" in str(error) or "mounts denied" in str(error).lower():
                raise SandboxError(f"Your Docker engine does not see the folder {folder}.", host.sharing()) from error
            raise
        page_port.keep(its.port)
        return its
    raise AssertionError("the last port is tried, or refused")


def _claim(folder: Path) -> None:
    """Make the folder, as the learner's."""
    owner = behind_sudo()
    with writing(folder):
        if owner is not None:
            owner.claim(folder)
        else:
            folder.mkdir(parents=True, exist_ok=True)


def _address(docker: APIClient, home: str, its: State) -> str:
    """The page's address, once it answers. Raises ``SandboxError``, or ``_Ended`` if the container ends before."""

    def asked() -> str:
        now = course.state(docker, its.id)
        if now is None or not now.is_running:
            raise _Ended(now.code if now else 0)
        return course.token(docker, its)

    if token := repeat(asked, bool, PAGE, every=TICK):
        return f"http://{loopback.ADDRESS}:{its.port}/?token={token}"
    course.end(docker, home)
    raise SandboxError(f"JupyterLab was not ready within {PAGE:.0f} seconds.", "Try again.")


def _waited(docker: APIClient, its: State) -> int:
    """Wait until the course is closed, here or elsewhere; returns its exit code."""
    while (now := course.state(docker, its.id)) is not None and now.is_running:
        time.sleep(TICK)
    return now.code if now else 0


def _shown(its: State, tell: Callable[[str], object], *, since_now: bool = False) -> Thread:
    """Show what the container says, in a thread that ends with it or with this process."""

    def follow() -> None:
        with suppress(SandboxError), engine.reached(timeout=engine.FOREVER) as docker:
            for line in docker.logs(its.id, stream=True, follow=True, tail=0 if since_now else "all"):
                tell(line.decode(errors="replace").rstrip())

    thread = Thread(target=follow, daemon=True)
    thread.start()
    return thread


class _Ended(Exception):  # noqa: N818 - it is no error
    """The container has ended, with this exit code."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
