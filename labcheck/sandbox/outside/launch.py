"""Launches a sandbox and ends it: a chain of setpriv, unshare, and the first process of the new namespaces.

The kernel kills each process of the chain when its parent dies, so nothing outlives the calling process. (For the
kernel, the parent is a thread: call this from one that outlives the sandbox.) What namespaces leave behind is removed
here.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import IO

from labcheck.errors import SandboxError
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.last_error import last_error
from labcheck.sandbox.outside import network, rootless
from labcheck.sandbox.outside.plan import Plan
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.outside.record import Record
from labcheck.sandbox.outside.running import tidy
from labcheck.sandbox.outside.terminal import held_back
from labcheck.sandbox.programs import program
from labcheck.sandbox.protocol import DEADLINE, Channel, Ended, Failed, Hello, Message, Ready, Setup

NAMESPACES = ("--mount", "--propagation=private", "--uts", "--ipc", "--pid", "--fork", "--kill-child=SIGKILL")
OWN_NETWORK = ("--net",)
_KEPT_FROM_CHAIN = (signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM)
"""Signals that a terminal or a supervisor may send to the whole group, but only the command should receive."""
KILLED = 128 + signal.SIGKILL
_GRACE = 5.0
_SOON = 10.0


@dataclass(frozen=True, slots=True)
class Launched:
    """A sandbox that is ready, and the process outside that waits for it."""

    record: Record
    outbound: bool
    _process: subprocess.Popen[bytes]
    _channel: Channel

    @property
    def ended(self) -> bool:
        """Whether the sandbox has ended."""
        return self._process.poll() is not None

    def wait(self) -> int:
        """Wait until the sandbox has ended; returns its command's exit code, or the one for a killed process."""
        self._process.wait()
        try:
            ended = self._channel.receive(_SOON)
        except OSError:
            ended = None
        return ended.code if isinstance(ended, Ended) else KILLED


@contextmanager
def launched(plan: Plan) -> Iterator[Launched]:
    """Start the sandbox; it is ready inside the ``with`` block, and gone afterwards."""
    ours, theirs = socket.socketpair()
    with ours, theirs, tempfile.TemporaryFile() as errors, ExitStack() as stack:
        process = _start(plan, theirs, errors)
        stack.callback(_end_process, process)
        theirs.close()
        channel = Channel(ours)
        hello = _received(channel, errors)
        if not isinstance(hello, Hello):
            raise _refused(errors)
        try:
            chain, first = Process.of(process.pid), Process.of(hello.pid)
        except ProcessLookupError:
            raise _refused(errors) from None
        record = Record(plan.identity.id, chain, first, time.time(), None if plan.data is None else str(plan.data))
        record.write()
        stack.callback(tidy, record)
        shared = plan.driver.shares_network
        slirp = network.connect(hello.pid) if plan.outbound and not shared else None
        if slirp is not None:
            stack.callback(_end_process, slirp)
        outbound = slirp is not None or (plan.outbound and shared)
        stack.callback(_end_first, record)
        if plan.command:
            stack.enter_context(held_back())
        with suppress(BrokenPipeError):  # if it has ended, the reply says so
            channel.send(_setup(plan, outbound=outbound))
        match _received(channel, errors):
            case Ready():
                yield Launched(record, outbound, process, channel)
            case Failed(sentence, remedy):
                raise SandboxError(sentence, remedy)
            case _:
                raise _refused(errors)


def _start(plan: Plan, control: socket.socket, errors: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start the chain: with our terminal if there is a command, else without it."""
    foreground = bool(plan.command)
    stderr = os.dup(2) if foreground else os.dup(errors.fileno())
    descriptors = [control.fileno(), stderr, *([] if plan.lock is None else [plan.lock])]
    namespaces = NAMESPACES if plan.driver.shares_network else (*OWN_NETWORK, *NAMESPACES)
    made = rootless.unshare(*namespaces) if plan.driver is Driver.ROOTLESS else [program("unshare"), *namespaces]
    chain = [program("setpriv"), "--pdeathsig", "KILL", *made]
    first = [sys.executable, "-P", "-m", "labcheck.sandbox.inside", *map(str, descriptors)]
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _KEPT_FROM_CHAIN)
    try:
        return subprocess.Popen(  # noqa: S603 - our own chain
            [*chain, *first],
            stdin=None if foreground else subprocess.DEVNULL,
            stdout=None if foreground else subprocess.DEVNULL,
            stderr=errors,
            pass_fds=descriptors,
            start_new_session=not foreground,
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        os.close(stderr)


def _setup(plan: Plan, *, outbound: bool) -> Setup:
    return Setup(
        identity=plan.identity,
        source=plan.source,
        data=None if plan.data is None else str(plan.data),
        sockets=plan.sockets,
        resolver=network.resolver(plan.driver, outbound=outbound),
        command=plan.command,
        owner=plan.owner,
        driver=plan.driver,
    )


def _received(channel: Channel, errors: IO[bytes]) -> Message:
    try:
        message = channel.receive(DEADLINE)
    except TimeoutError:
        raise SandboxError(f"The sandbox was not ready within {DEADLINE:.0f} seconds.", "Try again.") from None
    except OSError:
        message = None
    if message is None:
        raise _refused(errors)
    return message


def _refused(errors: IO[bytes]) -> SandboxError:
    errors.seek(0)
    words = last_error(errors.read().decode(errors="replace"))
    if "not permitted" in words or "denied" in words or "No space left" in words:
        return SandboxError(
            f"This machine does not allow creating a sandbox's namespaces ({words}).",
            "Inside a container, start that container with --privileged; or run the course on the machine itself.",
        )
    return SandboxError(f"The sandbox's first process ended before it was ready ({words}).", "Try again.")


def _end_first(record: Record) -> None:
    if record.data is not None:
        record.first.send(signal.SIGTERM)
        record.first.gone(within=_GRACE)
    record.first.send(signal.SIGKILL)


def _end_process(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(timeout=_SOON)
