"""What a message means, for the terminal: the reason, then what to do."""

from __future__ import annotations

from labcheck.render.printable import lines, prose
from labcheck.render.wrap import WIDTH, set_off, wrapped
from labcheck.verdict import Explanation


def explained(name: str, explanation: Explanation, width: int = WIDTH, *, more: str = "") -> str:
    """The reason with the mistake's name, each command on its own line, the advice, and how to see the page."""
    blocks = [wrapped(f"{prose(explanation.why)} ({name})", width)]
    blocks += [[set_off("\n".join(lines(command))) for command in explanation.fix.commands]]
    blocks += [[part for line in lines(explanation.fix.advice) for part in wrapped(line, width)]]
    told = "\n\n".join("\n".join(block) for block in blocks if block)
    return f"{told}\n\nMore: {more or f'labcheck explain {name}'}\n"
