"""The words that this house no longer uses, and the field's terms that took their places."""

from __future__ import annotations

import re
import subprocess

import pytest

from tests.support.places import ROOT

TERMS = {
    r"upshots?": "result, outcome",
    r"doors?": "entry point, interface",
    r"stakes?": "risk",
    r"anew": "again; start over; recreate, restart",
    r"holders?": "what uses it: the other container, the owner",
    r"spare": "extra, another",
    r"trials?": "try, test",
    r"introductions?": "start",
    r"begins? anew": "start over",
    r"(?:them|it|one|container|image) no more": "if you no longer need it",
    r"(?:counts?|have it|does|is) no more": "no longer",
    r"stays so": "if that does not help",
    r"theirs who": "it belongs to the user who",
    r"whose it is": "who owns it",
    r"(?:made|created|works?) all the same": "anyway",
    r"in the place of": "instead of, in place of",
    r"by a slip": "because of a typing mistake",
    r"one holder only": "only one program can use a port",
    r"without an end": "forever",
    r"events tell": "the events show",
    r"nobody reads on": "the reader has closed the pipe",
    r"tells? of pulls": "report pulls",
}
"""What is not written, as a pattern of whole words, and what is written instead."""
PLACES = ("labcheck", ".ci", "Makefile", "README.md", "notebooks")
QUOTED = {"labcheck/schema_1.py"}
"""Old sentences, which are read back word for word, and so stay as they are."""
TEXT = (".py", ".md", ".yaml", ".js", ".css", ".ipynb", "Makefile", ".cfg", ".toml")
PATTERNS = {term: re.compile(rf"(?i)(?<![a-z]){term}(?![a-z])") for term in TERMS}


def texts() -> dict[str, str]:
    """The files that people read, by name, with line breaks and comment signs taken out."""
    listed = subprocess.run(["git", "ls-files", *PLACES], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    names = [name for name in listed.split("\n") if name.endswith(TEXT) and name not in QUOTED]
    return {name: re.sub(r"\s*\n\s*(?:# )?", " ", (ROOT / name).read_text(encoding="utf-8")) for name in names}


@pytest.mark.parametrize("term", TERMS)
def test_the_term_is_used_nowhere(term: str) -> None:
    found = [
        f"{name}: ...{text[max(0, match.start() - 30) : match.end() + 30]}..."
        for name, text in texts().items()
        for match in PATTERNS[term].finditer(text.replace("_", " "))
    ]
    assert not found, f"Write {TERMS[term]!r} instead:\n" + "\n".join(found)


def test_files_are_called_by_other_words() -> None:
    single = re.compile(rf"(?<![a-z])(?:{'|'.join(term for term in TERMS if ' ' not in term)})(?![a-z])")
    assert [name for name in texts() if single.search(name)] == []


@pytest.mark.parametrize("text", ["It is made anew.", "def _anew(", "if you need\n    # them no more", "a HOLDER"])
def test_the_patterns_find_what_they_are_for(text: str) -> None:
    flat = re.sub(r"\s*\n\s*(?:# )?", " ", text).replace("_", " ")
    assert any(pattern.search(flat) for pattern in PATTERNS.values())
