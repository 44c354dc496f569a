"""``labcheck.registry("localhost:5000")``: what a registry holds, drawn, and redrawn as things are pushed."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

from labcheck.contents import Contents, contents
from labcheck.errors import InvalidReference, Refused
from labcheck.notebook.live import Live
from labcheck.notebook.result import Result
from labcheck.observe import Cursor, Observer, RegistryCache
from labcheck.observe.contents import look
from labcheck.query import Subject
from labcheck.reference import parse_reference
from labcheck.render.registry import drawn
from labcheck.render.registry_wording import text
from labcheck.watch import HEARTBEAT, occasions


def registry(domain: str) -> Result:
    """What the registry at this domain holds now; where there is a page that shows it, it follows what is pushed.

    Raises :class:`Refused` where this is no domain of a registry.
    """
    named = domain_of(domain)
    seen = contents(named, look(named))
    return Live("registry", Result(text(seen), drawn(seen)), domain=named)


def domain_of(typed: str) -> str:
    """The domain as Docker would read it before a name; an address of a web page is taken for what it means."""
    domain = typed.strip().removeprefix("http://").removeprefix("https://").removesuffix("/")
    try:
        is_one = parse_reference(f"{domain}/x").domain == domain
    except InvalidReference:
        is_one = False
    if not is_one:
        raise Refused(
            f"{typed[:100]!r} is not the address of a registry.",
            "It looks like localhost:5000 or registry.example.com: a host, and a port if it has one.",
        )
    return domain


def follow(domain: str, over: threading.Event) -> Iterator[Contents]:
    """What the registry holds: at once, after each event of the engine, and now and then, until ``over`` is set.

    What is pushed by other programs than docker makes no event.
    """
    cache, cursor = RegistryCache(), Cursor(time.time_ns())
    yield contents(domain, look(domain, cache))
    with Observer(Subject()) as observer:
        for _ in occasions(observer, cursor, cache, over, to_any_event=True):
            yield contents(domain, look(domain, cache))
    over.wait(HEARTBEAT)  # without the engine's events there is only time to go by
