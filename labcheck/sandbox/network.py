"""A sandbox's network: its own loopback, and the way out, where there is one.

Nothing is configured outside: the way out is a user-mode network stack (slirp4netns), which is one ordinary process.
The machine's own loopback cannot be reached through it.
"""

from __future__ import annotations

import fcntl
import os
import select
import shutil
import socket
import struct
import subprocess
from pathlib import Path

from labcheck.sandbox.requirements import program, search_path

RESOLVER = "nameserver 10.0.2.3\n"
NO_RESOLVER = "# This sandbox has no way out.\n"
_DEADLINE = 5.0
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
"""SIOCGIFFLAGS, SIOCSIFFLAGS and IFF_UP of netdevice(7)."""


def loopback_up() -> None:
    """Switch on the loopback of a new network namespace."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, request))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", b"lo", flags | _UP))


def way_out() -> bool:
    """Whether this machine leads anywhere, and slirp4netns is there to lead a sandbox the same way."""
    routes = Path("/proc/net/route").read_text(encoding="ascii").splitlines()[1:]
    leads = any(row.split()[1] == "00000000" for row in routes if row.strip())
    return leads and _slirp() is not None


def connect(first: int) -> subprocess.Popen[bytes] | None:
    """Give the namespace of this process a way out; ``None`` if that did not work. The caller ends it."""
    told, tell = os.pipe()
    try:
        options = ["--configure", "--mtu=65520", "--disable-host-loopback", f"--ready-fd={tell}"]
        started = subprocess.Popen(  # noqa: S603 - a fixed program
            [program("setpriv"), "--pdeathsig", "KILL", str(_slirp()), *options, str(first), "tap0"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=(tell,),
            start_new_session=True,
        )
    finally:
        os.close(tell)
    try:
        ready = select.select([told], [], [], _DEADLINE)[0] and os.read(told, 1)
    finally:
        os.close(told)
    if ready:
        return started
    started.kill()
    started.wait()
    return None


def _slirp() -> str | None:
    return shutil.which("slirp4netns", path=search_path(os.environ.get("PATH", "")))
