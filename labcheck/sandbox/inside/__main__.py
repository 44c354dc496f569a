"""The first process of a sandbox's PID namespace: it prepares the sandbox, runs the command, and adopts all orphans.

When it ends, the kernel kills everything in the sandbox and removes its mounts and network; so there is nothing to
clean up here, and nothing can be left behind by accident. Only ``outside/launch.py`` starts it.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from labcheck.errors import LabcheckError, SandboxError
from labcheck.files import is_full
from labcheck.render.printable import visible
from labcheck.sandbox import cgroups
from labcheck.sandbox.inside.announce import announce
from labcheck.sandbox.inside.children import Children
from labcheck.sandbox.inside.prepare import Service, own_environment, prepare, services_environment
from labcheck.sandbox.inside.supervisor import Supervisor
from labcheck.sandbox.protocol import DEADLINE, Channel, Ended, Failed, Hello, Ready, Setup
from labcheck.sandbox.trouble import no_room

GRACE = 3.0
"""For how many seconds an engine with data on disk may take to stop its containers and itself."""


def main(arguments: Sequence[str]) -> int:
    """Prepare the sandbox as told on the socket ``arguments[0]``, and run the command with stderr ``arguments[1]``."""
    control, stderr = map(int, arguments[:2])
    for descriptor in map(int, arguments):
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - positional only
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        # A namespace's first process ignores signals by default, and children inherit ignored ones.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    channel = Channel(socket.socket(fileno=control))
    # /proc is still the outer one, so this is our pid outside.
    channel.send(Hello(int(Path("/proc/self").readlink().name)))
    setup = channel.receive(DEADLINE)
    if not isinstance(setup, Setup):
        return 1
    try:
        services = _prepared(setup)
    except (LabcheckError, OSError) as error:
        channel.send(_failure(error, setup))
        return 1
    os.dup2(stderr, 2)
    children = Children()
    engine, mirror = (Supervisor(it, partial(_started, it, setup, children), announce) for it in services)
    if setup.command:
        children.when_ended |= {engine.pid: engine.ended, mirror.pid: mirror.ended}
    channel.send(Ready())
    code = _run(setup, children) if setup.command else children.attend()
    cgroups.thaw(setup.identity.id)  # paused processes cannot end, so waiting for us would never end
    if setup.data is not None and engine.pid:
        children.stop(engine.pid, GRACE)
    channel.send(Ended(code))
    return 0


def _started(service: Service, setup: Setup, children: Children, ended: Callable[[int], object]) -> int:
    """Restart the service; returns its pid. ``ended`` is called when it ends."""
    umask = os.umask(0o022)
    try:
        pid = children.start_apart(service.command, services_environment(setup), service.log)
    finally:
        os.umask(umask)
    children.when_ended[pid] = ended
    return pid


def _prepared(setup: Setup) -> tuple[Service, Service]:
    umask, folder = os.umask(0o022), Path.cwd()
    try:
        return prepare(setup)
    finally:
        os.umask(umask)
        # Enter the same path again, so that it is resolved through the sandbox's own mounts.
        os.chdir(folder if folder.is_dir() else "/")


def _run(setup: Setup, children: Children) -> int:
    """Run the command as a shell would: 127 if there is no such program, 126 if it cannot be run."""
    name = visible(setup.command[0])
    try:
        return children.attend(children.start(setup.command, own_environment(setup)))
    except FileNotFoundError:
        sys.stderr.write(f"labcheck: there is no program called {name}\n")
        return 127
    except OSError as error:
        sys.stderr.write(f"labcheck: {name} cannot be run ({error.strerror})\n")
        return 126


def _failure(error: LabcheckError | OSError, setup: Setup) -> Failed:
    if isinstance(error, OSError) and is_full(error):
        error = no_room(setup.data)
    elif isinstance(error, OSError):
        error = SandboxError(
            f"The sandbox could not be prepared ({error}).",
            "A container or a hardened machine may forbid it: run it as root on the machine itself.",
        )
    return Failed(str(error), error.remedy)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
