"""Mistakes that come with a lab: pages in a folder ``mistakes`` beside its file. They are data, and may be hostile.

So they only match messages by literal text: no patterns, no functions, nothing that could take too long.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

import msgspec

from labcheck.errors import InvalidPage
from labcheck.lab.text import text
from labcheck.mistake import reading
from labcheck.mistake.head import PAGE
from labcheck.mistake.index import Family, Index, Trouble
from labcheck.mistake.page import Page

FOLDER: Final = "mistakes"
MOST: Final = 50
"""The most pages that may come with a lab."""
FAMILY: Final = Family(FOLDER, "This lab", 0)


def of_lab(lab: str) -> Index | None:
    """The mistakes beside this lab, given the path of its file; ``None`` if there are none."""
    folder = Path(lab).with_name(FOLDER)
    if "/" not in lab or not folder.is_dir():
        return None
    pages: dict[str, Page] = {}
    troubles: list[Trouble] = []
    with suppress(OSError):  # what cannot be listed brings nothing
        files = sorted(islice(folder.glob("*.md"), MOST + 1))
        if len(files) > MOST:
            troubles.append(Trouble(f"{folder} holds more than {MOST} pages.", "No more than that are read."))
        for file in files[:MOST]:
            try:
                source = reading.Text(file, text(file, PAGE), is_a_labs=True)
                pages[file.stem] = msgspec.structs.replace(reading.page(source, file.stem, FOLDER), file=file.name)
            except InvalidPage as error:
                troubles.append(Trouble(str(error), error.remedy))
    raw = {name: msgspec.Raw(msgspec.msgpack.encode(page)) for name, page in pages.items()}
    return Index(str(folder), (FAMILY,), raw, troubles=tuple(troubles), is_a_labs=True)
