"""Installs Debian packages and changes nothing else: no service starts, none is left enabled, no trust is replaced.

The previous state is restored, even if an installation fails, is interrupted, or was killed before. It never asks, and
never waits forever.
"""

from __future__ import annotations

import fcntl
import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

POLICY = Path("/usr/sbin/policy-rc.d")
TRUST = Path("/etc/ssl/certs/ca-certificates.crt")
DENY = "#!/bin/sh\n# Put here by labcheck while it installs packages: no service starts.\nexit 101\n"
UPDATE_SECONDS, INSTALL_SECONDS = 180, 600


class MachineError(Exception):
    """The machine could not be made ready; the message says why and what to do."""


def say(sentence: str) -> None:
    """Print it immediately: the package client writes to the same place."""
    print(f"labcheck: {sentence}", flush=True)


def enabled(etc: Path) -> set[Path]:
    """The links that start something at boot: systemd's units and System V's scripts."""
    patterns = ("systemd/system/*.wants/*", "systemd/system/*.requires/*", "rc[2-5S].d/S[0-9][0-9]*")
    return {link for pattern in patterns for link in etc.glob(pattern)}


@contextmanager
def alone(folder: Path, seconds: float) -> Iterator[None]:
    """Only one such installation at a time on this machine: others wait, but not forever."""
    handle = os.open(folder, os.O_RDONLY)
    end = time.monotonic() + seconds
    try:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise MachineError("Another installation like this has not ended. Try again later.") from None
                time.sleep(0.2)
        yield
    finally:
        os.close(handle)


@contextmanager
def no_service_starts(policy: Path) -> Iterator[None]:
    """Prevent services from starting, by Debian's own means, then restore what was there, even after a killed run."""
    aside = policy.with_name(f"{policy.name}.before-labcheck")
    if os.path.lexists(aside):
        aside.replace(policy)
    elif policy.is_file() and policy.read_bytes() == DENY.encode():
        policy.unlink()
    if os.path.lexists(policy):
        policy.rename(aside)
    try:
        policy.write_text(DENY)
        policy.chmod(0o755)
        yield
    finally:
        if os.path.lexists(aside):
            aside.replace(policy)
        else:
            policy.unlink(missing_ok=True)


@contextmanager
def nothing_newly_enabled(etc: Path, disable_script: Callable[[str], object]) -> Iterator[None]:
    """Disable whatever was enabled meanwhile; what was enabled before stays enabled. Later upgrades keep to that."""
    before = enabled(etc)
    try:
        yield
    finally:
        new = enabled(etc) - before
        scripts = {link for link in new if link.parent.name.startswith("rc")}
        for link in new - scripts:
            link.unlink()
        for name in {link.name[3:] for link in scripts}:
            disable_script(name)
        if new:
            say(f"not started at boot: {', '.join(sorted({link.name for link in new - scripts}))}")


def disable_script(name: str) -> None:
    """Disable a System V script by Debian's own means: without a link of any kind, an upgrade would enable it again."""
    subprocess.run(["update-rc.d", name, "disable"], check=False, timeout=60, stdin=subprocess.DEVNULL)


