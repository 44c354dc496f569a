"""A sandbox's own loopback interface: a new network namespace has one, but it is down.

It gets a second address, because Docker demands no certificate of a registry at 127.0.0.0/8.
"""

from __future__ import annotations

import fcntl
import socket
import struct

from labcheck.sandbox.places import REGISTRY_ADDRESS

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
"""SIOCGIFFLAGS, SIOCSIFFLAGS and IFF_UP of netdevice(7)."""
_SET_ADDRESS, _SET_MASK = 0x8916, 0x891C
"""SIOCSIFADDR and SIOCSIFNETMASK of netdevice(7)."""
_LOOPBACK, _SECOND = b"lo", b"lo:1"
_THIS_ALONE = "255.255.255.255"


def loopback_up() -> None:
    """Bring up the loopback interface of a new network namespace, with both its addresses."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", _LOOPBACK, 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _GET_FLAGS, request))[1]
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sh14x", _LOOPBACK, flags | _UP))
        for what, value in ((_SET_ADDRESS, REGISTRY_ADDRESS), (_SET_MASK, _THIS_ALONE)):
            fcntl.ioctl(any_socket, what, struct.pack("16sHxx4s8x", _SECOND, socket.AF_INET, socket.inet_aton(value)))
