"""Reads the text of a page; errors name the line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

import msgspec

from labcheck.errors import InvalidPage
from labcheck.lab.misfit import misfit
from labcheck.lab.tree import Lines, read
from labcheck.mistake.head import LONGEST, MOST, PAGE, Case, FamilyHead, Head, Message, refused, split
from labcheck.mistake.literal import literals
from labcheck.mistake.page import NAMED, ON_HUB, YOURS, Page, Pattern, Saying, Told, mentioned
from labcheck.mistake.says import pattern
from labcheck.ready import ready

FRAGMENT: Final = r"(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})"
NAME: Final = r"[a-z0-9](?:-?[a-z0-9]){0,59}"
FORM: Final = "labcheck/mistakes/README.md says what is allowed there."

H = TypeVar("H", Head, FamilyHead)


class Text(NamedTuple):
    """The text of a page's file, the fragments that its patterns may use, and whether it comes with a lab."""

    file: Path
    text: str
    fragments: Mapping[str, str] = {}
    is_a_labs: bool = False


def page(source: Text, name: str, family: str, given: frozenset[str] | None = frozenset()) -> Page:
    """The page of this name, whose functions give these facts, or whichever. Raises :class:`InvalidPage`."""
    if not re.fullmatch(NAME, name):
        remedy = "Call the file by small letters and digits, with - between words, and .md."
        raise InvalidPage(f"The page {source.file} has a name that nobody can type.", remedy)
    head, lines = _head(source, Head)
    sayings = _Sayings(source, lines, given)
    for number, message in enumerate(head.messages):
        sayings.add(message, ("messages", number))
    if source.is_a_labs and head.evidence:
        problem = "a page that a lab brings knows messages only"
        raise refused(str(source.file), lines, ("evidence",), problem, "Leave it out.")
    for number, case in enumerate(head.evidence):
        sayings.check(case, ("evidence", number), frozenset())
    evidence = tuple(_told(case) for case in head.evidence)
    place = f"{family}/{name}.md"
    return Page(name, head.summary, family, place, sayings.made(), evidence, before=head.before)


def family(source: Text) -> FamilyHead:
    """What a family's ``README.md`` says of it. Raises :class:`InvalidPage`."""
    return _head(source, FamilyHead)[0]


def _head(source: Text, kind: type[H]) -> tuple[H, Lines]:
    head, _ = split(source.text, str(source.file))
    tree, lines = read(head, str(source.file), PAGE)
    try:
        return msgspec.convert(tree, ready(kind)), lines
    except msgspec.ValidationError as error:
        said = str(error)
        problem = misfit(said)
        raise InvalidPage(f"The page {source.file}, line {lines.of(said)}: {problem}.", FORM) from error


class _Sayings:
    """Groups consecutive messages: those without a pattern belong to the one above."""

    def __init__(self, source: Text, lines: Lines, given: frozenset[str] | None) -> None:
        self._source, self._lines, self._given = source, lines, given
        self._made: list[tuple[tuple[str, ...], list[Told]]] = []

    def made(self) -> tuple[Saying, ...]:
        return tuple(
            Saying(tuple(Pattern(it, literals(it)) for it in patterns), tuple(cases)) for patterns, cases in self._made
        )

    def add(self, message: Message, place: tuple[str | int, ...]) -> None:
        if bool(message.says) and bool(message.pattern):
            raise self._refused(place, "it has both says and pattern", "Keep one of them.")
        if self._source.is_a_labs and message.pattern:
            remedy = "Write it as says: the text, with {name} in place of a word."
            raise self._refused((*place, "pattern"), "a page that a lab brings has no patterns", remedy)
        patterns = (
            *(self._of(line, (*place, "says"), is_text=True) for line in message.says.splitlines()),
            *(self._of(line, (*place, "pattern"), is_text=False) for line in message.pattern.splitlines()),
        )
        if self._source.is_a_labs and sum(len(made) for made, _ in self._made) + len(patterns) > MOST:
            raise self._refused(place, f"it is recognised by more than {MOST} texts", "Make several pages of it.")
        if patterns:
            self._made.append((patterns, []))
        elif not self._made:
            raise self._refused(place, "it does not say what the message is recognised by", "Give it says or pattern.")
        always = frozenset({YOURS, NAMED, ON_HUB})
        self.check(message, place, always.union(*(re.compile(it).groupindex for it in self._made[-1][0])))
        self._made[-1][1].append(_told(message))

    def check(self, case: Case, place: tuple[str | int, ...], found: frozenset[str]) -> None:
        """Refuse a case that mentions what neither its patterns find nor its functions give: it would never be used."""
        if self._given is None:
            return
        for part, names in _needs(case).items():
            if unknown := next((name for name in names if name not in found | self._given), None):
                known = ", ".join(f"{{{name}}}" for name in sorted(found | self._given))
                remedy = f"It can mention {known}." if known else "Name a word of the message so, or leave it out."
                raise self._refused((*place, part), f"nothing gives {{{unknown}}}", remedy)

    def _of(self, line: str, place: tuple[str | int, ...], *, is_text: bool) -> str:
        if len(line) > LONGEST:
            raise self._refused(place, f"it is longer than {LONGEST:,} characters", "Shorten it.")
        try:
            made = pattern(line) if is_text else self._filled(line)
            re.compile(made)
        except (re.error, ValueError, RecursionError, OverflowError) as error:
            remedy = "Mind what stands in { }." if is_text else "Mind brackets, and \\ before what stands for itself."
            raise self._refused(place, f"{line[:60]!r} is no such text: {error}", remedy) from error
        return made

    def _filled(self, line: str) -> str:
        """The line with its fragments."""

        def put(found: re.Match[str]) -> str:
            if found[1] not in self._source.fragments:
                raise ValueError(f"there is no fragment called {found[1]}")
            return self._source.fragments[found[1]]

        return re.sub(FRAGMENT, put, line)

    def _refused(self, place: tuple[str | int, ...], problem: str, remedy: str) -> InvalidPage:
        return refused(str(self._source.file), self._lines, place, problem, remedy)


def _needs(case: Case) -> dict[str, tuple[str, ...]]:
    """What each part of a case mentions."""
    given = (case.given,) if isinstance(case.given, str) else case.given
    return {"if": given, **{part: mentioned(getattr(case, part)) for part in ("why", "type", "advice")}}


def _told(case: Case) -> Told:
    needs = dict.fromkeys(name for names in _needs(case).values() for name in names)
    return Told(case.why, tuple(needs), case.type, case.advice)
