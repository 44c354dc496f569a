"""How Docker reads a name, for learners: the parts, and which of them Docker filled in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from labcheck.errors import InvalidReference
from labcheck.provider import provider
from labcheck.reference import DEFAULT_TAG, HUB, Reference, parse_reference
from labcheck.render.wrap import ENDLESS, wrapped

NONE = "(none)"
WIDTH = 40
"""The maximum width of the values' column; a longer value pushes only its own note aside."""
BELOW = " " * 13
"""Where the values begin, and notes below them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that somebody typed, and how Docker reads it."""

    text: str
    result: Reference | InvalidReference

    @property
    def valid(self) -> bool:
        """Whether Docker accepts it."""
        return isinstance(self.result, Reference)


def read(text: str) -> Reading:
    """Read a text without raising: an error is a result like any other."""
    try:
        return Reading(text, parse_reference(text))
    except InvalidReference as error:
        return Reading(text, error)


def terminal(readings: Sequence[Reading], width: int = ENDLESS) -> str:
    """One paragraph for each: the parts, with a note beside those that differ from what was typed; or what is wrong.

    A note that does not fit beside its value stands below it.
    """
    return "\n\n".join("\n".join(_paragraph(reading, width)) for reading in readings) + "\n"


def as_json(readings: Sequence[Reading]) -> str:
    """A list of objects with the keys ``input, valid, domain, path, tag, digest, canonical, familiar, error``."""
    return json.dumps([_document(reading) for reading in readings], indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Sequence[Reading]], str]] = MappingProxyType({"terminal": terminal, "json": as_json})
"""What ``--format`` offers."""


def _document(reading: Reading) -> dict[str, object]:
    keys = ("domain", "path", "tag", "digest", "canonical", "familiar")
    return {
        "input": reading.text,
        "valid": reading.valid,
        **{key: getattr(reading.result, key, None) for key in keys},
        "error": None if reading.valid else str(reading.result),
    }


def _paragraph(reading: Reading, wide: int) -> list[str]:
    text, result = reading.text, reading.result
    heading = text if text.isprintable() and text.split() == [text] else repr(text)
    if isinstance(result, InvalidReference):
        told = (str(result).removesuffix(result.remedy).rstrip(), result.remedy)
        return [heading, *(row for text in told for row in wrapped(text, wide, first="  ", rest="  ") or ["  "])]
    rows = parts(text, result)
    width = min(WIDTH, max(len(value) for _, value, _ in rows))
    found = [heading]
    for label, value, note in rows:
        row = f"  {label:<11}{value:<{width}}  {note}".rstrip()
        below = wrapped(note, wide, first=BELOW, rest=BELOW)
        found += [row] if len(row) <= wide else [f"  {label:<11}{value}", *below]
    return found


def parts(text: str, reference: Reference) -> list[tuple[str, str, str]]:
    """Each part of a name: what it is called, what it is, and what is worth knowing of it."""
    return [
        ("domain", reference.domain or NONE, _on_domain(text, reference)),
        ("path", reference.path, _on_path(text, reference)),
        ("tag", reference.tag or NONE, _on_tag(reference)),
        ("digest", reference.digest or NONE, "Docker pulls by it, whatever the tag" if reference.digest else ""),
        (
            "canonical",
            reference.canonical,
            "in full" if reference.tag or reference.digest else "in full, but for the tag",
        ),
        ("familiar", reference.familiar, _on_familiar(reference)),
    ]


def _on_domain(text: str, reference: Reference) -> str:
    first, slash, _ = text.partition("/")
    if not reference.domain:
        return f"{first} cannot be a host, so it belongs to the path"
    if slash and first == "index.docker.io":
        return f"the old name of {HUB}"
    if not slash and (reference.repository == "localhost" or "." in reference.repository):
        return f"filled in: Docker Hub. No / follows {reference.repository}, so that is not a domain"
    if first != reference.domain:
        return "filled in: Docker Hub"
    if not set(first) & {".", ":"} and first != first.lower():
        return "a domain, because of its capital letter"
    known = provider(reference.domain)
    return str(known) if known and known.told else ""


def is_library_filled(text: str, reference: Reference) -> bool:
    """Whether Docker filled in ``library/``."""
    typed = text.removeprefix("index.").removeprefix(f"{HUB}/")
    return reference.domain == HUB and not typed.startswith(reference.path)


def _on_path(text: str, reference: Reference) -> str:
    return "library/ filled in: the official images" if is_library_filled(text, reference) else ""


def _on_tag(reference: Reference) -> str:
    if reference.tag is None and reference.digest is None:
        return f"if Docker needs one, it uses {DEFAULT_TAG}"
    return "a tag: only what follows an @ is a digest" if reference.repository == "sha256" else ""


def _on_familiar(reference: Reference) -> str:
    again = read(reference.familiar).result == reference
    return "as Docker prints it" if again else "as Docker prints it, but reads it as something else"
