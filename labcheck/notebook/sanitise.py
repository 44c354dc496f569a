"""What may differ between two runs of a notebook: the patterns of ``sanitise.cfg``, in nbval's own format.

It is deliberately short. If an output varies otherwise, print less.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_PAIR = re.compile(r"^regex: (.*)$\n^replace: (.*)$", re.MULTILINE)


@cache
def patterns() -> dict[str, str]:
    """Regular expressions, and what replaces them, in order."""
    text = resources.files("labcheck.notebook").joinpath("sanitise.cfg").read_text(encoding="utf-8")
    return dict(_PAIR.findall(text))


def sanitised(text: str) -> str:
    """The text without what may differ."""
    for pattern, replacement in patterns().items():
        text = re.sub(pattern, replacement, text)
    return text
