"""What no proper engine or registry would say: JSON of any shape, made of the words that labcheck looks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

import labcheck

READ_BY = (
    "document.py",
    "engine/container.py",
    "engine/event.py",
    "engine/image.py",
    "engine/info.py",
    "oci.py",
    "query.py",
    "observe/relevance.py",
    "observe/registry/stored.py",
    "observe/registry/repository.py",
)
"""Where the fields' names stand in quotes; so a field that is read some day is tried from that day on."""
SAID = """
nginx nginx:latest httpd:latest localhost:5000/nginx:latest registry:2 my-registry /my-registry running exited always
    5000 5000/tcp 80/udp :: 0.0.0.0 127.0.0.1 bridge host image container pull push tag start destroy <none>:<none>
    <none>@<none> sha256:0000 labcheck.sandbox=x labcheck.born=1 20.10.24 29.0.0 containerd volume
"""
HUGE = "9" * 5000
"""More digits than Python turns into a number."""
ROOT = Path(labcheck.__file__).parent
KEYS = st.sampled_from(
    sorted({word for name in READ_BY for word in re.findall(r'"([\w./*-]+)"', (ROOT / name).read_text("utf-8"))})
)
WORDS = st.sampled_from([*SAID.split(), HUGE, ""]) | st.text(max_size=5)
SCALARS = st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats(allow_nan=False) | WORDS
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | WORDS, inner, max_size=5),
    max_leaves=10,
)
DOCUMENTS = st.dictionaries(KEYS, JSON, max_size=8)


ODD: tuple[Any, ...] = (None, True, -1, 2**70, 0.5, "", "/", HUGE, [], [None], [[]], {}, {"": None})
"""What may stand where something else was expected."""


def places(value: Any, *path: Any) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - any JSON
    """The way to each value that is in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in inner:
        yield (*path, key)
        yield from places(below, *path, key)


def damaged(value: Any, path: tuple[Any, ...], odd: Any) -> Any:  # noqa: ANN401 - any JSON
    """The document with something odd at this place; with ``...`` there is nothing any more."""
    key, *rest = path
    inner = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        inner[key] = damaged(inner[key], tuple(rest), odd)
    elif odd is ...:
        del inner[key]
    else:
        inner[key] = odd
    return inner


def damages(value: Any) -> Iterator[Any]:  # noqa: ANN401 - any JSON
    """The document, damaged at each of its places in each way."""
    return (damaged(value, path, odd) for path in places(value) for odd in (..., *ODD))
