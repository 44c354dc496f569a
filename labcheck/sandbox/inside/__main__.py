"""The first process of a sandbox's PID namespace: it prepares the sandbox, runs the command, and owns everything.

When it ends, the kernel ends all that is in the sandbox and takes the mounts and the network with it; so there is
nothing to tidy up here, and no way to leave something by accident. Only ``outside/chain.py`` starts it.
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
from labcheck.render.printable import visible
from labcheck.sandbox import cgroups
from labcheck.sandbox.inside.announce import announce
from labcheck.sandbox.inside.children import Children
from labcheck.sandbox.inside.prepare import Service, own_environment, prepare, services_environment
from labcheck.sandbox.inside.supervisor import Supervisor
from labcheck.sandbox.orders import DEADLINE, Ended, Failed, Hello, Line, Orders, Ready
from labcheck.sandbox.trouble import is_full, no_room

GRACE = 3.0
"""Seconds for an engine with data on disk to stop its containers and itself."""


def main(arguments: Sequence[str]) -> int:
    """Prepare the sandbox as told on the socket ``arguments[0]``, and run the command with stderr ``arguments[1]``."""
    control, stderr = map(int, arguments[:2])
    for descriptor in map(int, arguments):
        os.set_inheritable(descriptor, False)  # noqa: FBT003 - positional only
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        # Nothing reaches a namespace's first process by default, and children inherit the default.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    line = Line(socket.socket(fileno=control))
    # /proc is still the one outside, so this is our pid there.
    line.say(Hello(int(Path("/proc/self").readlink().name)))
    orders = line.hear(DEADLINE)
    if not isinstance(orders, Orders):
        return 1
    try:
        services = _prepared(orders)
    except (LabcheckError, OSError) as error:
        line.say(_failure(error, orders))
        return 1
    os.dup2(stderr, 2)
    children = Children()
    engine, mirror = (Supervisor(it, partial(_started, it, orders, children), announce) for it in services)
    if orders.command:
        children.when_ended |= {engine.pid: engine.ended, mirror.pid: mirror.ended}
    line.say(Ready())
    code = _run(orders, children) if orders.command else children.attend()
    cgroups.thaw(orders.identity.id)  # what is paused could not end, and whoever waits for us would wait forever
    if orders.data is not None and engine.pid:
        children.stop(engine.pid, GRACE)
    line.say(Ended(code))
    return 0


def _started(service: Service, orders: Orders, children: Children, ended: Callable[[int], object]) -> int:
    """The service's pid, started once more; ``ended`` hears of its end."""
    umask = os.umask(0o022)
    try:
        pid = children.start_apart(service.command, services_environment(orders), service.log)
    finally:
        os.umask(umask)
    children.when_ended[pid] = ended
    return pid


def _prepared(orders: Orders) -> tuple[Service, Service]:
    umask, folder = os.umask(0o022), Path.cwd()
    try:
        return prepare(orders)
    finally:
        os.umask(umask)
        # The same path again, so that it leads through the sandbox's own places.
        os.chdir(folder if folder.is_dir() else "/")


def _run(orders: Orders, children: Children) -> int:
    """Run the command as a shell would: 127 if there is no such program, 126 if it cannot be run."""
    name = visible(orders.command[0])
    try:
        return children.attend(children.start(orders.command, own_environment(orders)))
    except FileNotFoundError:
        sys.stderr.write(f"labcheck: there is no program called {name}\n")
        return 127
    except OSError as error:
        sys.stderr.write(f"labcheck: {name} cannot be run ({error.strerror})\n")
        return 126


def _failure(error: LabcheckError | OSError, orders: Orders) -> Failed:
    if isinstance(error, OSError) and is_full(error):
        error = no_room(orders.data)
    elif isinstance(error, OSError):
        error = SandboxError(
            f"The sandbox could not be prepared ({error}).",
            "A container or a hardened machine may forbid it: run it as root on the machine itself.",
        )
    return Failed(str(error), error.remedy)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
