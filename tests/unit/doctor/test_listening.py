"""Who listens on a port, as the kernel tells it."""

from __future__ import annotations

from labcheck.doctor.listening import Listener, rows


def test_the_kernels_table_is_read_as_it_is_written() -> None:
    table = (
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
        "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 321522 1 0 100 0\n"
        "   1: 0100007F:1388 0100007F:E698 01 00000000:00000000 00:00000000 00000000     0        0 321523 1 0 100 0\n"
        "   2: 00000000000000000000000001000000:1388 00000000000000000000000000000000:0000 0A "
        "00000000:00000000 00:00000000 00000000     0        0 321524 1 0 100 0\n"
    )
    found = [(row.port, row.inode) for row in rows(table)]
    assert found == [(5000, "321522"), (5000, "321524")]


def test_a_holder_without_a_name_is_a_holder() -> None:
    assert Listener() != Listener("nginx", 1)
