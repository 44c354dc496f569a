"""How a process ended: as ``subprocess`` gives it, as a shell gives it, and in words."""

from __future__ import annotations

import signal


def exit_code(code: int) -> int:
    """An exit code as a shell gives it: 128 plus the number of the signal that ended the process."""
    return code if code >= 0 else 128 - code


def how_ended(code: int) -> str:
    """How a process ended, in words, from the code that ``subprocess`` gives it."""
    return f"with code {code}" if code >= 0 else f"killed by {_name(-code)}"


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"
