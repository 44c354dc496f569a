"""What the types of a lab cannot check: that Docker accepts the names in it, and that its steps fit together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from labcheck.check import Check
from labcheck.errors import InvalidLab, InvalidReference
from labcheck.lab.lab import Lab, Step
from labcheck.question import Question, Truth
from labcheck.reference import parse_reference

CONTAINER = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
FILE = re.compile(r"(?:/[^/\0]+)+")
POLICY = re.compile(r"no|always|unless-stopped|on-failure")
PLATFORM = re.compile(r"[a-z0-9]+/[a-z0-9]+")
HIGHEST_PORT = 65535
SOURCES = {
    "set": "catalog-of, name, manifest or storage",
    "number": "count-of, manifest or storage",
    "digest": "manifest",
    "choice": "choice",
}
"""Where the right answer to each kind of question may come from."""


def lint(lab: Lab, file: str) -> None:
    """Check the lab. Raises :class:`InvalidLab`, which names file and step."""
    earlier: dict[str, Step] = {}
    for step in lab.steps:
        for problem, remedy in (*_misfits(step, earlier), *_impossible(step)):
            raise InvalidLab(f"The lab file {file}, step {step.id}: {problem}.", remedy)
        earlier[step.id] = step


def _misfits(step: Step, earlier: dict[str, Step]) -> Iterator[tuple[str, str]]:
    """What does not fit between the step and those above it, or within the step; and what to do."""
    if step.id in earlier:
        yield "its id is taken", "Give it one of its own."
    if bool(step.checks) == bool(step.question):
        yield "it needs either checks or a question", "If you want both, make two steps."
    if step.partial and len(step.checks) < 2:  # noqa: PLR2004 - one check has no parts
        yield "partial shares its points out among several checks, and it has no several", "Remove partial."
    if any(name not in earlier for name in (*step.after, *step.undoes)):
        yield "after and undoes must name steps above it", "Check spelling and order."
    elif any(earlier[name].question for name in step.after):
        yield "a question blocks no other step, so it cannot be in after", "Name the step that it asks about."
    if any(check.demands_absence for check in step.checks) and not step.after:
        yield (
            "it demands that something is gone, so it must come after a step that demands it is there",
            "Name that step in after.",
        )
    if step.question:
        yield from _unanswerable(step.question)


def _unanswerable(question: Question) -> Iterator[tuple[str, str]]:
    """What does not fit between a question and its answers, right and wrong; and what to do."""
    name, manifest = question.answer.name, question.answer.manifest
    if question.answer.kind != question.kind:
        wanted = SOURCES.get(question.kind, "name")
        yield f"a {question.kind} needs one answer of that kind: {wanted}", "Give it that and no other."
    elif name and (problem := name.problem):
        yield f"the name that is asked about has no answer: {problem}", "Ask about another."
    elif question.kind == "choice" and not question.answer.fixed <= set(question.choices):
        yield "the right choice is not among the choices", "Add it to them."
    elif manifest and question.kind == "digest":
        for wrong in sorted(question.wrong.keys() - manifest.likely):
            yield f"{wrong} is no likely wrong digest", f"These can be computed: {', '.join(sorted(manifest.likely))}."


def _impossible(step: Step) -> Iterator[tuple[str, str]]:
    """The names that Docker does not allow, and what to do."""
    for check in step.checks:
        for field in msgspec.structs.fields(check):
            value = getattr(check, field.name)
            if value == ():
                yield f"{field.encode_name} of {_kind(check)} is empty", "Name at least one."
            values = value if isinstance(value, tuple) else (value,)
            for one in values if value is not None else ():
                if problem := RULES[field.name](one):
                    yield f"{field.encode_name} of {_kind(check)} cannot be {one!r}: {problem}", "Use another."
    answer = step.question.answer if step.question else Truth()
    if answer.catalog_of is not None and (problem := _domain(answer.catalog_of)):
        yield f"catalog-of cannot be {answer.catalog_of!r}: {problem}", "Use another."
    about = [*(answer.manifest.references if answer.manifest else ()), *_of_storage(answer)]
    for reference in about:
        if problem := _image(reference):
            yield f"the question cannot be about {reference!r}: {problem}", "Use another."


def _of_storage(answer: Truth) -> tuple[str, ...]:
    """The image, or one of the registry, that a question about storage is about."""
    return (answer.storage.image or f"{answer.storage.domain}/x",) if answer.storage else ()


def _kind(check: Check) -> str:
    return str(type(check).__struct_config__.tag)


def _image(text: str) -> str:
    """What is wrong with this image name; the empty string if nothing is."""
    try:
        reference = parse_reference(text)
    except InvalidReference as error:
        return str(error).removesuffix(".")
    return _port((reference.domain or "").rpartition(":")[2] or "1")


def _domain(text: str) -> str:
    try:
        read = parse_reference(f"{text}/x").domain
    except InvalidReference:
        read = None
    if read != text:
        return "a registry's address is a host, often with a port, such as localhost:5000"
    return _port(text.rpartition(":")[2])


def _port(port: int | str) -> str:
    if isinstance(port, str) and not port.isdecimal():
        return ""  # a host without a port
    return "" if 1 <= int(port) <= HIGHEST_PORT else f"ports go from 1 to {HIGHEST_PORT}"


def _container(text: str | None) -> str:
    allowed = text is None or CONTAINER.fullmatch(text)
    return "" if allowed else "Docker allows two or more letters, digits and _.- there"


def _path(text: str) -> str:
    return "" if FILE.fullmatch(text) else "a file in an image is given by its whole path, as in /etc/hostname"


def _words(text: str) -> str:
    return "" if text.split() else "it is empty"


def _policy(text: str) -> str:
    return "" if POLICY.fullmatch(text) else "Docker knows no, always, unless-stopped and on-failure"


def _platform(text: str) -> str:
    return "" if PLATFORM.fullmatch(text) else "a platform is a system and a processor, such as linux/amd64"


def _folder(text: str) -> str:
    return "" if text.startswith("/") else "a folder in a container begins with /"


RULES: dict[str, Callable[..., str]] = {
    "image": _image,
    "images": _image,
    "base": _image,
    "source": _image,
    "target": _image,
    "domain": _domain,
    "or_registry_at": _domain,
    "name": _container,
    "upstream": _container,
    "platforms": _platform,
    "policy": _policy,
    "container_port": _port,
    "host_port": _port,
    "volume": _container,
    "folder": _folder,
    "path": _path,
    "words": _words,
}
"""What is wrong with a value, by the name of its field."""
