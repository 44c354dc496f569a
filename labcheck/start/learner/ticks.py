"""What becomes done while the course is open, a line each in a small file, for the prompts of the terminals.

The recorder appends, and each terminal reads on from where it stopped; nothing is asked, locked or waited for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from labcheck.files import PRIVATE
from labcheck.lab import Lab
from labcheck.log import Head
from labcheck.progress import Moment
from labcheck.render.printable import prose


class Ticks:
    """The file, and what is in it already. What was done before the course was opened is no news."""

    def __init__(self, file: Path, labs: Sequence[Lab]) -> None:
        file.touch(mode=PRIVATE)
        self._file = file
        self._labs = {lab.slug: lab for lab in labs}
        self._known: dict[Head, Collection[str]] = {}

    def tell(self, moments: Sequence[Moment]) -> None:
        """Append the steps that are done and were not at the last look.

        An attempt that was begun since the first look has nothing done before.
        """
        is_first = not self._known
        text = "".join(f"{line}\n" for moment in moments for line in self._fresh(moment, is_first=is_first))
        if text:
            with suppress(OSError), self._file.open("a", encoding="utf-8") as file:  # recording goes on without
                file.write(text)

    def _fresh(self, moment: Moment, *, is_first: bool) -> Iterator[str]:
        lab, done = self._labs[moment.head.lab].drawn(moment.head.seed), moment.standing.done
        known = self._known.get(moment.head, done if is_first else ())
        self._known[moment.head] = frozenset(done)
        for step in lab.steps:
            if step.id in done and step.id not in known:
                yield f"Done: {prose(step.title)} ({prose(lab.slug)}, {len(done)} of {len(lab.steps)} steps)"
