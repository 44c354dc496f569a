"""What help costs in a lab, in points of the step that it is about. A lab that says nothing of it takes none."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec
from msgspec import Meta

Points: TypeAlias = Annotated[int, Meta(ge=0, le=1000)]


class Costs(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What help takes from its step, if it is shown before the step is done; never more than the step gives."""

    hint: Points = 0
    """Each of a step's hints."""
    solution: Points = 0

    def __bool__(self) -> bool:
        return bool(self.hint or self.solution)
