"""Where engines of the person's own listen."""

from __future__ import annotations

from pathlib import Path

from labcheck.sandbox.outside.sockets import bound


def test_sockets_of_engines_are_found_in_the_kernels_table() -> None:
    table = (
        "Num       RefCount Protocol Flags    Type St Inode Path\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20477 /run/user/1000/docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20478 /home/me/a b/docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20479 @docker.sock\n"
        "0000000000000000: 00000002 00000000 00010000 0001 01 20480 /run/dbus/system_bus_socket\n"
        "0000000000000000: 00000003 00000000 00000000 0001 03 20481\n"
    )
    assert bound(table) == {Path("/run/user/1000/docker.sock"), Path("/home/me/a b/docker.sock")}
