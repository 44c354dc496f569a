"""The table of findings lists every script, and no other; each script says what was guessed, and what is true."""

from __future__ import annotations

import re

from tests.support.places import PACKAGE

FINDINGS = PACKAGE.parent / "findings"


def test_the_table_lists_every_script_and_no_other() -> None:
    table = (FINDINGS / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| \[([\w-]+)\]\((.+?)\) \| .+ \| .+ \| .+ \|$", table, re.MULTILINE)
    assert rows == [(path.stem, path.name) for path in sorted(FINDINGS.glob("*.sh"))]


def test_each_script_tells_guess_truth_and_what_was_seen() -> None:
    for path in FINDINGS.glob("*.sh"):
        head = path.read_text(encoding="utf-8").partition("\nset -")[0]
        for part in ("\n# The guess: ", "\n# The truth: ", "\n# Seen"):
            assert part in head, f"{path.name} lacks {part.strip()}"
