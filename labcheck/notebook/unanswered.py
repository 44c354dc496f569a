"""A question that docker asked and nobody could answer: it then does nothing, and says that all is well."""

from __future__ import annotations

import re

from labcheck.errors import NotebookError

_ASKED = re.compile(r"\[y/N\] ?(?!Deleted|Total|untagged|deleted)")
_PRUNE = re.compile(r"^[ \t]*(docker\b[^|<;&#\n]*\bprune\b[^|<;&#\n]*?)[ \t]*(?:#.*)?$", re.MULTILINE)
_FORCED = re.compile(r"\s(?:--force|-[a-z]*f[a-z]*)\b(?!=)")


def check(commands: str, said: str) -> None:
    """Raise :class:`NotebookError` where these commands asked whether they may remove something, and did not do it."""
    asking = [found[1] for found in _PRUNE.finditer(commands) if not _FORCED.search(found[1])]
    if asking and _ASKED.search(said):
        raise NotebookError(
            "docker asked whether you are sure, and in a cell nobody can answer. So it removed nothing.",
            f"-f says yes beforehand:\n  {asking[0]} -f\nIn a terminal you can answer the question.",
        )
