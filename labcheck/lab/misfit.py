"""What does not fit the types of a lab, in words for its author: msgspec's messages are for programmers."""

from __future__ import annotations

import re
from typing import Final

KINDS: Final = {
    "str": "a text",
    "int": "a whole number",
    "array": "a list",
    "object": "a mapping of names to values",
    "null": "nothing",
}
SAID: Final = (
    (r"Object missing required field `(?P<name>.+)`", "{name} is missing"),
    (r"Object contains unknown field `(?P<name>.+)`", "{name} has no meaning here"),
    (r"Expected `(?P<kind>\w+)`, got `(?P<other>\w+)`", "{kind} is needed here, not {other}"),
    (r"Expected `(?:str|array)` of length >= 1", "this must not be empty"),
    (r"Expected `str` of length <= (?P<most>\d+)", "this is longer than {most} characters"),
    (
        r"Expected `str` matching regex .*",
        "only letters, digits, _ and - can stand here, a letter or digit first",
    ),
    (r"Expected `int` >= (?P<least>-?\d+)", "this must be at least {least}"),
    (r"Expected `int` <= (?P<most>\d+)", "this must be at most {most}"),
    (r"Invalid (?:enum )?value '(?P<value>.*)'", "{value} has no meaning here"),
)
"""msgspec's messages, and what they mean. The test produces each of them; any other is passed on unchanged."""
PLACE: Final = re.compile(r" - at `[^`]*`$")


def misfit(message: str) -> str:
    """The problem in a message from msgspec, without its place."""
    problem = PLACE.sub("", message)
    for pattern, words in SAID:
        if found := re.fullmatch(pattern, problem, re.DOTALL):
            return words.format_map({name: KINDS.get(text, text) for name, text in found.groupdict().items()})
    return problem
