"""The right answers to questions about a name: what :mod:`labcheck.reference` reads in it, or why it refuses it.

A lab asks about the names that were drawn for a learner, so no answer is written down anywhere.
"""

from __future__ import annotations

from typing import ClassVar

from labcheck.errors import InvalidReference
from labcheck.name import canonical, same
from labcheck.one_of import OneOf
from labcheck.reference import Reference, parse_reference
from labcheck.refusal import kinds

NONE = "none"
"""The answer where a name does not have the part that is asked for."""
NOT_THERE = {
    "upper-case": "All letters after the registry are lower-case.",
    "scheme": "It does not begin with http:// or https://.",
    "tag": "Something follows each colon.",
    "slash": "There is a name before and after each slash.",
    "repository": "Each . - and _ in it stands between letters or digits, and never two dots in a row.",
}
"""What to say to somebody who sees a fault in a name that does not have it."""
PARTS = ("registry", "namespace", "repository", "tag", "digest")


class NameAnswer(OneOf, frozen=True):
    """What is asked about a name: exactly one of these."""

    kinds: ClassVar = {
        **dict.fromkeys(
            ("registry_of", "namespace_of", "repository_of", "tag_of", "digest_of", "full_name_of"), "part"
        ),
        "meaning": "name",
        "corrected": "name",
        "refused_for": "choice",
        "same_as": "set",
        "refused": "set",
    }

    registry_of: str | None = None
    namespace_of: str | None = None
    repository_of: str | None = None
    tag_of: str | None = None
    """The tag, with the one that Docker fills in."""
    digest_of: str | None = None
    full_name_of: str | None = None
    """The name with everything that Docker fills in."""
    meaning: str | None = None
    """Any name that means the same as this one."""
    corrected: str | None = None
    """The name to write instead of this one, which Docker refuses."""
    refused_for: str | None = None
    """Why Docker refuses this name: one of the kinds in :mod:`labcheck.refusal`."""
    same_as: tuple[str, ...] | None = None
    """Those names that mean the same as the first one."""
    refused: tuple[str, ...] | None = None
    """Those names that Docker refuses."""

    @property
    def problem(self) -> str:
        """Why this has no answer; the empty string if it has one."""
        try:
            return "" if self.right else "no answer to it is right"
        except InvalidReference as error:
            return str(error).removesuffix(error.remedy).strip()

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it is about."""
        values = [getattr(self, field) for field in self.__struct_fields__]
        return tuple(name for value in values if value for name in ((value,) if isinstance(value, str) else value))

    @property
    def right(self) -> frozenset[str]:
        """The right answer: one text, or several names. Raises :class:`InvalidReference` where there is none."""
        first, *others = self.names
        if self.same_as is not None:
            return frozenset(name for name in others if same(first, name))
        if self.refused is not None:
            return frozenset(name for name in self.refused if refusal(name))
        error = refusal(first)
        if self.refused_for is not None:
            return frozenset({error.kind}) if error else frozenset()
        if self.corrected is not None:
            return frozenset({canonical(error.mended)}) if error and error.mended else frozenset()
        read = parse_reference(first).with_default_tag()
        return frozenset({parts(read).get(self.asked.removesuffix("_of"), read.canonical)})

    def why_wrong(self, given: frozenset[str]) -> str:
        """What was given instead, in a sentence; the empty string where nobody can tell, or if it is right."""
        if given == self.right:
            return ""
        explain = {"set": self._why_not, "choice": self._no_reason, "name": _read_as, "part": self._another_part}
        return next(filter(None, map(explain[self.kind], sorted(given - self.right))), "")

    def _why_not(self, name: str) -> str:
        """Why this name is none of the right ones; the empty string if it was not named in the question."""
        if name not in self.names:
            return ""
        if self.refused is not None:
            return f"Docker accepts {name}. In full it is {canonical(name)}."
        return f"{name} is {canonical(name)}, which is not {canonical(self.names[0])}."

    def _no_reason(self, kind: str) -> str:
        """Why this is not the reason for which Docker refuses the name."""
        if kind in kinds(self.names[0]):
            return "That is only a consequence. Look at what comes before it."
        return NOT_THERE.get(kind, "")

    def _another_part(self, text: str) -> str:
        """Which other part of the name this is."""
        if text == NONE:
            return "It has one. Docker fills in what is missing."
        found = parts(parse_reference(self.names[0]).with_default_tag())
        return next((f"That is its {part}." for part, other in found.items() if other == text), "")


def _read_as(name: str) -> str:
    """How Docker reads a name that was written, in a sentence."""
    error = refusal(name)
    if error is None:
        return f"Docker reads that as {canonical(name)}."
    return f"Docker refuses that, too: {str(error).removesuffix(error.remedy).strip()}"


def parts(reference: Reference) -> dict[str, str]:
    """The parts of a name, each with the word for it."""
    namespace, _, repository = reference.path.rpartition("/")
    found = (reference.domain, namespace, repository, reference.tag, reference.digest)
    return {part: text or NONE for part, text in zip(PARTS, found, strict=True)}


def refusal(name: str) -> InvalidReference | None:
    """Why Docker refuses this name; ``None`` if it does not."""
    try:
        parse_reference(name)
    except InvalidReference as error:
        return error
    return None
