"""Does the kernel let us make a sandbox? Tried, because root in a container is root in name only.

Trying takes a few milliseconds, in namespaces of its own and in memory; with its last process everything of it is
gone.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from labcheck.cause import NotInstalled, TimedOut
from labcheck.doctor.advice.root import is_ordinary
from labcheck.doctor.conclusion import AsRoot, Conclusion, problem, unseen
from labcheck.doctor.facts.programs import path, programs
from labcheck.doctor.facts.rootless import sandbox_of_a_user
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.observe.trouble import CannotLook
from labcheck.sandbox.outside.rootless import unshare
from labcheck.snapshot import Found, Unknown

NAMESPACES = ("--mount", "--propagation", "private", "--net", "--uts", "--ipc", "--pid", "--fork", "--kill-child")
SCRIPT = """
echo namespaces
mount -t tmpfs tmpfs /run && mkdir /run/lower /run/upper /run/work /run/view && echo mounts
iptables -t nat -N LABCHECK && echo firewall
"$0" -I -S -c "$1" && echo bridge
mount -t overlay -o lowerdir=/run/lower,upperdir=/run/upper,workdir=/run/work overlay /run/view && echo overlay
"""
BRIDGE = """
from fcntl import ioctl
from socket import AF_INET, SOCK_DGRAM, socket
ioctl(socket(AF_INET, SOCK_DGRAM), 0x89A0, b"labcheck0" + bytes(7))
"""
"""Makes a network bridge, as an engine does for its containers: SIOCBRADDBR, which needs no program."""
HASTE = 0.9
ABILITIES = {
    "namespaces": "{} cannot make namespaces here.",
    "mounts": "{} cannot mount anything here.",
    "firewall": "{} cannot use iptables here, and an engine needs it to publish ports.",
    "bridge": "{} cannot make a network for containers here.",
}
"""What is tried, in its order, and what it means where it did not work, for root or for you."""
HARDENED = "A container or a hardened machine can forbid it: run the course on the machine itself."


@dataclass(frozen=True, slots=True)
class Kernel:
    """What worked when it was tried."""

    namespaces: bool
    mounts: bool
    overlay: bool
    firewall: bool = True
    """Whether addresses can be translated, as published ports need it."""
    bridge: bool = True


@fact()
def kernel(look: Look) -> Found[Kernel]:
    """Try it, as root or as the user we are. Raises :class:`CannotLook` if that cannot be tried, or did not end."""
    its = shutil.which("unshare", path=path())
    if its is None:
        sentence = "The program unshare, which makes namespaces, is not installed here."
        raise CannotLook(sentence, NotInstalled())
    made = [its, *NAMESPACES] if os.geteuid() == 0 else unshare(*NAMESPACES)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program
            [*made, "sh", "-c", SCRIPT, sys.executable, BRIDGE],
            env={"PATH": path()},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            timeout=look.deadline.left * HASTE,  # sooner than we stop waiting, so that nothing is left running
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotLook(
            "Trying whether a sandbox can be made did not end in time.", TimedOut(look.deadline.seconds)
        ) from None
    worked = done.stdout.split()
    return Found(Kernel(*(stage in worked for stage in ("namespaces", "mounts", "overlay", "firewall", "bridge"))))


@rule(Need.SANDBOX)
def sandbox_kernel(machine: Machine) -> Conclusion | None:
    """What the kernel does not let us do; nothing if all of it worked, and where it could not be tried anyway."""
    name = "sandbox kernel"
    if sandbox_of_a_user(machine):  # of what a user lacks, there is a line already
        return None
    match machine[kernel]:
        case Unknown(reason) if _can_try(machine):
            return unseen(name, reason)
        case Found(Kernel(namespaces=True, mounts=True, overlay=False)):
            remedy = "Load it, or run the course on another machine:"
            says = "The kernel has no overlay filesystem to keep images on."
            return problem(name, says, remedy, AsRoot("modprobe overlay"))
        case Found(its):
            # Without the iptables program this could not be tried.
            tried = [it for it in ABILITIES if it != "firewall" or "iptables" in machine.get(programs, ())]
            if lacking := [ABILITIES[it] for it in tried if not getattr(its, it)]:
                who = "You" if is_ordinary(machine) else "Root"
                return problem(name, lacking[0].format(who), HARDENED)
    return None


def _can_try(machine: Machine) -> bool:
    """Whether everything is there that trying needs; other rules say what is missing."""
    return machine.system.kind == "linux" and "unshare" in machine.get(programs, ())
