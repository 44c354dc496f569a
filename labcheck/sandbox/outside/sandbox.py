"""A sandbox for one command or for several: ``run`` and ``opened``.

Inside, the default Docker socket and ``localhost`` are the sandbox's own; the user's files are there as always. The
data is in memory and gone at the end, unless a folder is given for it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

from labcheck.errors import SandboxError
from labcheck.sandbox.driver import Driver
from labcheck.sandbox.environment import environment
from labcheck.sandbox.exit_codes import exit_code
from labcheck.sandbox.outside.launch import launched
from labcheck.sandbox.outside.plan import Tell, Wanted, planned
from labcheck.sandbox.outside.process import Process
from labcheck.sandbox.outside.terminal import lent
from labcheck.sandbox.places import SOCKET
from labcheck.sandbox.programs import program

_ENTERED = ("--mount", "--uts", "--ipc", "--net", "--pid")
_IN_FOLDER = 'cd "$1" && shift && exec "$@"'


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A running sandbox, seen from outside."""

    id: str
    first: Process
    data: Path | None
    source: str
    outbound: bool
    driver: Driver = Driver.ROOT

    @property
    def engine_socket(self) -> Path:
        """The engine's socket, as root sees it from outside, as long as the sandbox runs."""
        return Path(f"/proc/{self.first.pid}/root{SOCKET}")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of commands inside."""
        return environment(os.environ, sandbox=self.id, in_memory=self.data is None)

    def entering(self, command: Sequence[str], folder: Path | None = None) -> list[str]:
        """The command to start outside so that ``command`` runs inside, in a folder (default: the current one)."""
        of_user = ["--user"] if self.driver is Driver.ROOTLESS else []
        enter = [program("nsenter"), f"--target={self.first.pid}", *of_user, *_ENTERED, "--"]
        return [*enter, "sh", "-c", _IN_FOLDER, "sh", str(folder or Path.cwd()), *command]

    def run(
        self,
        command: Sequence[str],
        *,
        timeout: float = 60,
        input: str = "",  # noqa: A002 - named as in subprocess.run
        folder: Path | None = None,
        extra: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command inside and return its output, like ``subprocess.run``.

        ``extra`` are additional environment variables. After ``timeout`` seconds the command and its children are
        killed and ``subprocess.TimeoutExpired`` is raised. Processes left in the background stay and are not waited
        for.
        """
        if not self.first.alive:
            raise SandboxError(f"The sandbox {self.id} has ended.", "Start another one.")
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            given.write(input.encode())
            given.seek(0)
            process = subprocess.Popen(  # noqa: S603 - what the caller asks for
                self.entering(command, folder),
                env=self.environment | dict(extra or {}),
                stdin=given,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            try:
                code = process.wait(timeout)
            except subprocess.TimeoutExpired:
                raise subprocess.TimeoutExpired(command, timeout) from None
            finally:
                if process.returncode is None:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()
            for file in (out, err):
                file.seek(0)
            texts = [file.read().decode(errors="replace") for file in (out, err)]
        return subprocess.CompletedProcess(command, exit_code(code), *texts)


def run(command: Sequence[str], *, tell: Tell = lambda _: None, **wanted: Unpack[Wanted]) -> int:
    """Run a command in a sandbox, with our terminal; returns its exit code, 128 plus the number for a signal.

    ``tell`` is called with progress. Raises ``SandboxError``. It handles signals, so call it from the main thread.
    """
    if not command:
        raise SandboxError("There is no command to run.", "Name one, for instance bash.")
    with (
        planned(command, tell=tell, **wanted) as plan,
        launched(plan) as running,
        lent(running.record.first),
    ):
        return running.wait()


@contextmanager
def opened(*, tell: Tell = lambda _: None, **wanted: Unpack[Wanted]) -> Iterator[Sandbox]:
    """A sandbox to run commands in during the ``with`` block; the arguments are those of ``run``."""
    with planned((), tell=tell, **wanted) as plan, launched(plan) as running:
        yield Sandbox(running.record.id, running.record.first, plan.data, plan.source, running.outbound, plan.driver)
