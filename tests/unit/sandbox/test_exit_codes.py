"""How a process ended, as a shell says it."""

from __future__ import annotations

from labcheck.sandbox.exit_codes import exit_code


def test_exit_codes_are_a_shells() -> None:
    assert [exit_code(code) for code in (0, 7, -9, -15)] == [0, 7, 137, 143]
