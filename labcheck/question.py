"""A question to the learner: what is asked, what the right answer is, and why a likely wrong one is wrong.

The right answer is computed from the look that completed the step the question is about, so it is right on this
learner's machine. The learner's answer is a string, as typed.
"""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from labcheck.check import failed, passed
from labcheck.manifest_answer import ManifestAnswer, Mistaken, likely_names
from labcheck.name import canonical
from labcheck.name_answer import NameAnswer
from labcheck.past import Past
from labcheck.query import Catalog, Certificate, ImageList, Query
from labcheck.snapshot import Evidence, Found
from labcheck.storage_answer import StorageAnswer
from labcheck.typed_answer import choice, digest, names, number, part, shown
from labcheck.verdict import Finding

NUMBER = re.compile(r"-?[0-9]+")
WANTED = {
    "number": "a whole number",
    "set": "names, separated by commas",
    "choice": "one of the choices",
    "digest": "a digest: sha256: and 64 digits",
    "part": "a part of the name, or all of it",
    "name": "the name of an image",
}


class Truth(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    """Where the right answer comes from: exactly one of these."""

    catalog_of: str | None = None
    """The repositories that the registry at this domain lists."""
    certificate_names_of: str | None = None
    """The names that the certificate at this domain is valid for."""
    count_of: Literal["images"] | None = None
    """How many images the engine has."""
    name: NameAnswer | None = None
    """What Docker reads in a name, whatever was seen."""
    manifest: ManifestAnswer | None = None
    """What the manifests in a registry say."""
    storage: StorageAnswer | None = None
    """What a delete or a garbage collection would take from a registry."""
    choice: str | None = None
    """This choice, whatever was seen."""

    @property
    def kind(self) -> str:
        """The kind of question this answers; the empty string unless exactly one source is given."""
        named = [
            ("set", self.catalog_of),
            ("set", self.certificate_names_of),
            ("number", self.count_of),
            ("choice", self.choice),
        ]
        if self.name:
            named.append((self.name.kind, self.name.asked))
        if self.manifest:
            named.append((self.manifest.kind, self.manifest.asked))
        if self.storage:
            named.append((self.storage.kind, self.storage.asked))
        kinds = [kind for kind, source in named if source is not None]
        return kinds[0] if len(kinds) == 1 else ""

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at to know the answer."""
        if self.catalog_of:
            return (Catalog(self.catalog_of),)
        if self.manifest:
            return self.manifest.queries
        if self.certificate_names_of:
            return (Certificate(self.certificate_names_of),)
        if self.storage:
            return self.storage.queries
        return (ImageList(),) if self.count_of else ()

    def follow_up(self, past: Past) -> tuple[Query, ...]:
        """What must be looked at, too, because of what was seen."""
        return self.storage.follow_up(past) if self.storage else ()

    @property
    def fixed(self) -> frozenset[str]:
        """The right answer, where it does not depend on what was seen."""
        return self.name.right if self.name else frozenset({self.choice or ""})

    def answer(self, past: Past) -> Evidence[frozenset[str]]:
        """The right answer at the newest look, as a set of strings (a single one for a number or a choice)."""
        if self.catalog_of:
            catalog = past.now(Catalog(self.catalog_of))
            return Found(frozenset(catalog.value)) if isinstance(catalog, Found) else catalog
        if self.certificate_names_of:
            shown = past.now(Certificate(self.certificate_names_of))
            return Found(frozenset(shown.value.names)) if isinstance(shown, Found) else shown
        if self.count_of:
            images = past.now(ImageList())
            return Found(frozenset({str(images.value.count)})) if isinstance(images, Found) else images
        computed = self.manifest or self.storage
        return computed.right(past) if computed else Found(self.fixed)

    def mistaken(self, past: Past) -> Mistaken:
        """The likely wrong answers that are computed, too, by their names."""
        return self.manifest.mistaken(past) if self.manifest else {}


class Question(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A question. ``wrong`` explains likely wrong answers; an explanation is shown only after that answer was given.

    Its keys are answers as typed, or names of such as are computed, too (:mod:`labcheck.manifest_answer`).
    """

    ask: str
    kind: Literal["number", "set", "digest", "choice", "part", "name"]
    answer: Truth
    choices: dict[str, str] = {}
    wrong: dict[str, str] = {}

    @property
    def title(self) -> str:
        """The question, with its choices if it has any."""
        return self.ask

    @property
    def placeholder(self) -> str:
        """The placeholder for the answer in a command to type."""
        placeholders = {"number": "NUMBER", "set": "NAME,NAME", "digest": "DIGEST", "choice": "CHOICE"}
        return placeholders.get(self.kind, "NAME")

    @property
    def wanted(self) -> str:
        """What kind of answer is expected."""
        return WANTED[self.kind]

    @property
    def advice(self) -> str:
        """The choices, one per line; empty for a question that has none."""
        return "\n".join(f"{name}: {text}" for name, text in self.choices.items())

    def judge(self, value: str, right: frozenset[str]) -> Finding:
        """Whether the learner's answer is the right one; if not, the finding hints at what is wrong with it."""
        given = self.read(value)
        if given == right:
            return passed(f"your answer {shown(given)} is right")
        return failed(self._wanted(right, given), f"your answer {shown(given)} is not right")

    def why_wrong(self, value: str, mistaken: Mistaken | None = None) -> str:
        """The explanation of this wrong answer, or the empty string if there is none.

        ``mistaken`` are the likely wrong answers that were computed.
        """
        given = self.read(value)
        likely = likely_names(given, mistaken) if mistaken else frozenset[str]()
        explained = next((why for wrong, why in self.wrong.items() if wrong in likely or self.read(wrong) == given), "")
        return explained or (self.answer.name.why_wrong(given) if self.answer.name else "")

    def read(self, value: str) -> frozenset[str]:
        """The answer as typed, read leniently (:mod:`labcheck.typed_answer`)."""
        match self.kind:
            case "set":
                return names(value)
            case "number":
                return frozenset({number(value)})
            case "digest":
                return frozenset({digest(value)})
            case "part":
                return frozenset({part(value)})
            case "name":
                return frozenset({canonical(part(value)) or part(value)})
            case _:
                return frozenset({choice(value, self.choices)})

    def _wanted(self, right: frozenset[str], given: frozenset[str]) -> str:
        count = shown(given)
        if self.kind == "number" and NUMBER.fullmatch(count):
            fewer = count.startswith("-") or (len(count), count) < (len(shown(right)), shown(right))
            return f"{'more' if fewer else 'fewer'} than {count}"
        if self.kind != "set":
            return self.wanted
        missing, extra = len(right - given), len(given - right)
        wrong = f"{extra} of yours {_are(extra)} not among them" if extra else ""
        left_out = f"{missing} {_are(missing)} missing" if missing else ""
        return f"{len(right)} names; {' and '.join(filter(None, (wrong, left_out)))}"


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
