"""A question in a lab file that has several forms, of which exactly one is given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import msgspec


class OneOf(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True, omit_defaults=True):
    """What is asked, by the one field that is not ``None``."""

    kinds: ClassVar[Mapping[str, str]] = {}
    """The kind of question that each of the fields asks."""

    @property
    def asked(self) -> str:
        """What is asked, by its field; the empty string unless it is exactly one thing."""
        given = [field for field in self.kinds if getattr(self, field) is not None]
        return given[0] if len(given) == 1 else ""

    @property
    def kind(self) -> str:
        """The kind of question this answers; the empty string unless exactly one thing is asked."""
        return self.kinds.get(self.asked, "")
