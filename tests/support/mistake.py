"""A mistake as ``mistakes/NAME/mistake.sh`` has it: what is typed, which step it spoils, what it is called.

The script is a bash script with a header of comments, and a line ``look`` wherever labcheck looks::

    # lab: push-and-pull            whose step it is, where it is not this one
    # step: push                    the step that is then explained; its evidence is recorded
    # message                       the last command's output is what is explained; it is recorded, too
    # diagnosis: tagged-not-pushed  the name that is expected; "none" where what looks like a mistake is another's
    # containerd: no-such-path, as  what it is called with the containerd image store, if it is something else, and why
    # outcome: inconclusive         where it is not "fail"
    # done: tag                     the lab's own solution is played up to this step, with a look after each step
    # mend: docker rm -f web        where labcheck gives advice: what follows it; it must fit the advice or the page
    # unsaid: kill $holder          the same, where that cannot be spelled out, as a program of the learner's own

A message says in addition what shows that it is mended, once that was typed one single time::

    # mends: pull                   this step is done, and was not before
    # again                         the last command, which failed, succeeds
    # shown: curl -f localhost:5000/v2/nginx/tags/list    this succeeds, and failed before
    # instead: docker pull nginx    this succeeds in the place of the last command; it must fit, too
    # unproved: it needs a network  nothing can show it, and why

A line that ends with a backslash goes on in the next. Each command must succeed, but a message's last one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from tests.support.places import MISTAKES

LOOK = "look"
NAMES = sorted(folder.name for folder in MISTAKES.iterdir())
PROOFS = ("step", "mends", "again", "shown", "instead", "unproved")
RECORD = "LABCHECK_RECORD=1 pytest tests/live/test_mistakes.py -k '[{}]'"
WORDS = frozenset({"message", "diagnosis", "containerd", "lab", "done", "mend", "unsaid", "outcome", *PROOFS})


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
    def lab(self) -> str:
        """The lab in which it is made."""
        return self.said("lab") or "push-and-pull"

    @property
    def step(self) -> str:
        """The step that is explained, or the empty string."""
        return self.said("step")

    @property
    def diagnosis(self) -> str:
        """What the mistake is called."""
        return self.said("diagnosis")

    def diagnosed(self, store: str) -> str:
        """What it is called on an engine with this image store."""
        other, _, _ = self.said(store).partition(",")
        return other or self.diagnosis

    @property
    def outcome(self) -> str:
        """How the step comes out."""
        return self.said("outcome") or "fail"

    @property
    def kind(self) -> frozenset[str]:
        """How it is told and mended: by what, and what shows that it is."""
        words = {"mend" if word == "unsaid" else word for word, _ in self.header}
        words -= {"diagnosis", "containerd", "done", "lab"}
        return frozenset(words | ({"none"} & {self.diagnosis}))

    @property
    def mend(self) -> tuple[str, ...]:
        """What removes the cause, where labcheck only gives advice."""
        return tuple(value for key, value in self.header if key in {"mend", "unsaid"})

    @property
    def advised(self) -> tuple[str, ...]:
        """What follows the advice to the letter, so that it must fit it."""
        return tuple(value for key, value in self.header if key in {"mend", "instead"})


@cache
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
    if problem := _problem(dict(header)):
        raise ValueError(f"{MISTAKES / name / 'mistake.sh'}: {problem}")
    return Mistake(name, tuple(header), tuple(commands))


def _problem(header: dict[str, str]) -> str:
    """What is wrong with this header, or the empty string."""
    if unknown := sorted(header.keys() - WORDS):
        return f"its header says {', '.join(unknown)}, which is none of {', '.join(sorted(WORDS))}"
    if not header.get("diagnosis"):
        return "its header has no diagnosis: the name of the page, or none"
    if not header.keys() & {"step", "message"}:
        return "its header has neither step nor message: what is explained?"
    if not header.keys() & set(PROOFS):
        return f"a message needs one of {', '.join(PROOFS[1:])}: what shows that it is mended?"
    if "unproved" in header and (not header["unproved"] or len(header.keys() & set(PROOFS)) > 1):
        return "unproved says why nothing can show that it is mended, and stands alone"
    return ""
