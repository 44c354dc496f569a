"""A mistake as ``mistakes/NAME/mistake.sh`` has it: what is typed, which step it spoils, what it is called.

The script is a bash script with a header of comments, and a line ``look`` wherever labcheck looks::

    # step: push                    the step that is then explained; its evidence is recorded
    # message                       the last command's output is what is explained; it is recorded, too
    # diagnosis: tagged-not-pushed  the name that is expected; "none" where what looks like a mistake is another's
    # outcome: inconclusive         where it is not "fail"
    # done: tag                     the lab's own solution is played up to this step, with a look after each step
    # mend: docker rm -f web        where labcheck gives advice: what removes the cause
    # mends: pull                   of a message: the step that is done after it was mended
    # again                         of a message: the last command succeeds after it was mended

A line that ends with a backslash goes on in the next. Each command must succeed, but a message's last one.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.support.places import MISTAKES

LOOK = "look"
NAMES = sorted(folder.name for folder in MISTAKES.iterdir())
WORDS = frozenset({"step", "message", "diagnosis", "done", "mend", "mends", "again", "outcome"})


@dataclass(frozen=True)
class Mistake:
    """One script, read."""

    name: str
    header: tuple[tuple[str, str], ...]
    commands: tuple[str, ...]

    def said(self, word: str) -> str:
        """What the header says to this word, or the empty string."""
        return next((value for key, value in self.header if key == word), "")

    def has(self, word: str) -> bool:
        """Whether the header has this word."""
        return any(key == word for key, _ in self.header)

    @property
    def step(self) -> str:
        """The step that is explained, or the empty string."""
        return self.said("step")

    @property
    def diagnosis(self) -> str:
        """What the mistake is called."""
        return self.said("diagnosis")

    @property
    def outcome(self) -> str:
        """How the step comes out."""
        return self.said("outcome") or "fail"

    @property
    def kind(self) -> frozenset[str]:
        """How it is told and mended: by what, and what shows that it is."""
        words = {word for word, _ in self.header} - {"diagnosis", "done"}
        return frozenset(words | ({"none"} & {self.diagnosis}))

    @property
    def mend(self) -> tuple[str, ...]:
        """What removes the cause, where labcheck only gives advice."""
        return tuple(value for key, value in self.header if key == "mend")


def read(name: str) -> Mistake:
    """The mistake of this name. A header that says something else than above is an error."""
    header: list[tuple[str, str]] = []
    commands: list[str] = []
    text = (MISTAKES / name / "mistake.sh").read_text(encoding="utf-8").replace("\\\n", "")
    for line in map(str.strip, text.splitlines()):
        if line.startswith("#"):
            word, _, value = line.removeprefix("#").partition(":")
            header.append((word.strip(), value.strip()))
        elif line:
            commands.append(line)
    unknown = {word for word, _ in header} - WORDS
    if unknown or not dict(header).get("diagnosis"):
        raise ValueError(f"{name}: its header has no diagnosis, or says {sorted(unknown)}")
    return Mistake(name, tuple(header), tuple(commands))
