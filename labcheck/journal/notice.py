"""What the journal says by itself, beside what was asked: one sentence, in the terminal or below the notebook's cell.

Python's own logging brings it to the standard error of whoever is there, or to where a program that uses labcheck
wants it.
"""

from __future__ import annotations


def notice(sentence: str) -> None:
    """Say it."""
    import logging  # noqa: PLC0415 - takes a while to load, and there is rarely anything to say

    logging.getLogger("labcheck").warning("labcheck: %s", sentence)
