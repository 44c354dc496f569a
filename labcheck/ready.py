"""What msgspec has to know of a type before it decodes one, worked out by one thread at a time.

msgspec works that out when it first meets the type, and leaves it where other threads find it before it is whole: two
threads that decode the same type for the first time end the process with a segmentation fault (msgspec 0.22). So every
type goes through :func:`ready` on its way to ``decode``, ``convert`` or ``Decoder``.
"""

from __future__ import annotations

from threading import Lock
from typing import Any, TypeVar, overload

import msgspec

T = TypeVar("T")
_LOCK = Lock()
_KNOWN: set[object] = set()


@overload
def ready(kind: type[T]) -> type[T]: ...
@overload
def ready(kind: Any) -> Any: ...  # noqa: ANN401 - a union is no type
def ready(kind: Any) -> Any:
    """This type, once all is known that decoding it takes."""
    if kind not in _KNOWN:
        with _LOCK:
            msgspec.json.Decoder(kind)
            _KNOWN.add(kind)
    return kind
