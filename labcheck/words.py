"""Whether a web page says certain words: as somebody reads it, without its tags."""

from __future__ import annotations

import re
from typing import Final

HIDDEN: Final = re.compile(r"<(script|style|title)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
"""What a browser does not show in the page itself."""
TAG: Final = re.compile(r"<[^<>]*>")


def says(page: bytes, words: str) -> bool:
    """Whether these words are on the page, one after the other, whatever their case, spacing and markup."""
    from html import unescape  # noqa: PLC0415 - only where a page was seen

    shown = TAG.sub(" ", HIDDEN.sub(" ", page.decode("utf-8", "replace")))
    wanted = re.escape(_plain(words)).replace(r"\ ", " ")
    return re.search(rf"(?<!\w){wanted}(?!\w)", _plain(unescape(shown))) is not None


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
