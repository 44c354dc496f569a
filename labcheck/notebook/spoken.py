"""What labcheck says in a terminal, in the words of a cell: there it is ``lab.check()`` that tells more. Pure."""

from __future__ import annotations

import re

from labcheck.lab import Lab

END = r"(?![\w-])"
"""The name of the lab ends here."""


def in_cells(said: str, lab: Lab) -> str:
    """The same with this lab's commands as a cell has them."""
    check, hint = f"labcheck check {re.escape(lab.typed)}", f"labcheck hint {re.escape(lab.typed)}"
    said = re.sub(rf"\btype {check}{END}", "run lab.check()", said)
    said = re.sub(rf"\b{check}{END}", "lab.check()", said)
    return re.sub(rf"\b{hint} ([\w-]+)", r'lab.hint("\1")', said)
