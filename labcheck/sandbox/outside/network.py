"""How a sandbox reaches the network outside, if there is one.

Nothing is configured on the machine: a user-mode network stack (slirp4netns), an ordinary process, carries the traffic.
The machine's own loopback cannot be reached through it, and it drops what rights it does not need.
"""

from __future__ import annotations

import os
import select
import subprocess
from pathlib import Path

from labcheck.sandbox.driver import Driver
from labcheck.sandbox.programs import SLIRP, find, program

RESOLVER = "nameserver 10.0.2.3\n"
NO_RESOLVER = "# This sandbox has no network except its own.\n"
LOOPBACK = "lo"
OURS = Path("/etc/resolv.conf")
ROUTES, TUN = Path("/proc/net/route"), Path("/dev/net/tun")
"""What leads out, and the device that a sandbox's traffic goes through: on some machines only root may use it."""
_DEADLINE = 5.0


def outbound(driver: Driver) -> bool:
    """Whether this machine has a network that a sandbox can use: through slirp4netns, but in a container directly.

    A classroom's network may lead nowhere else, and have what is needed: a mirror.
    """
    routes = ROUTES.read_text(encoding="ascii").splitlines()[1:]
    leads = any(row.split()[0] != LOOPBACK for row in routes if row.strip())
    carried = find(SLIRP) is not None and os.access(TUN, os.R_OK | os.W_OK)
    return leads and (driver.shares_network or carried)


def resolver(driver: Driver, *, outbound: bool) -> str:
    """The text of a sandbox's ``/etc/resolv.conf``."""
    if driver.shares_network:
        return OURS.read_text(encoding="utf-8", errors="replace")
    return RESOLVER if outbound else NO_RESOLVER


def connect(first: int) -> subprocess.Popen[bytes] | None:
    """Connect the namespace of this process to the network outside; ``None`` if that failed. The caller ends it."""
    told, tell = os.pipe()
    try:
        options = ["--configure", "--mtu=65520", "--disable-host-loopback", "--enable-sandbox", f"--ready-fd={tell}"]
        started = subprocess.Popen(  # noqa: S603 - a fixed program
            [program("setpriv"), "--pdeathsig", "KILL", program(SLIRP), *options, str(first), "tap0"],
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