@contextmanager
def trust_kept(bundle: Path, maker: Path) -> Iterator[None]:
    """Keep the machine's list of trusted certificates where no package made it: installing one would replace it."""
    own = bundle.read_bytes() if bundle.exists() and not maker.exists() else None
    try:
        yield
    finally:
        if own is not None and bundle.read_bytes() != own:
            bundle.write_bytes(own)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay a Ctrl-C or a SIGTERM until the package client is done: half installed is worse than waiting."""
    asked: list[int] = []

    def later(number: int, _frame: object) -> None:
        asked.append(number)
        say("the package client is at work; stopping as soon as it is done.")

    before = {number: signal.signal(number, later) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if asked:
        raise KeyboardInterrupt


def apt_get(*arguments: str, seconds: int, progress: Progress, of: int = 0) -> None:
    """Run the package client without questions and within a deadline; its output is shown only if it failed."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "NEEDRESTART_SUSPEND": "1", "LC_ALL": "C"}
    settings = ("-o", f"DPkg::Lock::Timeout={UPDATE_SECONDS}", "-o", "Dpkg::Use-Pty=0")
    reads, writes = os.pipe()
    command = ["apt-get", "-qq", "--yes", *settings, "-o", f"APT::Status-Fd={writes}", *arguments]
    with tempfile.TemporaryFile("w+", errors="replace") as log, uninterrupted():
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=quiet,
            start_new_session=True,
            pass_fds=[writes],
        )
        os.close(writes)
        status = Status(of)
        # In a thread: a program that holds the pipe open must not keep us beyond the deadline.
        threading.Thread(target=_follow, args=(reads, status, progress), daemon=True).start()
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            process.wait()
            raise MachineError(f"`apt-get {arguments[0]}` did not end within {seconds} s.") from error
        if code:
            progress.end()
            log.seek(0)
            print(log.read(), end="", flush=True)
            raise MachineError(f"`apt-get {arguments[0]}` failed; its output is above.")


class Status:
    """What the package client reports of its progress, line by line."""

    def __init__(self, of: int) -> None:
        self._of, self._installed = of, set[str]()

    def read(self, line: str) -> tuple[str, int, str, str] | None:
        """The action, how many of how many are done, and the current one; ``None`` if the line has none of that."""
        kind, package, _, said = [*line.strip().split(":", 3), "", "", ""][:4]
        if kind == "dlstatus" and (found := re.search(r"file (\d+) of (\d+)", said)):
            return "downloading", int(found[1]), found[2], ""
        if kind != "pmstatus" or not self._of:
            return None
        if said.startswith("Installed "):
            self._installed.add(package)
        return "installing", min(len(self._installed), self._of), str(self._of), package.partition(":")[0]


def _follow(reads: int, status: Status, progress: Progress) -> None:
    with os.fdopen(reads, errors="replace") as lines:
        for line in lines:
            if (told := status.read(line)) is not None:
                progress.count(*told)


def brought_in(names: list[str]) -> list[str]:
    """The packages that installing these would unpack, as far as the package client knows."""
    command = ["apt-get", "--simulate", "--no-install-recommends", "install", *names]
    done = subprocess.run(command, check=False, timeout=60, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    return unpacked(done.stdout)


def unpacked(simulation: str) -> list[str]:
    """The packages that a simulated ``apt-get install`` would unpack, from what it printed."""
    return [line.split()[1] for line in simulation.splitlines() if line.startswith("Inst ")]


def offered() -> frozenset[str]:
    """The names of all packages in this machine's lists; empty if those were never fetched."""
    done = subprocess.run(
        ["apt-cache", "pkgnames"], check=False, timeout=60, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )
    return frozenset(done.stdout.split())


def install(choose: Callable[[frozenset[str]], list[str]]) -> None:
    """Install the packages that are chosen from the available ones; no service starts, and none is newly enabled."""
    with (
        alone(POLICY.parent, INSTALL_SECONDS),
        no_service_starts(POLICY),
        nothing_newly_enabled(Path("/etc"), disable_script),
        trust_kept(TRUST, Path("/usr/sbin/update-ca-certificates")),
    ):
        with closing("the lists of packages") as progress:
            apt_get("update", seconds=UPDATE_SECONDS, progress=progress)
        names = choose(offered())
        with closing("packages") as progress:
            of = len(brought_in(names))
            apt_get("install", "--no-install-recommends", *names, seconds=INSTALL_SECONDS, progress=progress, of=of)


@contextmanager
def closing(what: str) -> Iterator[Progress]:
    """A progress display, closed at the end of the block."""
    progress = Progress(what)
    try:
        yield progress
    finally:
        progress.end()
