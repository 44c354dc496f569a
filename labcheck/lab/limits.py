"""How large an author's file may be. It may be hostile, so it is refused before anything is built of it."""

from __future__ import annotations

LARGEST = 100_000
"""Characters in such a file; the longest of the course has 8,000."""
DEEPEST = 12
"""Levels of lists and mappings; the types know seven."""
