"""What a function reports about a mistake that it recognised: facts, which are filled into the page's own words.

A function is tied to its page by name, and to the checks that it looks at by their classes, so that a look loads only
the functions that may apply::

    @recognises("tagged-not-pushed", ImagePushed)
    def tagged_not_pushed(check: ImagePushed, past: Past) -> Facts | None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final, TypeAlias, TypeVar, get_args, overload

import msgspec

from labcheck.verdict import Fix

if TYPE_CHECKING:
    from labcheck.cause import Cause
    from labcheck.check import Check
    from labcheck.past import Past

NO_FIX: Final = Fix()


class Facts(msgspec.Struct, frozen=True):
    """The values for the page's placeholders, and what to do if that depends on them."""

    values: Mapping[str, str]
    fix: Fix = NO_FIX


def facts(fix: Fix = NO_FIX, /, **values: object) -> Facts:
    """These values, as strings. Empty, ``None`` and false ones are missing: cases that mention them are skipped."""
    return Facts({name: _text(value) for name, value in values.items()}, fix)


def _text(value: object) -> str:
    return "yes" if value is True else "" if value is None or value is False else str(value)


A = TypeVar("A", bound="Check")
B = TypeVar("B", bound="Check")
C = TypeVar("C", bound="Check")
D = TypeVar("D", bound="Check")
P = TypeVar("P", bound="Cause")
Q = TypeVar("Q", bound="Cause")

Recogniser: TypeAlias = Callable[[A, "Past"], Facts | None]
CauseReader: TypeAlias = Callable[[P], Facts | None]
Explainer: TypeAlias = Callable[[Mapping[str, str]], Facts | None]
"""Gets the text of each of the pattern's groups, perhaps empty; returns ``None`` if it is not this mistake."""


class Mark(msgspec.Struct, frozen=True):
    """Ties a function to a page: the page's name, and the classes of checks or causes that the function looks at.

    A function that looks at neither reads a message.
    """

    name: str
    function: str
    kinds: tuple[type[Check], ...] = ()
    causes: tuple[type[object], ...] = ()
    is_note: bool = False


MARKS: Final[dict[str, list[Mark]]] = {}
"""The marks of each module's functions, by the module's name."""


@overload
def recognises(name: str, a: type[A], /) -> Callable[[Recogniser[A]], Recogniser[A]]: ...
@overload
def recognises(name: str, a: type[A], b: type[B], /) -> Callable[[Recogniser[A | B]], Recogniser[A | B]]: ...
@overload
def recognises(
    name: str, a: type[A], b: type[B], c: type[C], /
) -> Callable[[Recogniser[A | B | C]], Recogniser[A | B | C]]: ...
@overload
def recognises(
    name: str, a: type[A], b: type[B], c: type[C], d: type[D], /
) -> Callable[[Recogniser[A | B | C | D]], Recogniser[A | B | C | D]]: ...
def recognises(name: str, /, *kinds: type[Check]) -> Callable[[Callable[..., Facts | None]], object]:
    """Ties a function to the mistake of this name, which it recognises in evidence, for these checks when they fail.

    The function gets a check of these classes and the past up to the look.
    """
    return _marked(name, kinds)


def notes(name: str, kind: type[A], /) -> Callable[[Recogniser[A]], Recogniser[A]]:
    """Ties a function to a note: not a mistake, but worth knowing about a check of this class that passes."""
    return _marked(name, (kind,), is_note=True)


@overload
def unseen(name: str, /) -> Callable[[CauseReader[Cause]], CauseReader[Cause]]: ...
@overload
def unseen(name: str, a: type[P], /) -> Callable[[CauseReader[P]], CauseReader[P]]: ...
@overload
def unseen(name: str, a: type[P], b: type[Q], /) -> Callable[[CauseReader[P | Q]], CauseReader[P | Q]]: ...
def unseen(name: str, /, *causes: type[object]) -> Callable[[Callable[..., Facts | None]], object]:
    """Ties a function to a reason why labcheck cannot look at the engine: it gets a cause of these classes.

    It is tried before all functions that look at a check. The page has labcheck's own sentence as ``{reason}``.
    """
    from labcheck.cause import Cause  # noqa: PLC0415 - only where such a function is loaded

    return _marked(name, causes=causes or get_args(Cause))


def explains(name: str, /) -> Callable[[Explainer], Explainer]:
    """Ties a function to the mistake of this name: it extracts more from a message than the pattern can."""
    return _marked(name)


F = TypeVar("F", bound=Callable[..., Facts | None])


def _marked(
    name: str, kinds: tuple[type[Check], ...] = (), causes: tuple[type[object], ...] = (), *, is_note: bool = False
) -> Callable[[F], F]:
    def mark(function: F) -> F:
        made = Mark(name, function.__name__, kinds, causes, is_note)
        MARKS.setdefault(function.__module__, []).append(made)
        return function

    return mark
