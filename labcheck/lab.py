"""Labs are data: steps, and under each step the checks that must hold, or the question that must be answered.

A lab file is YAML without logic. ``{name}`` in it stands for one of its ``values``. It is decoded in one call
into frozen values; whatever is wrong with it is one :class:`InvalidLab` that says where.
"""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import yaml

from labcheck.checks import AnyCheck
from labcheck.errors import InvalidLab, UnknownName
from labcheck.question import Question

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from labcheck.query import Query

PLACEHOLDER = re.compile(r"(?<!\{)\{([a-z][a-z0-9-]*)\}(?!\})")


class Step(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """One thing to do, or one question to answer."""

    id: str
    title: str
    points: int = 1
    after: tuple[str, ...] = ()
    undoes: tuple[str, ...] = ()
    hint: str = ""
    solution: str = ""
    checks: tuple[AnyCheck, ...] = ()
    question: Question | None = None

    @property
    def commands(self) -> tuple[str, ...]:
        """The solution, a command a line."""
        return tuple(line for line in self.solution.splitlines() if line.strip())

    @property
    def queries(self) -> tuple[Query, ...]:
        """What must be looked at to judge it."""
        asked = self.question.answer.queries if self.question else ()
        return tuple(query for check in self.checks for query in check.queries) + asked


class Lab(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """A lab; its slug is the name of its file and of its notebook."""

    title: str
    steps: tuple[Step, ...]
    about: str = ""
    values: dict[str, str] = {}
    slug: str = ""

    def step(self, step_id: str) -> Step:
        """The step of this id. Raises :class:`UnknownName`."""
        for step in self.steps:
            if step.id == step_id:
                return step
        raise UnknownName(
            f"The lab {self.slug} has no step called {step_id}.",
            f"Its steps are: {', '.join(step.id for step in self.steps)}.",
        )


def load(slug: str) -> Lab:
    """The course's lab of this name, or the lab in this ``.yaml`` file.

    Raises :class:`UnknownName`, or :class:`InvalidLab`.
    """
    if slug.endswith(".yaml"):
        return _read(Path(slug))
    files = _files()
    if slug not in files:
        raise UnknownName(f"There is no lab called {slug}.", f"The labs are: {', '.join(files)}.")
    return parse(files[slug].read_text(encoding="utf-8"), slug)


def slugs() -> tuple[str, ...]:
    """The names of the course's labs, in the order of the course."""
    return tuple(_files())


def parse(text: str, slug: str) -> Lab:
    """The lab in the text of a lab file. Raises :class:`InvalidLab`, which names the place."""
    try:
        raw = yaml.safe_load(text)
        if not isinstance(raw, dict):
            raise InvalidLab(f"The lab file {slug}.yaml holds no lab.", "It must begin with title, values and steps.")
        lab = msgspec.convert(_filled(raw, _values(raw, slug), slug), Lab)
    except yaml.YAMLError as error:
        mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None) or "it cannot be read"
        line = f", line {mark.line + 1}" if mark else ""
        raise InvalidLab(
            f"The lab file {slug}.yaml{line} is not YAML: {problem}.", "Mind indentation and quotes."
        ) from error
    except msgspec.ValidationError as error:
        raise InvalidLab(f"The lab file {slug}.yaml: {error}.", "Compare it with labcheck/lab.schema.json.") from error
    lab = msgspec.structs.replace(lab, slug=slug)
    _lint(lab)
    return lab


def schema() -> bytes:
    """The JSON Schema of lab files, by which an editor completes them: the text of ``labcheck/lab.schema.json``."""
    return msgspec.json.format(msgspec.json.encode(msgspec.json.schema(Lab), order="sorted"), indent=2) + b"\n"


def _read(path: Path) -> Lab:
    try:
        return parse(path.read_text(encoding="utf-8"), path.stem)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise InvalidLab(f"The lab file {path} cannot be read: {reason}.", "Mind the path.") from error


def _files() -> dict[str, Traversable]:
    """The course's lab files by slug. Their numbers are those of the notebooks, and are no part of the slug."""
    folder = resources.files("labcheck").joinpath("labs")
    files = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".yaml")), key=lambda entry: entry.name)
    return {entry.name.removesuffix(".yaml").lstrip("0123456789").removeprefix("-"): entry for entry in files}


def _values(raw: dict[str, object], slug: str) -> dict[str, str]:
    values = raw.get("values", {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise InvalidLab(f"The lab file {slug}.yaml: values must be names with texts.", "Put quotes around numbers.")
    return {str(name): value for name, value in values.items()}


def _filled(node: object, values: dict[str, str], slug: str) -> object:
    """The tree with each ``{name}`` replaced by its value; ``{{...}}`` belongs to Docker's formats and stays."""

    def value(match: re.Match[str]) -> str:
        if match[1] not in values:
            raise InvalidLab(f"The lab file {slug}.yaml: {match[0]} stands for no value.", "Add it to values.")
        return values[match[1]]

    if isinstance(node, str):
        return PLACEHOLDER.sub(value, node)
    if isinstance(node, dict):
        return {_filled(key, values, slug): _filled(inner, values, slug) for key, inner in node.items()}
    return [_filled(inner, values, slug) for inner in node] if isinstance(node, list) else node


def _lint(lab: Lab) -> None:
    """What the types cannot say. Raises :class:`InvalidLab`."""
    earlier: dict[str, Step] = {}
    for step in lab.steps:
        for problem in _problems(step, earlier):
            raise InvalidLab(f"The lab file {lab.slug}.yaml, step {step.id}: {problem}.", "Mend the lab file.")
        earlier[step.id] = step


def _problems(step: Step, earlier: dict[str, Step]) -> list[str]:
    problems = []
    if step.id in earlier:
        problems.append("its id is taken")
    if bool(step.checks) == bool(step.question):
        problems.append("it needs either checks or a question")
    if any(name not in earlier for name in (*step.after, *step.undoes)):
        problems.append("after and undoes must name steps above it")
    elif any(earlier[name].question for name in step.after):
        problems.append("a question blocks no other step, so it cannot stand in after")
    if any(check.demands_absence for check in step.checks) and not step.after:
        problems.append("it demands that something is gone, so it must come after a step that demands it is there")
    if step.question and step.question.answer.kind != step.question.kind:
        problems.append(f"a {step.question.kind} needs one answer of that kind: catalog-of, count-of or choice")
    elif step.question and step.question.kind == "choice" and step.question.answer.choice not in step.question.choices:
        problems.append("the right choice is not among the choices")
    return problems
