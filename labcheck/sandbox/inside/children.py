"""The child processes of a sandbox's first process: starts them, forwards signals to them, and reaps them.

As every init process must, it also reaps orphans. Signals are received synchronously, so none interrupts anything.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from labcheck.sandbox.exit_codes import exit_code

_WAITED = {signal.SIGCHLD, signal.SIGTERM, signal.SIGHUP}
_IGNORED_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)


class Children:
    """All children, from now on."""

    def __init__(self) -> None:
        self._ended: dict[int, int] = {}
        self.when_ended: dict[int, Callable[[int], object]] = {}
        """What to do once a child has ended, by its pid; called with the exit code, as ``subprocess`` gives it."""
        signal.pthread_sigmask(signal.SIG_BLOCK, _WAITED)

    def start(self, command: Sequence[str], environment: Mapping[str, str]) -> int:
        """Start a program from PATH with our terminal; returns its pid. Raises ``OSError``."""
        return os.posix_spawnp(command[0], list(command), environment, setsigmask=(), setsigdef=_IGNORED_BY_PYTHON)

    def start_apart(self, command: Sequence[str], environment: Mapping[str, str], log: Path) -> int:
        """Start a background program without our terminal; its output is appended to a log. Raises ``OSError``."""
        actions = (
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(log), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        )
        return os.posix_spawnp(
            command[0],
            list(command),
            environment,
            file_actions=actions,
            setsid=True,
            setsigmask=(),
            setsigdef=_IGNORED_BY_PYTHON,
        )

    def attend(self, child: int | None = None) -> int:
        """Reap until the child has ended, and return its exit code as a shell does; without a child, until SIGTERM."""
        while True:
            self._reap()
            if child in self._ended:
                return exit_code(self._ended[child])
            received = signal.sigwait(_WAITED)
            if received != signal.SIGCHLD:
                if child is None:
                    return 0
                os.kill(child, received)

    def stop(self, child: int, within: float) -> None:
        """Ask a child to end, and wait at most this many seconds."""
        deadline = time.monotonic() + within
        self.when_ended.pop(child, None)
        self._reap()
        if child not in self._ended:
            os.kill(child, signal.SIGTERM)
        while child not in self._ended and (left := deadline - time.monotonic()) > 0:
            signal.sigtimedwait({signal.SIGCHLD}, left)
            self._reap()

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            self._ended[pid] = os.waitstatus_to_exitcode(status)
            if then := self.when_ended.pop(pid, None):
                then(self._ended[pid])
