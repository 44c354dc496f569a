"""What the name ``localhost`` means here, and whether its second address, ``::1``, is in use."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass

from labcheck.doctor.conclusion import AsRoot, Conclusion, good, problem, unseen, warning
from labcheck.doctor.look import Look, fact
from labcheck.doctor.machine import Machine
from labcheck.doctor.rule import Need, rule
from labcheck.loopback import ADDRESS
from labcheck.snapshot import Found, Unknown

PATIENCE = 1.0
"""Seconds, which is much for a machine that connects to itself."""


@dataclass(frozen=True, slots=True)
class Localhost:
    """The addresses that the name leads to, in the order in which they are tried, and which of the families work."""

    addresses: tuple[str, ...]
    has_ipv4: bool
    has_ipv6: bool


@fact()
def loopback(_: Look) -> Found[Localhost]:
    """Look the name up, and try both of its addresses."""
    addresses: tuple[str, ...] = ()
    with suppress(OSError):
        entries = socket.getaddrinfo("localhost", None, type=socket.SOCK_STREAM)
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in entries))
    return Found(Localhost(addresses, _reaches(socket.AF_INET, ADDRESS), _reaches(socket.AF_INET6, "::1")))


@rule(Need.COURSE)
def localhost(machine: Machine) -> Conclusion | None:
    """In every mode the course reaches its registries by this name."""
    name = "localhost"
    match machine[loopback]:
        case Unknown(reason):
            return unseen(name, reason)
        case Found(Localhost(has_ipv4=False)):
            says = "This machine does not reach itself at 127.0.0.1, and the course needs that."
            return problem(name, says, "To switch it on:", AsRoot("ip link set lo up"))
        case Found(Localhost(addresses)) if ADDRESS not in addresses:
            leads = f"leads to {' and '.join(addresses)} only" if addresses else "leads nowhere"
            remedy = "A registry published on IPv4 cannot be found by that name. /etc/hosts should have the line:"
            return warning(name, f"The name localhost {leads}.", remedy, "127.0.0.1 localhost")
        case Found(Localhost(has_ipv6=False)):
            return good(name, "It is 127.0.0.1; IPv6 is off here.")
        case Found():
            return good(name, "It is 127.0.0.1 and, with IPv6, ::1.")
    return None


def _reaches(family: socket.AddressFamily, address: str) -> bool:
    """Whether this machine can connect to itself there; an interface that is down still has its address."""
    try:
        with socket.socket(family) as waiting, socket.socket(family) as calling:
            waiting.bind((address, 0))
            waiting.listen()
            calling.settimeout(PATIENCE)
            calling.connect(waiting.getsockname())
    except OSError:
        return False
    return True
