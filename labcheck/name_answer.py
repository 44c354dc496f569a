"""The right answers to questions about a name: what :mod:`labcheck.reference` reads in it, or why it refuses it.

A lab asks about the names that were drawn for a learner, so no answer is written down anywhere.
"""

from __future__ import annotations

import msgspec

from labcheck.errors import InvalidReference
from labcheck.name import canonical, same
from labcheck.reference import Reference, parse_reference

NONE = "none"
"""The answer where a name does not have the part that is asked for."""
PARTS = ("registry", "namespace", "repository", "tag", "digest")


class NameAnswer(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    """What is asked about a name: exactly one of these."""

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
    def asked(self) -> str:
        """What is asked, by its field; the empty string unless it is exactly one thing."""
        given = [field for field in self.__struct_fields__ if getattr(self, field) is not None]
        return given[0] if len(given) == 1 else ""

    @property
    def kind(self) -> str:
        """The kind of question this answers; the empty string unless exactly one thing is asked."""
        kinds = {"": "", "meaning": "name", "corrected": "name", "refused_for": "choice", "same_as": "set"}
        return kinds.get(self.asked, "set" if self.asked == "refused" else "part")

    @property
    def problem(self) -> str:
        """Why this has no answer; the empty string if it has one."""
        try:
            return "" if self.right else "no answer to it is right"
        except InvalidReference as error:
            return str(error).removesuffix(error.remedy).strip()

    @property
    def right(self) -> frozenset[str]:
        """The right answer: one text, or several names. Raises :class:`InvalidReference` where there is none."""
        if self.same_as is not None:
            first, *others = self.same_as
            return frozenset(name for name in others if same(first, name))
        if self.refused is not None:
            return frozenset(name for name in self.refused if refusal(name))
        name = next(value for value in self._texts if value is not None)
        error = refusal(name)
        if self.refused_for is not None:
            return frozenset({error.kind}) if error else frozenset()
        if self.corrected is not None:
            return frozenset({canonical(error.mended)}) if error and error.mended else frozenset()
        read = parse_reference(name).with_default_tag()
        return frozenset({parts(read).get(self.asked.removesuffix("_of"), read.canonical)})

    def why_wrong(self, given: str) -> str:
        """Which other part of the name was given, in a sentence; the empty string if none was."""
        name = next((value for value in self._texts if value is not None), "")
        if self.kind != "part" or refusal(name):
            return ""
        read = parse_reference(name).with_default_tag()
        part = next((part for part, text in parts(read).items() if text == given), "")
        if given == NONE:
            return "It has one. Docker fills in what is missing."
        return f"That is its {part}." if part else ""

    @property
    def _texts(self) -> tuple[str | None, ...]:
        """What is asked about a single name, in the order of the fields."""
        values = (getattr(self, field) for field in self.__struct_fields__)
        return tuple(value for value in values if isinstance(value, str))


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
