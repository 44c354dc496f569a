"""How a process ended: in the conventions of ``subprocess`` and of a shell, and in words."""

from __future__ import annotations

import signal


def exit_code(code: int) -> int:
    """The exit code in a shell's convention: 128 plus the number of the signal that ended the process."""
    return code if code >= 0 else 128 - code


def how_ended(code: int) -> str:
    """How a process ended, in words, from the return code of ``subprocess``."""
    return f"with code {code}" if code >= 0 else f"killed by {_name(-code)}"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
