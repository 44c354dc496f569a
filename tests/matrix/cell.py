"""A cell of the table of tools: what a tool did of a step, what is true of it, and what labcheck said."""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec
import yaml

from labcheck.lab import Lab, parse
from tests.support.places import VECTORS

HERE = Path(__file__).parent
SLUG = "ten-steps"
RECORDED = VECTORS / "tools.json.xz"
SAID: Final = {"pass": "pass", "fail": "fail", "inconclusive": "could not look"}


class Cell(msgspec.Struct, frozen=True):
    """Whether the step was really done, labcheck's outcome and words, and after how many entries of the log."""

    done: bool
    outcome: str
    words: str
    entries: int

    @property
    def is_true(self) -> bool:
        """Whether it does not say of what was done that it was not, nor the other way round."""
        return self.outcome == "inconclusive" or (self.outcome == "pass") == self.done

    def __str__(self) -> str:
        """As it stands in the table."""
        told = SAID[self.outcome]
        if not self.is_true:
            return f"**{told}, though {'done' if self.done else 'not done'}**"
        return f"{told}, though done" if self.done and self.outcome == "inconclusive" else told


class Row(msgspec.Struct, frozen=True):
    """What one tool did on one engine: its cells, by step, and the log of the attempt."""

    tool: str
    version: str
    """Empty, where it is part of the engine."""
    engine: str
    cells: dict[str, Cell]
    log: msgspec.Raw


def ten_steps() -> Lab:
    """The lab with the steps of the table."""
    return parse((HERE / f"{SLUG}.yaml").read_text(encoding="utf-8"), SLUG)


def commands() -> Mapping[str, Mapping[str, str]]:
    """What each tool types for each step that it has a word for."""
    found: dict[str, dict[str, str]] = yaml.safe_load((HERE / "tool_commands.yaml").read_text(encoding="utf-8"))
    return found


def recorded() -> list[Row]:
    """The rows as they were played."""
    return msgspec.json.decode(lzma.decompress(RECORDED.read_bytes()), type=list[Row])


def record(rows: list[Row]) -> None:
    """Keep these rows for the quick tests."""
    RECORDED.write_bytes(lzma.compress(msgspec.json.encode(rows), preset=9 | lzma.PRESET_EXTREME))
