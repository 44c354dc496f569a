"""What ``--help`` says of each command fits its line, and can be read without the lines around it."""

from __future__ import annotations

import re

import pytest

from labcheck.cli.parser import CLASS, COMMANDS, IMAGES, SANDBOX

LINE = 64
"""Characters beside the commands' names, on a terminal of 80 columns."""
ALL = {
    **COMMANDS,
    **{f"{group} {name}": of for group, its in (("sandbox", SANDBOX), ("images", IMAGES), ("class", CLASS))
       for name, of in its.items()},
}  # fmt: skip


@pytest.mark.parametrize("command", ALL)
def test_a_command_s_help_is_one_line_that_stands_alone(command: str) -> None:
    (what, _) = ALL[command]
    assert len(what) <= LINE, f"{len(what)}: {what}"
    assert not re.search(r"^\w+ (them|it|their)\b|\bsuch a\b", what), what
