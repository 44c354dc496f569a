"""``labcheck.explorer()``: type a name, and see how Docker reads it. ``labcheck.explorer("nginx")`` shows one name."""

from __future__ import annotations

import msgspec

from labcheck.notebook.live import Live
from labcheck.notebook.pressed import Message
from labcheck.notebook.result import Result
from labcheck.render.explorer import announced, explored, live
from labcheck.render.reference import read, terminal

FIRST = "nginx"


class Typed(msgspec.Struct, frozen=True):
    """What stands in the box of a page by now."""

    value: str


def explorer(name: str | None = None) -> Result:
    """Take a name apart: what Docker fills in, where the image is pulled from, or what is wrong with it.

    Without a name it is a box to type in, where there is a page that shows one.
    """
    reading = read(FIRST if name is None else str(name))
    result = Result(terminal([reading]).rstrip("\n"), explored(reading))
    return result if name is not None else Live("explorer", result, name=FIRST)


def typed(name: str, first: str) -> Message:
    """What a page is told whose box began with the ``first`` name, and has this one by now."""
    reading = read(name)
    return Message(html=live(reading, first), say=announced(reading) if name != first else "")
