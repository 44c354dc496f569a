"""The mistakes that labcheck knows, looked up by evidence, by a command's output, or by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import product
from math import inf
from pathlib import Path
from shlex import quote
from time import monotonic
from typing import TYPE_CHECKING, cast

from msgspec.structs import replace

import labcheck
from labcheck.errors import UnknownName
from labcheck.mistake.index import Index, Recogniser, Trouble
from labcheck.mistake.kept import kept
from labcheck.mistake.packages import packages
from labcheck.mistake.page import NAMED, ON_HUB, YOURS, Page, Place, explained

if TYPE_CHECKING:
    from collections.abc import Callable

    from labcheck.check import Check
    from labcheck.mistake.facts import Explainer, Facts
    from labcheck.mistake.message import Message
    from labcheck.past import Past
    from labcheck.snapshot import Unknown
    from labcheck.verdict import Explanation

OWN = Path(labcheck.__file__).with_name("mistakes")
PATIENCE = 1.0
"""After how many seconds no further pages from a lab are tried."""
LONGEST = 20_000
"""How many characters at the end of a message are matched; the time grows with their square."""


def diagnose(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that is recognised, or ``None``.

    If labcheck could not look at the engine, the reason for that comes first.
    """
    from labcheck.mistake.engine import engine_unknown  # noqa: PLC0415 - a message needs nothing of what was seen

    unknown = engine_unknown(check, past)
    for index in sources():
        if unknown and (found := _first(index, kept_from(index, unknown), unknown)):
            return found
        if found := _first(index, _of(index, check, is_note=False), check, past):
            return found
    return None


def note(check: Check, past: Past) -> tuple[str, Explanation] | None:
    """The name and the text of a note on a check that passes, or ``None``."""
    found = (_first(index, _of(index, check, is_note=True), check, past) for index in sources())
    return next((it for it in found if it), None)


def kept_from(index: Index, unknown: Unknown) -> tuple[Recogniser, ...]:
    """The recognisers for this cause of not being able to look."""
    return index.unseen.get(type(unknown.cause).__name__, ())


def _of(index: Index, check: Check, *, is_note: bool) -> Iterator[Recogniser]:
    return (it for it in index.recognisers.get(type(check).__name__, ()) if it.is_note is is_note)


def _first(index: Index, those: Iterable[Recogniser], *seen: Unknown | Check | Past) -> tuple[str, Explanation] | None:
    for it in those:
        try:
            explanation = recognised(index, it, *seen)
        except Exception:
            if index.folder == str(OWN):
                raise
            explanation = None  # a package's fault costs nobody their report
        if explanation:
            return it.name, explanation
    return None


def recognised(index: Index, it: Recogniser, *seen: Unknown | Check | Past) -> Explanation | None:
    """What this function makes of an unknown, or of a check and the past, in its page's words."""
    function = cast("Callable[..., Facts | None]", _function(it.at))
    if len(seen) == 1:
        unknown = cast("Unknown", seen[0])
        facts = function(unknown.cause)
        facts = replace(facts, values={**facts.values, "reason": unknown.reason}) if facts else None
    else:
        facts = function(*seen)
    page = index.page(it.name) if facts else None
    return explained(page.when_seen, facts) if page and facts else None


def explain(text: str) -> tuple[str, Explanation] | None:
    """The name and the explanation of the first mistake that a command's output shows, or ``None``."""
    from labcheck.mistake.message import read  # noqa: PLC0415 - a look reads no messages

    message = read(text[-LONGEST:])
    for index in sources():
        until = monotonic() + PATIENCE if index.is_a_labs else inf
        for page in index:
            if monotonic() > until:
                break
            if explanation := told(page, message):
                return page.name, explanation
    return None


def told(page: Page, message: Message) -> Explanation | None:
    """What a message means according to this page, if it matches."""
    from labcheck.mistake.facts import Facts  # noqa: PLC0415 - loaded with the functions; a look needs them first
    from labcheck.mistake.message import SOMEWHERE  # noqa: PLC0415 - a look reads no messages

    for saying in page.sayings:
        for pattern, text in product(saying.patterns, message.readings):
            match = pattern.found(text)
            place = {YOURS: message.registry or SOMEWHERE, NAMED: message.registry, ON_HUB: message.hub}
            given = {**match.groupdict(""), **place} if match else {}
            facts = Facts(defaultdict(str, given)) if match else None
            if facts and page.explainer:
                more = cast("Explainer", _function(page.explainer))(facts.values)
                facts = Facts({**facts.values, **more.values}, more.fix) if more else None
            if facts and (explanation := explained(saying.cases, facts)):
                return explanation
    return None


def pages() -> Iterator[Page]:
    """All pages, in the order in which they are tried."""
    for index in sources():
        yield from index


def families() -> list[tuple[str, list[Page]]]:
    """The families by their titles, as they are shown, each with its pages in alphabetical order.

    A package's pages are listed with labcheck's own of the same folder, or else in a family of their own.
    """
    known = {family.folder: family for index in sources() for family in index.families}
    shown: dict[str, list[Page]] = {it.title: [] for it in sorted(known.values(), key=lambda it: (it.order, it.title))}
    for page in sorted(pages(), key=lambda it: it.name):
        family = known.get(page.family)
        shown.setdefault(family.title if family else page.family, []).append(page)
    return list(shown.items())


def troubles() -> list[Trouble]:
    """What could not be read."""
    return [*packages(OWN).troubles, *(trouble for index in sources() for trouble in index.troubles)]


def shown_by(name: str) -> str:
    """The command that shows the page of this name."""
    labs = (f" --lab {quote(lab)}" for lab, index in _brought.items() if name in index.pages)
    return f"labcheck explain {name}{next(labs, '')}"


def body(page: Page) -> str:
    """The page itself, in Markdown, without its head."""
    file = next(Path(index.folder) / page.file for index in sources() if page.name in index.pages)
    return file.read_text(encoding="utf-8").split("\n---\n", 1)[1].lstrip("\n")


def named(name: str) -> Page:
    """The page with this name. Raises :class:`UnknownName`, with similar names."""
    for index in sources():
        if page := index.page(name):
            return page
    names = [name for index in sources() for name in index.pages]
    raise UnknownName(f"There is no mistake called {name}.", name, names, "labcheck explain lists all.")


def bring(lab: str) -> None:
    """From now on the mistakes beside this lab are known, but no longer those of another lab."""
    _brought.clear()
    if "/" in lab:
        from labcheck.mistake.of_lab import of_lab  # noqa: PLC0415 - YAML; the course's own labs bring nothing

        if index := of_lab(lab):
            _brought[lab] = index


_brought: dict[str, Index] = {}


def sources() -> tuple[Index, ...]:
    """Where pages come from, in the order in which they are tried: additions come first, being more specific."""
    return (*_brought.values(), *_installed())


@cache
def _installed() -> tuple[Index, ...]:
    added = (kept(Path(folder), package) for package, folder in packages(OWN).found)
    return (*added, kept(OWN, "labcheck.mistakes"))


@cache
def _function(at: Place) -> object:
    return getattr(import_module(at.module), at.function)
