"""Messages as people reported them in public: each is explained rightly, and nothing is said that would do harm.

An explanation is right if it has one of the patterns ``must``, and none of ``never``; where ``must`` is empty, silence
is. Other messages of the same kinds were kept back from whoever wrote the pages.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from labcheck.mistake import explain
from tests.support.listed import listed
from tests.support.places import VECTORS

REPORTED = listed(VECTORS / "messages.yaml")


@pytest.mark.parametrize("entry", REPORTED, ids=lambda it: it["id"])
def test_what_was_reported_is_explained_and_nothing_harmful_is_said(entry: dict[str, Any]) -> None:
    told = explain(entry["said"])
    if not entry["must"]:
        assert told is None
        return
    assert told is not None, f"no page knows this message: {entry['said']}"
    name, it = told
    said = " ".join(" ".join((it.why, f"({name})", *it.fix.commands, it.fix.advice)).split())
    for pattern in entry["never"]:
        assert not re.search(pattern, said, re.IGNORECASE), said
    assert any(re.search(pattern, said, re.IGNORECASE) for pattern in entry["must"]), said
